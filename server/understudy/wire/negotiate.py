"""Which part of a request a model refused, and what is known about that from earlier calls."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from understudy.core.failures import FailureCategory

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from understudy.core.failures import Failure
    from understudy.wire import Endpoint, Request
    from understudy.wire.families import Family

_PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"max_(completion_)?tokens", ("max_tokens", "max_completion_tokens")),
    (r"temperature|top_p|sampling", ("temperature",)),
    (r"stream_options|include_usage|obfuscation", ("stream_options",)),
    (r"prompt_cache_key", ("cache_key",)),
    (r"cache_control", ("stable",)),
    (r"effort", ("effort", "thinking")),
    (r"think|reasoning", ("thinking", "effort")),
    (
        r"response_?format|response_?(json_?)?schema|response_?mime|json|text\.format|"
        r"output_config|structured|grammar|\bformat\b|\bschema\b",
        ("schema",),
    ),
    (r"prefill|assistant message|last message|final message", ("prefill",)),
    (r"truncation", ("truncation",)),
    (r"truncate|shift", ("truncate",)),
    (r"\brole\b|roles|\bsystem\b|developer|messages\[\d+\]", ("developer", "system")),
)
"""What a refused parameter is called, and the parts that it can stand for.

`temperature`, `effort`, `schema`, `cache_key` and `stable` are fields of requests and messages.
`thinking`: that thinking is switched on. `stream_options`: that usage is told. `prefill`: that the
assistant begins its answer. `developer`: the role that replaces `system`, and without which
`system` is used; `system`: that role, without which the user says it. `max_tokens` and
`max_completion_tokens`: names of the output's limit, of which the other is used. `truncation` and
`truncate`: that the prompt must not be cut. Beside them, `output>4096` stands for an answer that
may have more than so many tokens.
"""

_NAMES_OF_LIMIT = frozenset({"max_tokens", "max_completion_tokens"})

_RULES = tuple((re.compile(words, re.IGNORECASE), parts) for words, parts in _PARTS)


_LIMIT_OF_OUTPUT = re.compile(r"max_?(completion_?|output_?|new_?)?tokens", re.IGNORECASE)
_MORE_THAN = re.compile(r"output>([1-9][0-9]{0,9})")
_LIST = re.compile(
    r"['\"`]?[\w.]{1,60}['\"`]?(?:(?:, and|, or|,| and| or) ['\"`]?[\w.]{1,60}['\"`]?)+"
)

_REFUSING = re.compile(
    r"support|unknown|unrecognized|unexpected|unsupported|extra|permitted|allowed|enabled|field",
    re.IGNORECASE,
)


class Memory(Protocol):
    """What earlier calls have taught about a model. Nothing here may take long."""

    def refused(self, provider: str, model: str) -> frozenset[str]:
        """The parts of a request that the model refuses, as `refused_parts` names them."""

    def refuse(self, provider: str, model: str, part: str) -> None:
        """Learn that the model refuses a part."""

    def limit(self, provider: str, model: str) -> int | None:
        """The context window, in tokens, that the model itself told about."""

    def learn_limit(self, provider: str, model: str, tokens: int) -> None:
        """Learn the context window."""


def refused_parts(
    failure: Failure, family: Family, request: Request, endpoint: Endpoint
) -> tuple[str, ...]:
    """The parts of this request without which it may go through; empty when there are none.

    The parameter that the provider names decides, and those that it lists together with it; where
    it names none, its words do. A part counts only if the body differs without it. A request that
    is only called bad may go through as well without what its refusal names: servers have many
    words for what they do not know.
    """
    said = failure.evidence.text
    if failure.category is not FailureCategory.CAPABILITY_MISMATCH:
        if failure.code != "bad_request":
            return ()
        said = said if _REFUSING.search(said) else ""
    most = failure.limit
    if most and _LIMIT_OF_OUTPUT.fullmatch(failure.parameter):
        return (f"output>{most}",) if most < request.max_output else ()
    names = (failure.parameter, *_listed_with(failure.parameter, said))
    named = [_first_part(name, family, request, endpoint) for name in names]
    if named[0]:
        return tuple(dict.fromkeys(filter(None, named)))
    part = _first_part(said, family, request, endpoint)
    return (part,) if part else ()


def without_parts(request: Request, parts: Iterable[str]) -> Request:
    """The request without these parts, and with no longer an answer than they allow."""
    without = request.without.union(parts)
    found = (_MORE_THAN.fullmatch(part) for part in without)
    limits = (int(each[1]) for each in found if each)
    return replace(request, without=without, max_output=min((request.max_output, *limits)))


def left_out(family: Family, request: Request, endpoint: Endpoint) -> frozenset[str]:
    """Those of `request.without` for which the body would be another one with them."""
    return frozenset(
        part
        for part in request.without
        if _matters(part, family, replace(request, without=request.without - {part}), endpoint)
    )


def _first_part(words: str, family: Family, request: Request, endpoint: Endpoint) -> str:
    for part in _candidates(words):
        if (
            part not in request.without
            and not _is_last_name(part, request)
            and _matters(part, family, request, endpoint)
        ):
            return part
    return ""


def _is_last_name(part: str, request: Request) -> bool:
    """Whether an answer would have no limit at all without a part."""
    return part in _NAMES_OF_LIMIT and bool(request.without & _NAMES_OF_LIMIT)


def _listed_with(name: str, said: str) -> Iterator[str]:
    """The names of the lists in which a name stands."""
    for found in _LIST.finditer(said):
        names = re.findall(r"[\w.]+", found[0])
        if name in names:
            yield from names


def _candidates(words: str) -> Iterator[str]:
    if words:
        for pattern, parts in _RULES:
            if pattern.search(words):
                yield from parts


def _matters(part: str, family: Family, request: Request, endpoint: Endpoint) -> bool:
    without = replace(request, without=request.without | {part})
    return family.body(without, endpoint) != family.body(request, endpoint)
