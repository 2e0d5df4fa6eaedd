"""Two places, their teams, and children who could be mistaken for each other's."""

import datetime as dt
from collections.abc import Callable

import pytest

from tests.conftest import AT, FIRST_DAY, QINHUI, SHIQIAO
from tests.people.erased import written_on
from tests.people.two_files import APRIL, MARCH, filled, paired
from tonghu.access.actors import Actor, system
from tonghu.people.constants import PlaceKind, Precision, Sex
from tonghu.people.models import Child, Place, PossibleDouble
from tonghu.people.operations import places, registering


@pytest.fixture
def liuwan(house) -> Place:
    """A village in which Liu Min and Yang Fan work and Zhang Lan supervises."""
    return _place("柳湾村")


@pytest.fixture
def qingshi(house) -> Place:
    """An urban community in which nobody of the fixtures works."""
    return _place("青石社区", PlaceKind.COMMUNITY)


@pytest.fixture
def shiqiao(house) -> Place:
    """The village of the child director Gao Xiulan."""
    village = Place(id=SHIQIAO, agency=house, kind=PlaceKind.VILLAGE, name="石桥村")
    village.save(force_insert=True)
    return village


@pytest.fixture
def team(liuwan, liumin, yangfan, zhanglan) -> Place:
    """The village with its team, Zhang Lan answering for Liu Min alone."""
    for one in (liumin, yangfan, zhanglan):
        places.put_in_team(
            account=one.account, place=liuwan, from_on=FIRST_DAY, by=system(QINHUI), at=AT
        )
    places.supervise(
        worker=liumin.account,
        supervisor=zhanglan.account,
        from_on=FIRST_DAY,
        by=system(QINHUI),
        at=AT,
    )
    return liuwan


@pytest.fixture
def registered(house) -> Callable[..., Child]:
    """Put a child on the list as the program does: ``registered("谭小海", team)``."""

    def register(name: str, place: Place | None, *, holder: Actor | None = None) -> Child:
        child = registering.register_child(
            name=name,
            sex=Sex.MALE,
            born_on=dt.date(2015, 3, 2),
            precision=Precision.DAY,
            place=place,
            address="3组12号",
            registered_on=FIRST_DAY,
            by=system(QINHUI),
            at=AT,
        )
        if holder is not None:
            assert holder.account is not None
            registering.assign_child(
                child=child, worker=holder.account, from_on=FIRST_DAY, by=system(QINHUI), at=AT
            )
        return child

    return register


@pytest.fixture
def xiaohai(registered, team, liumin) -> Child:
    """Tan Xiaohai, whose file Liu Min holds."""
    return registered("谭小海", team, holder=liumin)


@pytest.fixture
def wangyan(registered, team) -> Child:
    """Wang Yan, on the list of the village, held by nobody yet."""
    return registered("王燕曦", team)


@pytest.fixture
def elsewhere(registered, qingshi) -> Child:
    """A child of another place of the agency."""
    return registered("肖宇安", qingshi)


@pytest.fixture
def child(xiaohai) -> Child:
    """Tan Xiaohai with something of each kind on the file, to be erased."""
    return written_on(xiaohai)


@pytest.fixture
def first(xiaohai) -> Child:
    """Tan Xiaohai with a file full of things; Liu Min holds it."""
    return filled(
        xiaohai, since=MARCH, school="石桥小学", number="999001201503020017", grandma="李秀珍"
    )


@pytest.fixture
def second(registered, team, liumin) -> Child:
    """The same child under a homophone, registered again; Liu Min holds this file too."""
    child = registered("谭晓海", team, holder=liumin)
    return filled(
        child, since=APRIL, school="柳湾小学", number="999001201503020025", grandma="李秀珍"
    )


@pytest.fixture
def pair(first, second) -> PossibleDouble:
    """The two files, noted as those of one child."""
    return paired(first, second)


def _place(name: str, kind: PlaceKind = PlaceKind.VILLAGE) -> Place:
    return places.add_place(kind=kind, name=name, by=system(QINHUI), at=AT)
