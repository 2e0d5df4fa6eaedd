"""Who is on a child's page: nobody else is written to through it."""

from django.utils.translation import gettext as _

from tonghu.kernel.errors import Refused
from tonghu.people.models import Child, Kinship, Person


class NotOfThisFamily(Refused):
    """The person is not on this child's page."""


def require_family(child: Child, person: Person) -> None:
    """Refuse a person who is neither the child nor on its page.

    :raises NotOfThisFamily: when nothing ties the two.
    """
    kin = Kinship.objects.unscoped("the file's Rule was asked by the caller")
    if person.pk != child.pk and not kin.filter(child=child, relative=person).exists():
        raise NotOfThisFamily(_("This person is not on the child's page. Add the relation first."))
