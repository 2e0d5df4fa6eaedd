"""The children of the people's tests carry the papers, and things are put on their files."""

from collections.abc import Callable

import pytest

from tests.attachments import brought
from tests.conftest import AT, FIRST_DAY
from tests.people.asking import answered, guardian_of
from tests.people.conftest import (  # noqa: F401 -- fixtures are found by their names
    elsewhere,
    liuwan,
    qingshi,
    registered,
    team,
    wangyan,
    xiaohai,
)
from tonghu.access.actors import Actor
from tonghu.attachments.constants import AttachmentKind
from tonghu.attachments.examining import examine
from tonghu.attachments.models import Attachment
from tonghu.attachments.operations import add_attachment
from tonghu.people.constants import Relation
from tonghu.people.models import Child
from tonghu.people.policy import FILE


@pytest.fixture
def agreed(xiaohai) -> None:
    """Tan Xiaohai's mother has agreed to photos, and so has he."""
    answered(xiaohai, guardian_of(xiaohai, "郑翠英", Relation.MOTHER), given_on=FIRST_DAY)


@pytest.fixture
def put() -> Callable[..., Attachment]:
    """Put something on a child's file: ``put(xiaohai, liumin, photo)``."""

    def add(child: Child, by: Actor, content: bytes | None = None, **said) -> Attachment:
        shows = said.pop("shows", AttachmentKind.PHOTO)
        at = said.pop("at", AT)
        return add_attachment(
            kind_of_file=FILE,
            target_id=child.pk,
            examined=examine(content or brought.picture(), shows=shows),
            happened_on=said.pop("happened_on", AT.date()),
            by=by,
            at=at,
            **said,
        )

    return add


@pytest.fixture
def photo(put, xiaohai, liumin) -> Attachment:
    """Liu Min's photo on Tan Xiaohai's file."""
    return put(xiaohai, liumin, brought.photo_with_place(), title="在村口")
