"""Children's pages opened by several people at once, without a pause, over HTTP."""

import random
import sys
import threading
import time
from collections.abc import Mapping
from itertools import chain
from pathlib import Path

from bench.process import Server, free_port, served
from bench.visitor import Visitor

AT_ONCE = 8


def seconds_of_pages(
    home: Path, environment: Mapping[str, str], entered: Mapping[str, list], pages: int
) -> list[float]:
    """Serve an agency, let each of the browsers open so many pages, return what each took."""
    port = free_port()
    command = [sys.executable, "-m", "tonghu.config.cli", "start", "--port", str(port)]
    log = home.parent / f"{home.name}.log"
    with served(command, environment, port=port, ready="/healthz", log=log) as server:
        readers = [
            Reader(server, cookies, entered["files"], number, pages)
            for number, cookies in enumerate(entered["cookies"])
        ]
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
    """Somebody who opens one file after the other."""

    def __init__(
        self, server: Server, cookies: dict[str, str], files: list[str], number: int, pages: int
    ) -> None:
        super().__init__()
        self.visitor = Visitor(server.address)
        self.visitor.cookies = cookies
        self.files, self.pages = files, pages
        self.chance = random.Random(number)
        self.seconds: list[float] = []
        self.failure: Exception | None = None

    def run(self) -> None:
        """Open all pages."""
        try:
            self.open_some(self.pages)
        except Exception as error:  # noqa: BLE001 -- raised by who waits for this reader
            self.failure = error

    def open_some(self, pages: int) -> None:
        """Open so many pages and remember what each took."""
        for _ in range(pages):
            path = f"/children/{self.chance.choice(self.files)}/"
            began = time.perf_counter()
            self.visitor.get(path)
            self.seconds.append(time.perf_counter() - began)
