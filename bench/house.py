"""The house: foundation, access and the look, against a plain Django."""

import re
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from uuid import UUID, uuid4

from bench import chromium
from bench.figures import Figure, Plan, in_turn
from bench.plain import Plain, plain
from bench.process import Server
from bench.product import Product, neighbour, product, surroundings, today
from bench.visitor import Unexpected, Visitor

NAME = "The house"
COLLEAGUE = re.compile(r"/people/([0-9a-f-]{36})/")
ADMINISTRATOR, HEAD = "hejing", "qinhui"


def measure(folder: Path, plan: Plan) -> Iterator[Figure]:
    """Measure what section 4 of the house promises."""
    few, many = plan.rows
    with ExitStack() as running:
        ours = running.enter_context(product(folder / "few", colleagues=few))
        theirs = running.enter_context(plain(folder / "plain", colleagues=few))
        at_work, as_admin = ours.enter(ADMINISTRATOR), theirs.enter()
        yield writing(ours, theirs, at_work, as_admin, plan)
        yield listing(ours, theirs, at_work, as_admin, plan)
        if plan.quick:  # one server does for all: nothing is kept of these figures
            yield growing(ours, ours, at_work, at_work, plan)
            yield from _alone(ours, at_work, plan)
            return
        large = running.enter_context(product(folder / "many", colleagues=many))
        yield growing(large, ours, large.enter(ADMINISTRATOR), at_work, plan)
    with product(folder / "used", colleagues=few) as ours:
        yield from _alone(ours, ours.enter(ADMINISTRATOR), plan)


def _alone(ours: Product, at_work: Visitor, plan: Plan) -> Iterator[Figure]:
    """Measure what has no baseline, on a server that has done nothing else."""
    yield from first_visits(ours, at_work, plan)
    at_work.close()  # a server lets go of a connection that was silent for a while
    yield refusing(ours, at_work, plan)
    yield idling(ours, at_work, plan)
    at_work.close()
    yield from storming(ours, at_work, plan)


def writing(
    ours: Product, theirs: Plain, at_work: Visitor, as_admin: Visitor, plan: Plan
) -> Figure:
    """Give a role: permission, journal, chain and a key for resends against a plain form."""
    one = giving_a_role(at_work, ours.agency)
    other = _form_of(as_admin, f"/people/{theirs.account}/roles/new/", theirs.organisation)
    found = in_turn(
        plan.rounds,
        lambda: per_call(ours.server, one.send, plan.requests),
        lambda: per_call(theirs.server, other.send, plan.requests),
    )
    return Figure(
        "operation_vs_plain_create_cpu",
        "An operation, of the CPU of a plain create of the same row",
        found.ratio,
        "×",
        1.3,
        found.words(),
    )


def listing(
    ours: Product, theirs: Plain, at_work: Visitor, as_admin: Visitor, plan: Plan
) -> Figure:
    """Show twenty colleagues against the same list in Django's admin."""
    found = in_turn(
        plan.rounds,
        lambda: per_call(ours.server, lambda: at_work.get("/people/"), plan.requests),
        lambda: per_call(
            theirs.server, lambda: as_admin.get("/admin/staff/membership/"), plan.requests
        ),
    )
    return Figure(
        "list_vs_admin_cpu",
        f"A list of 20 of {plan.rows[0]:,}, of the CPU of Django's admin",
        found.ratio,
        "×",
        0.35,
        found.words(),
    )


def growing(large: Product, ours: Product, there: Visitor, here: Visitor, plan: Plan) -> Figure:
    """Show twenty of ten times as many colleagues."""
    found = in_turn(
        plan.rounds,
        lambda: per_call(large.server, lambda: there.get("/people/"), plan.requests),
        lambda: per_call(ours.server, lambda: here.get("/people/"), plan.requests),
    )
    few, many = plan.rows
    return Figure(
        "list_100k_vs_10k_cpu",
        f"A list of 20 of {many:,}, of the CPU of one of {few:,}",
        found.ratio,
        "×",
        1.5,
        found.words(),
    )


def per_call(server: Server, call: Callable[[], object], times: int) -> float:
    """Return the CPU seconds a server uses for one call, of many."""
    before = server.cpu()
    for _ in range(times):
        call()
    return (server.cpu() - before) / times


@dataclass
class Form:
    """A form that is sent again and again, each time with a key of its own where it has one."""

    visitor: Visitor
    path: str
    fields: dict[str, str]

    def send(self) -> None:
        """Send it once more."""
        once = {"op_id": str(uuid4())} if "op_id" in self.fields else {}
        self.visitor.post(self.path, self.fields | once)

    def through(self, visitor: Visitor) -> "Form":
        """Return the same form over another connection."""
        return Form(visitor, self.path, self.fields)


def giving_a_role(at_work: Visitor, agency: str) -> Form:
    """Return the form that gives a colleague a role."""
    found = list(dict.fromkeys(COLLEAGUE.findall(at_work.get("/people/"))))
    return _form_of(at_work, f"/people/{found[-1]}/roles/new/", agency)


def _form_of(visitor: Visitor, path: str, organisation: str) -> Form:
    said = {"role": "finance", "organisation": organisation, "from_on": today(), "until_on": ""}
    return Form(visitor, path, visitor.hidden(visitor.get(path)) | said)


def first_visits(ours: Product, at_work: Visitor, plan: Plan) -> Iterator[Figure]:
    """Open three pages for the first time on a slow line."""
    pages = {"sign-in": ("/sign-in/", {}), "Today": ("/", at_work.cookies)}
    pages["people"] = ("/people/", at_work.cookies)
    with chromium.browser() as running:
        visits = {
            name: chromium.middle(
                running, ours.server.address + path, cookies, plan.paints, slow=not plan.quick
            )
            for name, (path, cookies) in pages.items()
        }
    yield Figure(
        "first_visit_kb",
        "First visit of a page, over the wire",
        max(one.kb for one in visits.values()),
        "KB",
        30,
        "; ".join(f"{name} {one.kb:.1f}" for name, one in visits.items()),
    )
    yield Figure(
        "first_paint_s",
        "First paint on 50 kbit/s and 600 ms",
        max(one.first_paint for one in visits.values()),
        "s",
        4.5,
        "; ".join(f"{name} {one.first_paint:.1f}" for name, one in visits.items()),
    )


def refusing(ours: Product, at_work: Visitor, plan: Plan) -> Figure:
    """Ask for somebody of another agency, and for somebody who never was (R75)."""
    stranger = neighbour(ours.home)
    calls = max(plan.requests * 5 // 3, 10)
    hidden, missing = [], []
    for number in range(2 * calls):
        pair = ((hidden, stranger), (missing, uuid4()))
        kept, who = pair[number % 2]
        began = time.perf_counter()
        at_work.get(f"/people/{who}/", expect=404)
        kept.append(time.perf_counter() - began)
    one, other = median(hidden), median(missing)
    return Figure(
        "refusal_404_time_ratio",
        f"A 404 for what is hidden, of the time of one for what never was, {calls} calls each",
        one / other,
        "×",
        1.05,
        f"{one * 1000:.2f} against {other * 1000:.2f} ms",
    )


def idling(ours: Product, at_work: Visitor, plan: Plan) -> Figure:
    """Leave the server alone after some work."""
    for path in ("/", "/people/", "/account/", "/waiting/", "/set-up/") * 20:
        at_work.get(path)
    time.sleep(plan.idle_for)
    return Figure(
        "idle_mb",
        f"The server after 100 pages and {plan.idle_for:.0f} s idle",
        ours.server.held_mb(),
        "MB",
        150,
        "all its processes, PSS",
    )


@dataclass
class Storm:
    """What many writers at once were answered."""

    until: float
    seconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def write(self, form: Form) -> None:
        """Send the form until the time is over."""
        while time.monotonic() < self.until:
            began = time.monotonic()
            try:
                form.send()
            except (Unexpected, OSError) as error:
                self.failures.append(str(error)[:200])
            else:
                self.seconds.append(time.monotonic() - began)


def storming(ours: Product, at_work: Visitor, plan: Plan) -> Iterator[Figure]:
    """Let many write at once, then look whether all that was acknowledged is there."""
    form = giving_a_role(at_work, ours.agency)
    account = UUID(form.path.split("/")[2])
    before = roles_of(ours.home, account)
    storm = Storm(time.monotonic() + plan.writing_for)
    writers = [
        threading.Thread(
            target=storm.write, args=[form.through(Visitor(ours.server.address, like=at_work))]
        )
        for _ in range(plan.writers)
    ]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    written = roles_of(ours.home, account) - before
    lost = abs(len(storm.seconds) - written) + (not chain_holds(ours.home))
    worst = quantiles(storm.seconds, n=20)[-1]
    words = f"{len(storm.seconds)} acknowledged, {written} there; {'; '.join(storm.failures[:2])}"
    yield Figure(
        "writers_failed",
        f"{plan.writers} writers for {plan.writing_for:.0f} s on SQLite: failed or lost",
        len(storm.failures) + lost,
        "",
        0,
        words.rstrip("; "),
    )
    yield Figure(
        "writers_p95_s",
        "… 95 % of the answers within",
        worst,
        "s",
        1,
        f"median {median(storm.seconds):.3f} s",
    )


def roles_of(home: Path, account: UUID) -> int:
    """Count somebody's roles in the database itself."""
    with sqlite3.connect(home / "tonghu.sqlite3") as connection:
        question = "SELECT count(*) FROM access_membership WHERE account_id = ?"
        found: int = connection.execute(question, [account.hex]).fetchone()[0]
    return found


def chain_holds(home: Path) -> bool:
    """Ask doctor whether the journal's chain is whole."""
    command = [sys.executable, "-m", "tonghu.config.cli", "journal", "verify"]
    done = subprocess.run(
        command, env=surroundings(home), cwd=home.parent, check=False, capture_output=True
    )
    return done.returncode == 0
