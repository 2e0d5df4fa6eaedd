import re
from pathlib import Path

import tonghu

TEMPLATES = Path(tonghu.__file__).parent
FORM = re.compile(r"<form\b[^>]*method=\"post\".*?</form>", re.S)
NO_OPERATION_OF_OURS = {
    "account": "allauth's own steps of coming in",
    "mfa": "allauth's own second factors",
    "language.html": "the same choice twice is one choice",
    "base.html": "signing out twice is signing out",
    "no_role.html": "signing out twice is signing out",
    "invitation.html": "the token of the way in works once",
    "demo.html": "signing in as one of the cast",
}
NO_KEY = ("membership-choose", "job-file")


def forms():
    for path in sorted(TEMPLATES.glob("*/templates/**/*.html")):
        if not NO_OPERATION_OF_OURS.keys() & {path.name, path.parent.name, *path.parts[-3:]}:
            for form in FORM.findall(path.read_text("utf-8")):
                if not any(name in form for name in NO_KEY):
                    yield path.name, form


def test_every_form_that_changes_something_carries_the_key_of_its_sending():
    found = list(forms())

    assert len(found) >= 15
    assert [name for name, form in found if "{% op_id %}" not in form] == []
