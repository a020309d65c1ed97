"""The site with each extension off, and with all off: checks pass and every address answers."""

import subprocess
import sys

import pytest

from portal.extensions import available_extensions
from tests.prepared import ROOT, environment, manage

NAMES = sorted(available_extensions())
#: what is switched on -> the extensions that are off
CASES = {"all on": NAMES, "all off": []} | {
    f"without {name}": [other for other in NAMES if other != name] for name in NAMES
}


@pytest.mark.parametrize("case", CASES)
def test_checks_pass_and_every_address_answers(prepared_var, case):
    on = CASES[case]
    chosen = {"PORTAL_EXTENSIONS": ",".join(on)}
    code, text = manage(prepared_var, "check", **chosen)
    assert code == 0, text
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "extensions" / "walk.py")],
        env=environment(prepared_var, **chosen), cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    assert "asked 0 " not in done.stdout
    assert f"history-link {'history' in on}" in done.stdout
    for name, door in (("subscriptions", "/subscribe/"), ("error_reports", "/report-error/")):
        # Its door in the footer and its paragraph of the privacy notice come and go with it.
        assert (f"'{door}'" in done.stdout) is (name in on)
        assert (f'id="privacy-{name.replace("_", "-")}"' in done.stdout) is (name in on)
