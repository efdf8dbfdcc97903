from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from understudy.caches.ratios import Ratio
from understudy.caches.shelf import DiskShelf
from understudy.caches.store import Caches

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def caches(tmp_path: Path) -> Iterator[Caches]:
    opened = Caches(DiskShelf(tmp_path, 10_000_000))
    yield opened
    opened.close()


def test_the_size_of_tokens_is_learned_from_sane_counts_only(caches: Caches) -> None:
    caches.calibrate("p", "m", "go", (1_000_000, 1))
    caches.calibrate("p", "m", "go", (10, 0))
    assert caches.ratio("p", "m", "go") is None
    caches.calibrate("p", "m", "go", (1_000, 1_300))
    assert caches.ratio("p", "m", "go") == Ratio(1.3, 0.0, 1)
    assert caches.ratio("p", "other", "go") is None


def test_a_language_has_a_ratio_of_its_own_after_five_calls(caches: Caches) -> None:
    for _ in range(4):
        caches.calibrate("p", "m", "go", (1_000, 1_300))
    for _ in range(8):
        caches.calibrate("p", "m", "python", (1_000, 1_100))
    known = caches.ratio("p", "m", "go")
    assert known is not None
    assert known.mean < 1.2
    caches.calibrate("p", "m", "go", (1_000, 1_300))
    known = caches.ratio("p", "m", "go")
    assert known is not None
    assert known.mean == pytest.approx(1.3)


def test_a_prompt_that_was_too_long_after_all_raises_the_ratio(caches: Caches) -> None:
    caches.raise_ratio("p", "m", "go", 1.38)
    assert caches.ratio("p", "m", "go") == Ratio(1.38, 0.0, 0)
    for _ in range(20):
        caches.calibrate("p", "m", "go", (1_000, 1_100))
    assert mean(caches) == pytest.approx(1.1, abs=0.01)
    caches.raise_ratio("p", "m", "go", 5.0)
    assert mean(caches) == 2.0


def mean(caches: Caches) -> float:
    known = caches.ratio("p", "m", "go")
    return known.mean if known is not None else 0.0
