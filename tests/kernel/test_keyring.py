import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from tonghu.kernel.keyring import (
    LENGTH,
    Key,
    KeyMissing,
    KeyRing,
    KeysUnsafe,
    require_private,
    ring,
    write_secret,
)


@pytest.fixture
def keys(tmp_path):
    return KeyRing(tmp_path / "keys" / "field")


def mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_the_first_key_is_made_on_demand_for_its_owner_alone(keys):
    key = keys.current

    assert (key.number, len(key.secret)) == (1, LENGTH)
    assert mode_of(keys.folder / "0001.key") == 0o600
    assert mode_of(keys.folder) == 0o700
    assert [path.name for path in keys.folder.iterdir()] == ["0001.key"]


def test_the_first_key_is_private_whatever_the_machine_is_used_to(keys):
    before = os.umask(0)
    try:
        _ = keys.current
    finally:
        os.umask(before)

    assert mode_of(keys.folder / "0001.key") == 0o600
    assert mode_of(keys.folder) == 0o700


def test_another_process_finds_the_same_key(keys):
    first = keys.current

    assert KeyRing(keys.folder).current == first


def test_a_key_is_random(keys, tmp_path):
    assert keys.current.secret != KeyRing(tmp_path / "other").current.secret


def test_the_highest_number_seals_and_all_of_them_open(keys):
    first, second = keys.current, keys.create_next()

    assert keys.current == second
    assert (keys.key(1), keys.key(2)) == (first, second)
    assert keys.numbers() == [1, 2]


def test_a_key_made_by_another_process_opens_here_at_once(keys):
    _ = keys.current
    made = KeyRing(keys.folder).create_next()

    assert keys.key(2) == made


def test_a_key_that_is_missing_says_where_it_belongs(keys):
    _ = keys.current

    with pytest.raises(KeyMissing, match=r"field/0007\.key is missing"):
        keys.key(7)


def test_a_retired_key_opens_nothing_and_can_be_put_back(keys):
    first = keys.current
    keys.create_next()

    keys.retire(1)

    with pytest.raises(KeyMissing):
        keys.key(1)
    (keys.folder / "retired" / "0001.key").rename(keys.folder / "0001.key")
    assert keys.key(1) == first


def test_a_secret_is_no_part_of_what_a_key_says_of_itself():
    assert repr(Key(1, b"secret-bytes")) == "Key(number=1)"


def test_many_who_need_the_first_key_at_once_get_one(tmp_path):
    together = Barrier(8)

    def first_key(folder: Path) -> Key:
        here = KeyRing(folder)
        together.wait(10)
        return here.current

    with ThreadPoolExecutor(8) as people:
        for number in range(20):  # they meet in the same moment only now and then
            folder = tmp_path / f"{number}"
            keys = set(people.map(first_key, [folder] * 8))

            assert len(keys) == 1
            assert [path.name for path in folder.iterdir()] == ["0001.key"]


def test_a_key_that_is_being_written_is_not_seen_before_it_is_whole(tmp_path):
    watch = (
        "import sys; from pathlib import Path; path = Path(sys.argv[1]);\n"
        "while not path.exists(): pass\n"
        "print(len(path.read_bytes()))"
    )
    path, content = tmp_path / "0001.key", b"k" * 44
    lengths = []
    for _ in range(5):
        with subprocess.Popen(
            [sys.executable, "-c", watch, path], stdout=subprocess.PIPE, text=True
        ) as reader:
            write_secret(path, content)
            lengths.append(int(reader.communicate(timeout=20)[0]))
        path.unlink()

    assert lengths == [44] * 5


def test_a_secret_is_never_overwritten(tmp_path):
    write_secret(tmp_path / "0001.key", b"first")

    with pytest.raises(FileExistsError):
        write_secret(tmp_path / "0001.key", b"second")

    assert (tmp_path / "0001.key").read_bytes() == b"first"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o620, 0o601])
def test_a_key_that_others_can_open_is_refused_with_what_mends_it(keys, mode):
    _ = keys.current
    path = keys.folder / "0001.key"
    path.chmod(mode)

    with pytest.raises(KeysUnsafe, match=f"chmod 600 {path}"):
        _ = KeyRing(keys.folder).current


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_a_key_for_its_owner_alone_is_taken(keys, mode):
    _ = keys.current
    path = keys.folder / "0001.key"
    path.chmod(mode)

    assert require_private(path)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_key_of_another_user_is_refused(keys):
    _ = keys.current
    os.chown(keys.folder / "0001.key", 65534, 65534)

    with pytest.raises(KeysUnsafe, match="another user"):
        _ = KeyRing(keys.folder).current


def test_rings_of_different_purposes_have_different_keys(home):
    secrets = {ring(name).current.secret for name in ("field", "index", "journal")}

    assert len(secrets) == 3
    assert ring("field") is ring("field")
    assert ring("field").folder == home / "keys" / "field"
