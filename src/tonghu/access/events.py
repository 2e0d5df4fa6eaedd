"""Every event of the journal in words: what a page says of a row.

Domains add theirs with :func:`say`; a test holds that each operation's event has words.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {}


def say(words: dict[str, Promise]) -> None:
    """Add the words of a domain's events."""
    WORDS.update(words)


say(
    {
        "access.organisation.founded": _("founded the agency"),
        "access.organisation.added": _("added an organisation"),
        "access.organisation.described": _("changed the agency's details"),
        "access.account.opened": _("opened an account"),
        "access.account.welcomed": _("invited a colleague"),
        "access.account.left": _("closed an account: the person has left"),
        "access.account.returned": _("opened a closed account again"),
        "access.account.language_chosen": _("changed the language"),
        "access.membership.granted": _("gave a role"),
        "access.membership.proposed": _("proposed a role"),
        "access.membership.ended": _("ended a role"),
        "access.invitation.sent": _("made an invitation"),
        "access.invitation.accepted": _("came in by invitation"),
        "access.proposal.made": _("proposed an act for two persons"),
        "access.proposal.confirmed": _("confirmed as the second person"),
        "access.proposal.declined": _("declined as the second person"),
        "access.proposal.withdrawn": _("withdrew a proposal"),
        "access.proposal.dropped": _("withdrew a proposal of or about somebody who left"),
        "access.deputy.named": _("named who stands in where the head is in conflict"),
        "access.deputy.ended": _("ended who stands in for the head"),
        "access.deputy.absence_proposed": _("proposed who is head during an absence"),
        "access.proposal.left": _("let leave what had waited outside the office hours"),
        "access.proposal.stopped": _("stopped what waited to leave the house"),
        "access.office_hours.changed": _("set the office hours"),
        "access.reasons.digested": _("the reasons of the past week are ready to read"),
        "access.duty.begun": _("gave a duty"),
        "access.duty.ended": _("ended a duty"),
        "access.reason.given": _("wrote down a reason"),
        "access.glass.broken": _("opened a file in an emergency"),
        "access.glass.reviewed": _("looked back on an emergency"),
        "access.glass.extension_proposed": _("asked to keep an emergency file open"),
        "access.notice.seen": _("has seen a notice"),
        "access.closing.recorded": _("closed a file to a person"),
        "access.closing.lifting_proposed": _("proposed to open a closed file again"),
        "access.session.begun": _("signed in"),
        "access.session.ended": _("signed out"),
        "access.session.refused": _("was refused at sign-in"),
        "access.session.others_ended": _("ended the other sessions"),
        "access.factor.changed": _("changed a second factor"),
        "access.factors.clearing_proposed": _("proposed to take away a lost second factor"),
        "access.password.changed": _("changed the password"),
        "access.device.registered": _("signed in from a new device"),
        "access.device.revoked": _("closed a device"),
        "access.head.signed": _("signed the end of the journal"),
        "access.record.looked_at": _("looked at the record"),
        "access.record.searched": _("searched"),
        "access.refused": _("was refused"),
        "access.resend.differed": _("sent the same key with other content"),
    }
)


def words_for(event: str) -> str:
    """Return what a row says, or the event's own name where no words were given."""
    return str(WORDS.get(event, event))
