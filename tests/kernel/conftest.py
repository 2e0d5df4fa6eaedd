import pytest

from tonghu.kernel.keyring import ring


@pytest.fixture
def own_keys(settings, tmp_path, home):
    """Keys that this test alone may rotate, retire and lose."""
    settings.KEYS_FOLDER = tmp_path / "keys"
    ring.cache_clear()
    yield tmp_path / "keys"
    ring.cache_clear()
