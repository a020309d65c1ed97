"""Every page of the demonstration answers, and every link on it: a sample here, all in `prove`."""

import json
import subprocess
import sys

import pytest

from tests.prepared import ROOT, environment


@pytest.mark.parametrize(
    ("built", "least"),
    [("prepared_var", 100), pytest.param("demo_var", 300, marks=pytest.mark.prove)],
)
def test_every_internal_link_answers_and_leads_everywhere(request, built, least):
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "structure" / "crawl.py")],
        env=environment(request.getfixturevalue(built)), cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["bad"] == []
    assert report["missed"] == []
    assert report["unnamed"] == []
    assert report["asked"] > least
    # Each of the thirteen page types that editors write.
    assert len(report["types"]) == 13
