from django.utils import translation

from tonghu.access.policy import CONFIGURATION, JOURNAL
from tonghu.access.sheets import Action
from tonghu.portals.templatetags.sheet import who, who_does_what


def test_actions_open_to_the_same_people_share_a_line():
    with translation.override("en"):
        lines = who_does_what(CONFIGURATION)

        assert [line.actions for line in lines] == ["Find, Read", "Write", "Approve", "Export"]
        assert [line.who for line in lines] == [
            who(CONFIGURATION, action)
            for action in (Action.FIND, Action.WRITE, Action.APPROVE, Action.EXPORT)
        ]


def test_what_nobody_may_do_is_marked():
    with translation.override("en"):
        marked = {line.actions: line.nobody for line in who_does_what(JOURNAL)}

    assert marked == {"Find": False, "Read": False, "Write, Approve": True, "Export": False}
