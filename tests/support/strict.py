"""With CI=true a test that is skipped or expected to fail is a failure: nothing may look green unseen."""

import os
from collections.abc import Iterator

import pytest

IS_STRICT = os.environ.get("CI", "").lower() in ("1", "true", "yes")


def _forbid(report: pytest.TestReport | pytest.CollectReport) -> None:
    if report.outcome == "skipped" or hasattr(report, "wasxfail"):
        reason = getattr(report, "wasxfail", None) or report.longrepr
        report.outcome = "failed"
        report.longrepr = f"Skipped or expected to fail, which CI=true forbids: {reason}"
        if hasattr(report, "wasxfail"):
            del report.wasxfail


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if IS_STRICT:
        _forbid(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    report = yield
    if IS_STRICT:
        _forbid(report)
    return report
