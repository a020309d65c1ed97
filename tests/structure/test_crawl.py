"""Every page of the whole demonstration answers, and every link on it."""

import json
import subprocess
import sys

from tests.prepared import ROOT, environment


def test_every_internal_link_answers_and_leads_everywhere(demo_var):
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "structure" / "crawl.py")],
        env=environment(demo_var), cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["bad"] == []
    assert report["missed"] == []
    assert report["unnamed"] == []
    assert report["asked"] > 300
    # Each of the thirteen page types that editors write.
    assert len(report["types"]) == 13
