from dataclasses import replace

import pytest
from django.apps import apps

from tonghu.access.models import Account, Membership
from tonghu.kernel.encryption import BlindIndexField, EncryptedTextField
from tonghu.kernel.privacy import Privacy, blank, decide, keep, pseudonym, undecided

OURS = [model for model in apps.get_models() if model.__module__.startswith("tonghu.")]


@pytest.fixture
def decided(monkeypatch):
    """Decide otherwise about accounts: ``decided(plain=…)``."""

    def otherwise(**groups) -> list[str]:
        known: Privacy = Account.privacy
        monkeypatch.setattr(Account, "privacy", replace(known, **groups))
        return undecided(Account)

    return otherwise


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_column_of_every_table_has_its_decision(model):
    assert undecided(model) == []


def test_a_table_without_a_decision_is_named():
    assert undecided(apps.get_model("mfa.Authenticator")) == [
        "mfa.Authenticator has no privacy decision"
    ]


def test_a_column_without_a_decision_is_named(decided):
    assert decided(plain=Account.privacy.plain - {"name"}) == [
        "access.Account.name must stand in exactly one group"
    ]


def test_a_column_with_two_decisions_is_named(decided):
    assert decided(links=Account.privacy.links | {"name"}) == [
        "access.Account.name must stand in exactly one group"
    ]


def test_a_column_said_to_be_sealed_that_is_not_is_named(decided):
    known = Account.privacy

    assert decided(plain=known.plain - {"name"}, encrypted=known.encrypted | {"name"}) == [
        "access.Account.name: 'encrypted' and the field disagree"
    ]


def test_a_sealed_column_said_to_be_plain_is_named(decided):
    known = Account.privacy

    assert decided(plain=known.plain | {"phone"}, encrypted=frozenset()) == [
        "access.Account.phone: 'encrypted' and the field disagree"
    ]


def test_a_blind_index_said_to_be_plain_is_named(decided):
    known = Account.privacy

    assert decided(plain=known.plain | {"phone_index"}, index=frozenset()) == [
        "access.Account.phone_index: 'index' and the field disagree"
    ]


@pytest.mark.parametrize("group", ["plain", "links", "scrub"])
def test_a_decision_about_no_column_is_named(decided, group):
    known = getattr(Account.privacy, group)
    more = known | {"nickname": blank} if group == "scrub" else known | {"nickname"}

    assert decided(**{group: more}) == ["access.Account has no column nickname"]


def test_whatever_is_sealed_is_scrubbed_or_its_whole_row_is_kept():
    kept = [
        f"{model._meta.label}.{field.name}"
        for model in OURS
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedTextField | BlindIndexField)
        and field.name not in model.privacy.scrub
    ]

    assert kept == []


def test_erasing_leaves_nothing_or_a_word_that_leads_nowhere(liumin):
    account = liumin.account

    assert blank(account) is None
    assert pseudonym(account) == f"–{str(account.pk)[-6:]}"


def test_a_kept_row_names_no_column_to_scrub():
    assert decide(links="id", scrub=keep).scrub == {}
    assert Membership.privacy.scrub == {}
    with pytest.raises(NotImplementedError):
        keep(Membership())
