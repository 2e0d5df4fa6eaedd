"""What is read out before somebody is asked: one short text for each purpose, with its version.

A text that changes gets a new version; each answer keeps the version it was given to.
"""

from django.utils.translation import gettext_lazy as _

from tonghu.people.constants import ConsentKind

TEXT_VERSION = "2026-11"
READ_OUT = {
    ConsentKind.SERVICE: _("We would like to visit and help. You can say no or stop at any time."),
    ConsentKind.DATA_COLLECT: _(
        "We write down name, family, school and what we do. Only who works with the child reads it."
    ),
    ConsentKind.DATA_SENSITIVE: _(
        "This is about health, the identity number, what happened at home. It is kept sealed."
    ),
    ConsentKind.DATA_SHARE: _(
        "We tell another office what it needs to help, and say beforehand which office and what."
    ),
    ConsentKind.PHOTO: _(
        "We take a picture or film for the file. No face, if you do not want that."
    ),
    ConsentKind.PUBLISH: _(
        "A picture or story is shown in public. Once it is out, it cannot be fetched back whole."
    ),
    ConsentKind.RESEARCH: _("Answers are studied without name. Nobody loses help by saying no."),
    ConsentKind.CONTACT_SCHOOL: _(
        "We speak with the class teacher, about what you allow us to speak about."
    ),
}
