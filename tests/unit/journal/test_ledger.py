from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from tests.unit.journal.models import About, Clock, Named, failure
from tests.unit.journal.samples import call_row, store
from understudy.core.failures import FailureCategory as F
from understudy.journal.ledger import Ledger, MemoryLedger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

A, B, OTHER = Named("acme/a", "acme"), Named("acme/b", "acme"), Named("other/a", "other")
COOLDOWN_S = 300.0


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["file", "memory"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[Ledger]:
    path = tmp_path / "journal.sqlite3"
    made = Ledger(path, clock=clock) if request.param == "file" else MemoryLedger(clock=clock)
    yield made
    made.close()


def test_the_same_failure_and_its_category_are_counted_apart(ledger: Ledger) -> None:
    one, two = failure(fingerprint="1"), failure(fingerprint="2")
    assert ledger.count(About(), "acme/a", one) == (1, 1)
    assert ledger.count(About(), "acme/a", one) == (2, 2)
    assert ledger.count(About(), "acme/a", two) == (1, 3)
    assert ledger.count(About(), "acme/a", failure(F.SYNTAX_ERROR)) == (1, 1)
    assert ledger.worst(About(), "acme/a") == ("type_error", 3)


@pytest.mark.parametrize(
    ("model", "about"),
    [
        ("acme/b", About()),
        ("acme/a ", About()),
        ("acme/a", About(task="other")),
        ("acme/a", About(scope="another file")),
        ("acme", About(task="a/fix")),
    ],
)
def test_other_models_tasks_and_files_have_counts_of_their_own(
    ledger: Ledger, model: str, about: About
) -> None:
    ledger.count(About(), "acme/a", failure())
    assert ledger.worst(about, model) == ("", 0)
    assert ledger.count(about, model, failure()) == (1, 1)


def test_ids_with_separators_never_share_a_count(ledger: Ledger) -> None:
    ledger.count(About("b", "c"), "a", failure())
    for model, about in (("a:b", About("", "c")), ("a/b", About("c", "")), ("a@b c", About())):
        assert ledger.count(about, model, failure()) == (1, 1)


def test_counts_expire(ledger: Ledger, clock: Clock) -> None:
    ledger.count(About(), "acme/a", failure())
    clock.now += COOLDOWN_S - 1
    assert ledger.count(About(), "acme/a", failure()) == (2, 2)
    clock.now += COOLDOWN_S + 1
    assert ledger.worst(About(), "acme/a") == ("", 0)
    assert ledger.worst(About(), "acme/a", ever=True) == ("type_error", 2)
    assert ledger.count(About(), "acme/a", failure()) == (1, 1)


def test_a_success_resets_the_counts_of_its_own_model_alone(ledger: Ledger) -> None:
    ledger.count(About(), "acme/a", failure())
    ledger.count(About(), "acme/b", failure())
    ledger.reset(About(), "acme/a")
    assert ledger.worst(About(), "acme/a", ever=True) == ("", 0)
    assert ledger.worst(About(), "acme/b") == ("type_error", 1)


def test_what_one_process_counts_another_one_sees_and_a_later_one_too(
    tmp_path: Path, clock: Clock
) -> None:
    path = tmp_path / "journal.sqlite3"
    here, there = Ledger(path, clock=clock), Ledger(path, clock=clock)
    here.count(About(), "acme/a", failure())
    assert there.count(About(), "acme/a", failure()) == (2, 2)
    here.close()
    there.close()
    later = Ledger(path, clock=clock)
    assert later.count(About(), "acme/a", failure()) == (3, 3)
    later.close()


def test_no_id_scope_or_fingerprint_is_written_into_the_file(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    ledger = Ledger(path)
    planted = "password = 'hunter2'"
    ledger.count(About(planted, planted), planted, failure(fingerprint=planted))
    ledger.unreachable(Named(planted, planted), failure(F.RATE_LIMIT, code=planted))
    ledger.close()
    assert b"hunter2" not in path.read_bytes()


def test_three_failures_of_a_server_open_its_breaker_for_this_model_alone(
    ledger: Ledger, clock: Clock
) -> None:
    for _ in range(2):
        ledger.unreachable(A, failure(F.PROVIDER_UNAVAILABLE))
        assert ledger.claim(A) == ""
    ledger.unreachable(A, failure(F.PROVIDER_UNAVAILABLE))
    assert "is left alone until" in ledger.claim(A)
    assert ledger.claim(B) == ""
    assert [(one.provider, one.model) for one in ledger.pauses()] == [("acme", "acme/a")]


def test_after_the_pause_one_probe_is_let_through_and_its_success_closes_the_breaker(
    ledger: Ledger, clock: Clock
) -> None:
    ledger.unreachable(A, failure(F.RATE_LIMIT, after_s=20.0))
    clock.now += 21
    assert ledger.objection(A) == ""
    assert ledger.claim(A) == ""
    assert "just being tried" in ledger.claim(A)
    ledger.reached(A)
    assert (ledger.claim(A), ledger.claim(A)) == ("", "")
    assert ledger.pauses() == ()


def test_a_probe_that_fails_opens_the_breaker_for_longer(ledger: Ledger, clock: Clock) -> None:
    for _ in range(3):
        ledger.unreachable(A, failure(F.PROVIDER_UNAVAILABLE))
    clock.now += 16
    assert ledger.claim(A) == ""
    ledger.unreachable(A, failure(F.PROVIDER_UNAVAILABLE))
    clock.now += 16
    assert ledger.claim(A) != ""
    clock.now += 15
    assert ledger.claim(A) == ""


def test_a_probe_that_was_never_heard_of_again_blocks_nobody_for_ever(
    ledger: Ledger, clock: Clock
) -> None:
    ledger.unreachable(A, failure(F.RATE_LIMIT, after_s=1.0))
    clock.now += 2
    assert ledger.claim(A) == ""
    clock.now += 61
    assert ledger.claim(A) == ""


def test_a_quota_or_a_bad_key_stops_the_whole_provider(ledger: Ledger, clock: Clock) -> None:
    ledger.unreachable(A, failure(F.QUOTA_EXHAUSTED, after_s=7_200.0))
    assert "(quota_exhausted)" in ledger.claim(B)
    assert ledger.claim(OTHER) == ""
    clock.now += 7_199
    assert ledger.claim(B) != ""
    ledger.forgive()
    assert ledger.claim(B) == ""


def test_only_one_of_many_threads_gets_the_probe(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "journal.sqlite3"
    ledgers = [Ledger(path, clock=clock) for _ in range(3)]
    ledgers[0].unreachable(A, failure(F.RATE_LIMIT, after_s=1.0))
    clock.now += 2
    claims: list[str] = []
    start = threading.Barrier(9)

    def claim(ledger: Ledger) -> None:
        start.wait()
        claims.append(ledger.claim(A))

    threads = [threading.Thread(target=claim, args=(ledger,)) for ledger in ledgers * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for ledger in ledgers:
        ledger.close()
    assert claims.count("") == 1


def test_the_usual_silence_comes_from_the_journal(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    store(path, *(call_row(f"C{at}", first_token_s=2.0) for at in range(20)))
    ledger = Ledger(path)
    assert ledger.hedge_delay("acme/large") == 2.0
    assert ledger.hedge_delay("acme/small") is None
    ledger.close()


def test_one_call_in_ten_may_be_given_up_early(ledger: Ledger) -> None:
    given_up = 0
    for _ in range(100):
        ledger.called()
        given_up += ledger.may_hedge() > 0
    assert given_up == 11


def test_what_is_owed_is_earned_before_there_is_leave_again(ledger: Ledger) -> None:
    assert ledger.may_hedge()
    assert not ledger.may_hedge()
    assert [ledger.may_hedge(owing=2.0) > 0 for _ in range(3)] == [True, True, False]
    given_up = 3
    for _ in range(200):
        ledger.called()
        given_up += ledger.may_hedge() > 0
    assert given_up == 21, "one in ten, and the first one"


def test_leave_to_give_up_early_is_used_up_at_once_and_given_back_when_it_was_not_needed(
    ledger: Ledger,
) -> None:
    leave = ledger.may_hedge()
    assert leave
    assert not ledger.may_hedge(), "the first one has not ended yet"
    ledger.give_back(leave)
    second = ledger.may_hedge()
    assert second
    ledger.give_back(leave)
    assert not ledger.may_hedge(), "the first one was given back already"
    ledger.use_up(second)
    ledger.give_back(second)
    assert not ledger.may_hedge(), "a call that was given up early has used its leave"


def test_calls_that_overlap_give_back_no_leave_of_another_one(ledger: Ledger) -> None:
    granted = 0
    for _ in range(40):
        granted += ledger.may_hedge() > 0
        ledger.reached(OTHER)
        ledger.unreachable(B, failure(F.RATE_LIMIT, after_s=0.0))
    assert granted == 1


def test_many_servers_at_once_give_up_no_more_than_one_alone(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    ledgers = [Ledger(path) for _ in range(8)]
    start = threading.Barrier(8)
    leaves: list[int] = []

    def ask(ledger: Ledger) -> None:
        start.wait()
        leaves.append(ledger.may_hedge())

    threads = [threading.Thread(target=ask, args=(ledger,)) for ledger in ledgers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for ledger in ledgers:
        ledger.close()
    assert leaves.count(0) == 7


def test_a_model_hangs_until_it_is_heard_again(ledger: Ledger) -> None:
    assert ledger.hangs(A) is None
    ledger.unreachable(A, failure(F.TIMEOUT))
    assert ledger.hangs(A) == 0
    for _ in range(2):
        ledger.unreachable(A, failure(F.TIMEOUT))
    assert ledger.hangs(A) == 1
    ledger.reached(A)
    assert ledger.hangs(A) is None
    ledger.unreachable(A, failure(F.PROVIDER_UNAVAILABLE))
    assert ledger.hangs(A) is None


def test_a_refused_key_is_left_alone_for_a_day_and_no_pause_is_listed_for_it(
    ledger: Ledger, clock: Clock
) -> None:
    assert not ledger.is_any_key_refused()
    ledger.refuse_key("of the key")
    assert ledger.is_any_key_refused()
    assert ledger.refused_until(["of all", "of the key"]).endswith("UTC")
    assert ledger.refused_until(["of another key"]) == ""
    assert ledger.pauses() == ()
    clock.now += 86_401
    assert ledger.refused_until(["of the key"]) == ""


def test_a_refused_key_is_asked_again_once_it_was_good_or_all_is_forgiven(ledger: Ledger) -> None:
    ledger.refuse_key("one")
    ledger.accept_key(["one"])
    assert not ledger.is_any_key_refused()
    ledger.refuse_key("two")
    ledger.forgive()
    assert not ledger.is_any_key_refused()
