"""What doctor asks of erased children: none may have come back with an older copy."""

from tonghu.kernel.checks import Verdict, check, ok, refused
from tonghu.kernel.keyring import KeyMissing
from tonghu.people.erasing import marks


@check("people.erased", asks_database=True)
def erased_stay_away() -> Verdict:
    """Refuse a database that holds a child who was erased."""
    try:
        back = marks.come_back(marks.on_the_list())
    except KeyMissing as missing:
        return refused(str(missing), "Restore the folder of the keys, then start again.")
    if back:
        return refused(
            f"{len(back)} erased files are in this database; an older copy was put back.",
            "Run: tonghu manage keep_out_erased",
        )
    return ok("nobody who was erased has come back")
