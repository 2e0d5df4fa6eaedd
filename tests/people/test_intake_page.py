from django.urls import reverse

from tests.conftest import TODAY
from tonghu.people.constants import DoubleState
from tonghu.people.models import Child, PossibleDouble

BORN = {"sex": "M", "born": "2015-03-02"}


def posted(client, place, name="谭小海", **said):
    form = {"name": name, "place": place.pk, **BORN, **said}
    return client.post(reverse("child-new"), form)


def on_the_list():
    return Child.objects.unscoped("a test looks").count()


def states():
    return list(PossibleDouble.objects.unscoped("a test looks").values_list("state", flat=True))


def test_a_child_with_a_name_alone_comes_on_the_list(liumin, team, signed_in):
    answer = signed_in(liumin).post(reverse("child-new"), {"name": "石若楠"})

    child = Child.objects.unscoped("a test looks").select_related("person").get()
    assert (child.person.name, child.registered_on) == ("石若楠", TODAY)
    assert answer.headers["Location"] == reverse("child", args=[child.pk])


def test_a_known_child_is_shown_before_anything_is_saved(liumin, team, xiaohai, signed_in):
    page = posted(signed_in(liumin), team).content.decode()

    assert on_the_list() == 1
    assert "我们可能已经认识这个孩子" in page
    assert reverse("child", args=[xiaohai.pk]) in page


def test_another_child_is_remembered_as_another(liumin, team, xiaohai, signed_in):
    posted(signed_in(liumin), team, seen=xiaohai.pk, answer="different")

    assert on_the_list() == 2
    assert states() == [DoubleState.DIFFERENT]


def test_what_she_cannot_tell_waits_for_a_decision(liumin, team, xiaohai, signed_in):
    posted(signed_in(liumin), team, seen=xiaohai.pk, answer="unsure")

    assert on_the_list() == 2
    assert states() == [DoubleState.OPEN]


def test_a_namesake_of_the_village_is_shown_and_waits_when_she_cannot_tell(
    liumin, team, xiaohai, signed_in
):
    client, name_alone = signed_in(liumin), {"name": "谭小海", "place": team.pk}

    shown = client.post(reverse("child-new"), name_alone)
    client.post(reverse("child-new"), {**name_alone, "seen": xiaohai.pk, "answer": "unsure"})

    assert [one.child for one in shown.context["known"]] == [xiaohai]
    assert on_the_list() == 2
    assert states() == [DoubleState.OPEN]


def test_a_child_she_may_not_find_is_not_hinted_at(liumin, team, registered, qingshi, signed_in):
    hidden = registered("谭小海", qingshi)

    answer = posted(signed_in(liumin), team)

    assert answer.status_code == 302
    assert str(hidden.pk) not in answer.headers["Location"]
    assert states() == [DoubleState.OPEN]
