"""What is hidden on either file is hidden on the whole (R54, R67)."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tonghu.kernel.encryption import phone_digits
from tonghu.kernel.law import upholds
from tonghu.people.constants import HiddenKind
from tonghu.people.hiding import Act, hidden_of, rows_to_hide, take_out, value_of
from tonghu.people.merging.keeping import Kept
from tonghu.people.models import Child, Kinship, Phone


@upholds("R54", says=_("what is hidden on either file is hidden on the whole"))
def hide_the_whole(child: Child, kept: Kept, act: Act, on: dt.date) -> None:
    """Hide of the file that stays what either of the two kept hidden; parting shows it again."""
    hidden = list(hidden_of(child))
    kinds = {HiddenKind(one.kind) for one in hidden} - {HiddenKind.PHONE}
    for kind, row in rows_to_hide(child, kinds, on):
        if field := take_out(child, kind, row, act):
            kept.hid(field)
    telephones = [one for one in hidden if one.kind == HiddenKind.PHONE]
    numbers = {phone_digits(value_of(one)["number"]) for one in telephones}
    kin = Kinship.objects.unscoped("part of a merge, which asked its Rule").filter(child=child)
    phones = Phone.objects.unscoped("part of a merge, which asked its Rule")
    family = Q(person_id=child.pk) | Q(person__in=kin.values("relative_id"))
    for phone in phones.filter(family, is_hidden=False) if numbers else ():
        field = None
        if phone_digits(phone.number) in numbers:
            field = take_out(child, HiddenKind.PHONE, phone, act)
        if field:
            kept.hid(field)
