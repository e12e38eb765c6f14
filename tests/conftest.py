"""What holds for the whole suite: one thread each, seeded Hypothesis profiles, and no silent skips in CI."""

import os
from pathlib import Path

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ.setdefault(_name, "1")  # before any array library is imported

import pytest  # noqa: E402
from hypothesis import HealthCheck, settings  # noqa: E402

_COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}  # shared machines stall at times
settings.register_profile("ci", derandomize=True, max_examples=50, **_COMMON)
settings.register_profile("dev", max_examples=50, **_COMMON)
settings.register_profile("deep", max_examples=1000, **_COMMON)
settings.register_profile("mutation", derandomize=True, max_examples=20, **_COMMON)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

_ALLOWED = Path(__file__).with_name("allowed_skips.txt")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """With CI=true, a skip whose test is not on the committed list fails the run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") != "true" or reporter is None or hasattr(session.config, "workerinput"):
        return
    allowed = {line.partition("#")[0].strip() for line in _ALLOWED.read_text().splitlines()} - {""}
    surprising = sorted({report.nodeid for report in reporter.stats.get("skipped", ())} - allowed)
    for nodeid in surprising:
        reporter.write_line(f"skipped, but not on the list of {_ALLOWED.name}: {nodeid}", red=True)
    if surprising and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
