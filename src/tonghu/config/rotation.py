"""``tonghu keys rotate``: a new key in each ring, then every value under it."""

from collections.abc import Iterator

from tonghu.kernel.keyring import ring
from tonghu.kernel.rotation import RESEALED, left, rewrap


def rotate() -> Iterator[str]:
    """Make new keys unless a rotation was interrupted, re-seal, retire what opens nothing.

    The journal's ring gets a new key too; its rows are never re-sealed, so its old keys stay.
    """
    if not any(left().values()):
        for name in (*RESEALED, "journal"):
            yield f"{name}: key {ring(name).create_next().number} made"
    else:
        yield "a rotation was interrupted: going on from there"
    for progress in rewrap():
        yield f"{progress.column}: {progress.done} done, {progress.left} left"
    yield "done; the older keys stay in the folder until you retire them"
