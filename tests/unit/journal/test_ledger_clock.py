"""A ledger whose clock was wrong for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.journal.models import About, Clock, Named, failure
from understudy.core.failures import FailureCategory as F
from understudy.journal.ledger import Ledger
from understudy.journal.spending import Wish

if TYPE_CHECKING:
    from pathlib import Path

A = Named("acme/a", "acme")


def test_what_a_clock_that_was_wrong_noted_does_not_count_in_the_present(
    tmp_path: Path,
) -> None:
    clock = Clock()
    ledger = Ledger(tmp_path / "journal.sqlite3", clock=clock)
    clock.now += 400 * 86_400
    ledger.unreachable(A, failure(F.AUTH_ERROR))
    ledger.refuse_key("mark")
    for _ in range(3):
        ledger.count(About(), A.id, failure())
    ledger.settle(ledger.reserve(Wish("then", "acme", 5.0)).id, 5.0)
    assert ledger.objection(A)
    clock.now -= 400 * 86_400
    assert (ledger.objection(A), ledger.pauses()) == ("", ())
    assert (ledger.refused_until(("mark",)), ledger.is_any_key_refused()) == ("", False)
    assert ledger.worst(About(), A.id) == ("", 0)
    assert ledger.count(About(), A.id, failure()) == (1, 1)
    assert ledger.reserve(Wish("now", "acme", 0.5, {"day": 1.0, "month": 1.0, "provider": 1.0})).id
    ledger.unreachable(A, failure(F.AUTH_ERROR))
    assert ledger.objection(A)
    clock.now += 61
    assert ledger.objection(A) == "", "the usual minute"
    ledger.close()
