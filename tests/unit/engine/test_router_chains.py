from __future__ import annotations

from types import MappingProxyType

from tests.unit.engine.test_router import BEST, CHEAP, MIDDLE, SECOND, _only_these, settings
from understudy.config.settings import OFFLINE_MODEL
from understudy.engine.router import route
from understudy.engine.situation import Situation
from understudy.tasks.fix import TASK

__all__ = ["_only_these"]


def test_a_chain_of_several_is_the_whole_truth_though_one_alone_can_be_asked_now() -> None:
    own = settings(CHEAP, MIDDLE, BEST, SECOND, routing={"debugging": [CHEAP, SECOND]})
    paused = Situation(against=MappingProxyType({CHEAP: "is left alone until 15:33 UTC"}))
    found = route(TASK, own, None, paused)
    assert found.models == (SECOND,)
    assert found.passed_over([OFFLINE_MODEL, SECOND]) == (
        f"`{CHEAP}` is left alone until 15:33 UTC \u2192 {SECOND}.",
    )
    assert found.passed_over([OFFLINE_MODEL]) == ()


def test_who_takes_over_from_a_chain_of_one_does_so_while_that_one_is_left_alone() -> None:
    own = settings(CHEAP, MIDDLE, BEST, routing={"debugging": [OFFLINE_MODEL, CHEAP]})
    assert route(TASK, own).models == (OFFLINE_MODEL, CHEAP, MIDDLE, BEST)
    paused = Situation(against=MappingProxyType({CHEAP: "is left alone until 15:33 UTC"}))
    assert route(TASK, own, None, paused).models == (OFFLINE_MODEL, MIDDLE, BEST)


def test_a_model_behind_the_one_that_answers_is_not_told_of() -> None:
    own = settings(CHEAP, BEST, SECOND, routing={"debugging": [CHEAP, SECOND, BEST]})
    paused = Situation(against=MappingProxyType({SECOND: "is left alone until 15:33 UTC"}))
    found = route(TASK, own, None, paused)
    assert found.passed_over([CHEAP]) == ()
    assert found.passed_over([CHEAP, BEST]) == ()
    assert found.told == f"Not asked: `{SECOND}` is left alone until 15:33 UTC."


def test_only_a_model_of_the_request_counts_as_named() -> None:
    own = settings(CHEAP, routing={"debugging": [CHEAP]})
    assert not route(TASK, own).named
    assert route(TASK, own, CHEAP).named
