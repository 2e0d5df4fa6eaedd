"""What the worker of a full agency holds: ``python -m bench.holding AGENCY [TIMES]``.

Prints her cases and what she writes of a contact, and what opening Today so often cost.
"""

import datetime as dt
import json
import sys
import time
from uuid import UUID

import django

CONTACT = {
    "result": "MET_CHILD",
    "seen_alone": "yes",
    "safety": "safe",
    "risk_change": "same",
    "mode": "HOME",
    "kind": "ROUTINE",
    "time": "09:30",
    "minutes": "45",
    "happened": "奶奶在家，孩子自己开的门。作业写完了。",
    "confirmed": "NONE",
}


def main(agency: UUID, times: int) -> None:
    """Print cases, a contact, and the processor time of Today."""
    django.setup()
    from tonghu.access.actors import actor_for  # noqa: PLC0415 -- after the set-up
    from tonghu.access.models import Account  # noqa: PLC0415 -- after the set-up
    from tonghu.casework.due import own_cases  # noqa: PLC0415 -- after the set-up
    from tonghu.kernel import clock  # noqa: PLC0415 -- after the set-up

    on = clock.day(clock.now())
    worker = actor_for(Account.objects.get(login="liumin"), on=on)
    cases = [str(one.pk) for one in own_cases(worker, on=on)]
    yesterday = on - dt.timedelta(days=1)
    said = {"cases": cases, "contact": CONTACT | {"on": f"{yesterday:%F}"}}
    print(json.dumps(said | {"cpu": _today(agency, times)}))


def _today(agency: UUID, times: int) -> float:
    from django.test import Client  # noqa: PLC0415 -- after the set-up

    from bench.entering import entered  # noqa: PLC0415 -- after the set-up

    if not times:
        return 0.0
    client = Client(SERVER_NAME="127.0.0.1")
    for name, value in entered(agency, 1)["cookies"][0].items():
        client.cookies[name] = value
    client.get("/")
    began = time.process_time()
    for _ in range(times):
        answer = client.get("/")
        assert answer.status_code == 200, answer.status_code
    return time.process_time() - began


if __name__ == "__main__":
    main(UUID(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)
