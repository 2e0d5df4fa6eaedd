"""Hiding where a child is, as the one who holds the file does it."""

from tests.conftest import AT
from tonghu.access.actors import Actor
from tonghu.people.models import Child, Phone
from tonghu.people.operations import hiding


def concealed(child: Child, by: Actor, *, address: bool = True, place: bool = False) -> None:
    """Hide each telephone of the child's own and, as said, the address and the place."""
    own = Phone.objects.unscoped("a test").filter(person_id=child.pk, is_hidden=False)
    hiding.hide(
        child=child,
        address=address,
        place=place,
        phones=list(own),
        words="母亲正在申请人身安全保护令",
        by=by,
        at=AT,
    )
