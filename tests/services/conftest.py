"""The children of the people's tests, and a visit to them."""

from tests.people.conftest import (  # noqa: F401 -- fixtures are found by their names
    elsewhere,
    liuwan,
    qingshi,
    registered,
    shiqiao,
    team,
    wangyan,
    xiaohai,
)
