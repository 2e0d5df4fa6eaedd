import shutil
from pathlib import Path

import pytest
from django.conf import settings as the_settings

from tonghu.config.checks import keys_fit
from tonghu.kernel.checks import Grade
from tonghu.kernel.keyring import ring


@pytest.fixture
def keys(settings, tmp_path):
    """A folder of keys of this test alone, which it may lose."""
    settings.KEYS_FOLDER = tmp_path / "keys"
    ring.cache_clear()
    yield Path(the_settings.KEYS_FOLDER)
    ring.cache_clear()


def lose(folder):
    shutil.rmtree(folder)
    ring.cache_clear()


def test_keys_of_this_database_fit(keys, liumin):
    assert keys_fit().grade is Grade.OK


def test_empty_database_fits_any_keys(keys, db):
    assert keys_fit().grade is Grade.OK
    assert not keys.exists()


@pytest.mark.parametrize("name", ["field", "journal"])
def test_missing_keys_are_refused_and_none_is_made(keys, liumin, name):
    lose(keys / name)

    verdict = keys_fit()

    assert verdict.grade is Grade.REFUSED
    assert f"{name}/0001.key is missing" in verdict.words
    assert not (keys / name).exists()


@pytest.mark.parametrize("name", ["field", "journal"])
def test_keys_of_another_copy_are_refused(keys, liumin, name):
    lose(keys / name)
    ring(name).create_next()

    verdict = keys_fit()

    assert verdict.grade is Grade.REFUSED
    assert "altered, or moved" in verdict.words
