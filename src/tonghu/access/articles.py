"""The access policy's rules by number and title, as the page 'who may do what' lists them.

The text is ``docs/concepts/access-policy.md``; a test holds its numbers and these together.
``still`` says what a rule that is built in part still lacks.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Article:
    """One rule: its number, its title, and what is not built of it yet."""

    number: str
    title: Promise
    still: Promise | None = None


@dataclass(frozen=True)
class Section:
    """A section of the policy."""

    title: Promise
    articles: tuple[Article, ...]


_with_domains = _("What it opens comes with the domains that hold children.")
_with_money = _("What it opens comes with contracts and money.")

SECTIONS = (
    Section(
        _("The idea"),
        (
            Article("R1", _("Nobody sees a child without a duty today")),
            Article("R2", _("Finding, reading, writing, approving, exporting: five Rules")),
            Article("R3", _("Writing asks about the day of the event, all else about today")),
            Article("R4", _("Nothing is remembered: every ground is a dated row")),
            Article("R5", _("Account, membership, closing, duty, class: in this order")),
            Article("R6", _("Five answers: yes, with a reason, masked, not found, not yours")),
            Article("R7", _("Words of refusal only for who may know of the thing")),
        ),
    ),
    Section(
        _("Roles and the duty that opens"),
        (
            Article("R8", _("Social worker"), _with_domains),
            Article("R9", _("Supervisor"), _with_domains),
            Article("R10", _("Agency head")),
            Article("R11", _("Finance officer"), _with_money),
            Article("R12", _("Agency administrator")),
            Article("R13", _("Child director"), _with_domains),
            Article("R14", _("Buyer's officer"), _with_money),
            Article("R15", _("Evaluator"), _("The evaluator's room comes with evaluations.")),
            Article("R16", _("Auditor"), _with_money),
            Article(
                "R17",
                _("Committee: one sheet, by a one-time link"),
                _("The sheet is made; the one-time link is not there yet."),
            ),
            Article("R18", _("The public: published figures, worker cards, report of a concern")),
            Article("R19", _("One membership at a time; rights are never added up")),
            Article("R20", _("Codes differ by who reads, and what for")),
        ),
    ),
    Section(
        _("Classes of data"),
        (
            Article("R21", _("Identity")),
            Article("R22", _("Telephone and ordinary address")),
            Article("R23", _("Hidden address")),
            Article("R24", _("Identity of who reported")),
            Article("R25", _("Disclosures and reports of harm")),
            Article("R26", _("Notes of visits and contacts")),
            Article("R27", _("Private reflection")),
            Article("R28", _("Assessments, scores, risk level")),
            Article(
                "R29",
                _("Plan, goals, safety plan, referral"),
                _("The own task of whoever gives a hand is not there yet."),
            ),
            Article("R30", _("Papers"), _("Letters and releases outside are not there yet.")),
            Article(
                "R31",
                _("Photos, scans, recordings"),
                _("Evidence with names blacked is not there yet."),
            ),
            Article("R32", _("Groups and community work")),
            Article(
                "R33",
                _("Staff"),
                _("Qualification, record check and worker card are not there yet."),
            ),
            Article("R34", _("Money and evidence")),
            Article("R35", _("Journal")),
            Article("R36", _("Aggregates")),
            Article(
                "R37",
                _("Configuration"),
                _("Forms, count rules, thresholds and retention are not there yet."),
            ),
            Article("R38", _("Nobody approves her own work")),
            Article(
                "R39",
                _("Masking is done in the query, never in the page"),
                _("Masked so far: the journal, for an auditor."),
            ),
            Article("R40", _("A name in free text is data")),
        ),
    ),
    Section(
        _("Time and state"),
        (
            Article("R41", _("A duty that begins later")),
            Article("R42", _("A duty that has ended"), _("Late events come with contacts.")),
            Article("R43", _("A colleague's case in the same team")),
            Article("R44", _("Another place or project of the agency")),
            Article("R45", _("Another agency: nothing, no hint, no emergency")),
            Article("R46", _("A case nobody holds yet")),
            Article("R47", _("Closed, with follow-up running")),
            Article("R48", _("Archived")),
            Article("R49", _("Drawn into a sample")),
            Article("R50", _("Not drawn, or the time is over")),
            Article("R51", _("Contract ended, hand-back running")),
            Article("R52", _("Hand-back done")),
            Article("R53", _("Erased")),
            Article(
                "R54",
                _("Merged"),
                _(
                    "What was put on record about the number that was given up stays under it; "
                    "seals come with their pages."
                ),
            ),
        ),
    ),
    Section(
        _("What closes a file"),
        (
            Article("R55", _("Kinship and other conflict of interest")),
            Article("R56", _("Kin of a suspect guardian")),
            Article("R57", _("Seal")),
            Article("R58", _("Leaving ends everything within one request")),
            Article(
                "R59",
                _("No second factor, no name; a record found closes every child"),
                _("The yearly record check is not asked for yet."),
            ),
            Article("R60", _("Suspect guardian"), _("Papers and exports that ask it come later.")),
            Article(
                "R61",
                _("Withdrawn consent"),
                _("Photos, sharing, publication and research that ask it come later."),
            ),
        ),
    ),
    Section(
        _("Reporting harm is never blocked"),
        (
            Article(
                "R62",
                _("Anyone may report harm, at any time"),
                _("Reporting without a network comes with the phone’s own program."),
            ),
            Article("R63", _("Nobody can stop, hide or delete a report")),
            Article("R64", _("Who reported is kept apart")),
        ),
    ),
    Section(
        _("Reading outside the own caseload"),
        (
            Article("R65", _("A written reason opens a file to the end of the day")),
            Article(
                "R66",
                _("Break-glass: life or limb, one child, 24 hours"),
                _("Safety plans, which it lets write, come with casework."),
            ),
            Article(
                "R67",
                _("A hidden address shows for 60 seconds, with a reason"),
                _("Map, calendar, mail and sync have to keep it out when they exist."),
            ),
            Article("R68", _("A hidden address in break-glass takes two persons")),
        ),
    ),
    Section(
        _("Figures that leave the team"),
        (
            Article("R69", _("Fewer than 5 children are not shown")),
            Article("R70", _("No hidden figure follows from a total")),
            Article("R71", _("Shares and means need enough children")),
            Article("R72", _("Two published figures never tell a small third")),
            Article("R73", _("Outside figures stand still for a month")),
            Article("R74", _("Outside readers open definitions, not rows")),
        ),
    ),
    Section(
        _("What a refusal looks like"),
        (
            Article("R75", _("Not found looks alike, whether it exists or not")),
            Article("R76", _("Without a session every address answers the same sign-in step")),
            Article(
                "R77",
                _("Lists, counts and hints are made after the filter"),
            ),
            Article("R78", _("A constraint never speaks of a row one cannot find")),
            Article("R79", _("A refusal says what is missing and who can")),
        ),
    ),
    Section(
        _("What is put on record"),
        (
            Article("R80", _("No journal, no page: a look is on record first")),
            Article(
                "R81",
                _("Sign-in, refusals, exports, reasons, changes of role, approvals"),
                _("Print and sync are put on record when they exist."),
            ),
            Article("R82", _("Numbers and field names stand open, values sealed")),
        ),
    ),
    Section(
        _("Two different persons"),
        (
            Article(
                "R83",
                _("Acts that take two persons"),
                _(
                    "So far: roles that see names, taking the journal away, opening a closed file, "
                    "keeping an emergency file open, merging the files of two teams, "
                    "showing again what was hidden, seals, erasing a file, ending a legal hold, "
                    "a copy of a whole file, which waits outside the office hours, as does a sheet "
                    "of more than 50 children."
                ),
            ),
            Article("R84", _("The second person sees all of it and is not concerned")),
        ),
    ),
    Section(
        _("Copies"),
        (
            Article("R85", _("A file belongs to who asked for it, for 24 hours")),
            Article(
                "R86",
                _("A device keeps the own due children only, a page is never kept"),
                _("Keeping children on a device comes with offline forms."),
            ),
            Article("R87", _("A calendar carries no name and no place")),
            Article("R88", _("Subject access")),
        ),
    ),
    Section(
        _("Never shown by default"),
        (
            Article("R89", _("What nobody is shown by default")),
            Article("R90", _("Nothing starts without a Rule")),
        ),
    ),
)
