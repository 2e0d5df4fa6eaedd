import json
import subprocess
import sys

START = """
import django, json
django.setup()
from django.urls import get_resolver
from tonghu.access.events import WORDS
from tonghu.access.two_persons import ACTS
from tonghu.jobs.kinds import KINDS
def known():
    return {
        "acts": sorted(ACTS), "kinds": sorted(KINDS),
        "words": sorted(WORDS),
    }
without = known()
get_resolver().url_patterns
print(json.dumps([without, known()]))
"""


def test_process_without_pages_knows_what_one_with_pages_knows():
    done = subprocess.run([sys.executable, "-c", START], check=True, capture_output=True, text=True)

    without_pages, with_pages = json.loads(done.stdout)

    assert without_pages == with_pages
    assert {
        "access.journal.exported",
        "casework.papers.printed",
        "people.child.given_out",
        "people.roster.given_back",
        "people.roster.imported",
        "people.roster.likened",
    } == set(with_pages["kinds"])
    assert "access.membership.granted" in with_pages["acts"]
