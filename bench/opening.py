"""Pages opened, or forms sent, by several people at once, without a pause, over HTTP."""

import random
import sys
import threading
import time
from collections.abc import Callable, Mapping
from itertools import chain
from pathlib import Path

from bench.process import Server, free_port, served
from bench.visitor import Visitor

AT_ONCE = 8

Act = Callable[[Visitor, random.Random], None]
"""What somebody does again and again: opens one of many pages, sends a form."""


def seconds_of(
    act: Act, home: Path, environment: Mapping[str, str], cookies: list[dict[str, str]], times: int
) -> list[float]:
    """Serve an agency, let each of the browsers do something so often, return what each took."""
    port = free_port()
    command = [sys.executable, "-m", "tonghu.config.cli", "start", "--port", str(port)]
    log = home.parent / f"{home.name}.log"
    with served(command, environment, port=port, ready="/healthz", log=log) as server:
        readers = [Reader(server, held, act, number, times) for number, held in enumerate(cookies)]
        for one in readers:
            one.open_some(2)  # so that no page waits for what is loaded once
            one.seconds.clear()
        for one in readers:
            one.start()
        for one in readers:
            one.join()
    if failed := next((one.failure for one in readers if one.failure), None):
        raise failed
    return list(chain.from_iterable(one.seconds for one in readers))


class Reader(threading.Thread):
    """Somebody who does one thing after the other."""

    def __init__(
        self, server: Server, cookies: dict[str, str], act: Act, number: int, times: int
    ) -> None:
        super().__init__()
        self.visitor = Visitor(server.address)
        self.visitor.cookies = dict(cookies)
        self.act, self.times = act, times
        self.chance = random.Random(number)
        self.seconds: list[float] = []
        self.failure: Exception | None = None

    def run(self) -> None:
        """Do it so often."""
        try:
            self.open_some(self.times)
        except Exception as error:  # noqa: BLE001 -- raised by who waits for this reader
            self.failure = error

    def open_some(self, times: int) -> None:
        """Do it so often and remember what each took."""
        for _ in range(times):
            began = time.perf_counter()
            self.act(self.visitor, self.chance)
            self.seconds.append(time.perf_counter() - began)


def opens(paths: list[str]) -> Act:
    """Return the act of opening one of these pages."""
    return lambda visitor, chance: visitor.get(chance.choice(paths)) and None
