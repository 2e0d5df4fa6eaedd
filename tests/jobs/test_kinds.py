import json
import subprocess
import sys

KNOWN = """
import django, json
django.setup()
from tonghu.access.two_persons import ACTS
from tonghu.jobs.kinds import KINDS
print(json.dumps([sorted(KINDS), sorted(ACTS)]))
"""


def test_worker_knows_every_kind_and_act_without_the_pages():
    done = subprocess.run([sys.executable, "-c", KNOWN], capture_output=True, check=True, text=True)

    kinds, acts = json.loads(done.stdout)
    assert kinds == ["access.journal.exported"]
    assert acts == ["access.journal.exported", "access.membership.granted"]
