import json
import subprocess
import sys

START = """
import django, json
django.setup()
from tonghu.access.two_persons import ACTS
from tonghu.jobs.kinds import KINDS
print(json.dumps({"acts": sorted(ACTS), "kinds": sorted(KINDS)}))
"""


def test_process_without_pages_knows_every_act_and_kind_of_work():
    done = subprocess.run([sys.executable, "-c", START], check=True, capture_output=True, text=True)

    assert json.loads(done.stdout) == {
        "acts": [
            "access.closing.lifted",
<<<<<<< HEAD
=======
>>>>>>> parent of 8b56f6b (access: Let two persons reset a lost second step.)
            "access.glass.extended",
            "access.journal.exported",
            "access.membership.granted",
        ],
        "kinds": ["access.journal.exported"],
    }
