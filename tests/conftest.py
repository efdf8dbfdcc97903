"""What holds for every test."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Generator

EDITORS = Path(__file__).parent / "editors"
REQUIRE_ALL = os.environ.get("UNDERSTUDY_REQUIRE_ALL") == "1"

# The same examples each time, however slow the machine is, so more of them find nothing the second time;
# `--hypothesis-profile=explore` tries others, and more.
settings.register_profile("steady", deadline=None, derandomize=True, max_examples=60)
settings.register_profile("explore", deadline=None)
settings.load_profile("steady")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Real editors come first: they take longest, and what one process started of them is shared."""
    items.sort(key=lambda item: EDITORS not in item.path.parents)


def pytest_collection_finish() -> None:
    """What was collected stays until the end, so no walk of the garbage collector need pass it."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With `UNDERSTUDY_REQUIRE_ALL=1`, a test that is skipped has failed.

    Tests for another operating system are the exception; their reasons begin with "Only on".
    """
    report = yield
    if REQUIRE_ALL and report.skipped and isinstance(report.longrepr, tuple):
        reason = report.longrepr[2].removeprefix("Skipped: ")
        if not reason.startswith("Only on"):
            report.outcome = "failed"
            report.longrepr = f"Skipped, though everything is required: {reason}"
    return report
