"""What the cascade does about a failure.

The record of a failure advises what would help with this very model. The cascade follows it, except
where another model stands ready and is the better help: that is what `_INSTEAD` and `_NO_GOOD_HERE`
say. Where such a switch finds nobody, a server that is busy or away is asked again after a pause.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from understudy.core.failures import FailureCategory as F
from understudy.engine.steps import NEVER_SENT
from understudy.failures.defaults import ADVICE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.core.failures import Failure
    from understudy.engine.steps import State
    from understudy.models.registry import Model

Action = Literal["wait", "refine", "same", "reduce_context", "switch", "ask", "stop"]
"""Ask the same model after a while, with what went wrong, as it was, or with less context; ask the
next one; ask the user; give up."""

_INSTEAD: dict[F, Action] = {
    # Another model answers sooner than a limit is over.
    F.RATE_LIMIT: "switch",
    # What one provider filters or refuses another as a rule answers; the user sees who was asked.
    F.CONTENT_FILTERED: "switch",
    F.REFUSAL: "switch",
    # A run works on the text as it was; only a new run can start from another one.
    F.STALE_DOCUMENT: "stop",
}
_NO_GOOD_HERE = frozenset({"bad_request", "request_too_large"})
"""Codes of requests that this server refuses again and again; another family of requests may do,
or an account that may send more in a minute."""

OF_THE_KEY = frozenset({F.QUOTA_EXHAUSTED, F.AUTH_ERROR})
_OF_THE_SERVER = frozenset({F.RATE_LIMIT, F.PROVIDER_UNAVAILABLE, F.TIMEOUT}) | OF_THE_KEY
_CUT = frozenset({F.INCOMPLETE_OUTPUT, F.EMPTY_OUTPUT})
_AT_ITS_LIMIT = frozenset({"length", "max_tokens", "max_output_tokens"})
"""The words of providers for an answer that is as long as the request lets it be."""
_ON_THE_WIRE = frozenset({"request", "stream"})
_BY_WORD: dict[str, Action] = {
    "wait": "wait",
    "refine": "refine",
    "same": "same",
    "reduce_context": "reduce_context",
    "switch": "switch",
    "switch_model": "switch",
    "ask": "ask",
    "stop": "stop",
}
_SAYS_NOTHING = frozenset({"loading", "overloaded", "proxy_away"})
"""Codes of failures that are soon over, or are not the server's."""
_FOR_GOOD = frozenset({"not_sent", "model_missing"})
"""Codes of failures that the same question meets again, however long one waits."""


def action_for(failure: Failure, chosen: Mapping[str, str]) -> Action:
    """What a failure calls for; `chosen` are the user's own choices by category."""
    category = failure.category
    own = _BY_WORD.get(chosen.get(category.value, ""))
    if own is not None:
        return own
    if category is F.BUDGET_EXCEEDED:
        # The budget says by its advice what is to be done at a limit.
        return _BY_WORD.get(failure.advice, "stop")
    if category in _OF_THE_SERVER and not is_of_server(failure):
        # A tool that took too long says nothing about the model's server.
        return "refine"
    lost = category is F.UNKNOWN and failure.phase in _ON_THE_WIRE
    if lost or is_cut(failure) or failure.code in _NO_GOOD_HERE:
        return "switch"
    return _INSTEAD.get(category) or _BY_WORD[ADVICE[category]]


def is_of_server(failure: Failure) -> bool:
    """Whether a failure says nothing about what the model can do."""
    return failure.category in _OF_THE_SERVER and failure.phase in _ON_THE_WIRE


def is_counted(failure: Failure) -> bool:
    """Whether a failure of the server is one that puts the model behind others, when repeated.

    A full account, a wrong key and a limit of the rate say themselves how long they last, a server
    that still loads its model is well, and one behind a proxy that is away may be.
    """
    if failure.category not in {F.PROVIDER_UNAVAILABLE, F.TIMEOUT}:
        return False
    return was_sent(failure) and failure.code not in _SAYS_NOTHING


def is_answered(failure: Failure) -> bool:
    """Whether the model's server said itself what is wrong, so that it can be asked again."""
    if failure.category in _OF_THE_SERVER | {F.CANCELLED, F.BUDGET_EXCEEDED}:
        return False
    return failure.phase in _ON_THE_WIRE and was_sent(failure)


def is_cut(failure: Failure) -> bool:
    """Whether an answer ended too early, or before it began.

    Asking the same again costs a whole call and leads to the same as a rule, so another model goes
    first.
    """
    return failure.phase == "stream" and failure.category in _CUT


def lengthens(failure: Failure, chosen: Mapping[str, str]) -> bool:
    """Whether a longer answer would help: one had as many tokens as it might have.

    `chosen` are the user's own choices by category.
    """
    return is_at_its_limit(failure) and failure.category.value not in chosen


def is_at_its_limit(failure: Failure) -> bool:
    """Whether an answer ended because it had as many tokens as it might have."""
    return is_cut(failure) and failure.code in _AT_ITS_LIMIT


def is_by_chance(failure: Failure) -> bool:
    """Whether an answer ended too early in a way that the same question need not meet again."""
    return is_cut(failure) and failure.code not in _AT_ITS_LIMIT


def was_sent(failure: Failure) -> bool:
    """Whether the question got as far as the model's server."""
    return failure.code not in NEVER_SENT


def note(state: State, model: Model, failure: Failure) -> None:
    """Have it remembered what a failure says about the model's server. May block."""
    if is_of_server(failure) and was_sent(failure):
        state.unreachable(model, failure)
    elif is_answered(failure):
        state.reached(model)


def may_pass(failure: Failure) -> bool:
    """Whether a server's failure may be over after a short pause."""
    lasting = failure.category in OF_THE_KEY or failure.category is F.TIMEOUT
    return not lasting and failure.code not in _FOR_GOOD


def word(failure: Failure) -> str:
    """What a failure is called: its category, and the code of whoever reported it."""
    return failure.category.value + (f" ({failure.code})" if failure.code else "")


def told(failure: Failure) -> str:
    """What stands against a model whose server failed, as a clause."""
    if not was_sent(failure):
        return f"was not asked: {failure.message.removesuffix('.')}"
    wait = f" (asks for {failure.after_s:.0f} s)" if failure.after_s else ""
    return f"failed {word(failure)}{wait}"
