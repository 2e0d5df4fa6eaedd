"""Serve the plain project as the product is served: ``python serve.py PORT``."""

import sys

from granian import Granian
from granian.constants import Interfaces

if __name__ == "__main__":
    Granian(
        "wsgi:application",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        backlog=256,
        log_enabled=False,
    ).serve()
