"""What a provider's answer means when it is an error.

The order in which evidence counts: what the provider's own table says about a machine word, then
the beginning of the message, then words that say little, then the HTTP status. A number is a
status only where a status stands, and words about rates never turn another 4xx into a rate limit:
providers echo the prompt, and prompts hold such words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from understudy.core.failures import FailureCategory as Category
from understudy.failures.body import read_body
from understudy.failures.build import Finding, build
from understudy.failures.ending import read_ending
from understudy.failures.finish import finish_failure
from understudy.failures.general import GENERAL, status_kind
from understudy.failures.kinds import MEANINGS, RANK, Kind
from understudy.failures.limits import learned_limit, learned_parameter
from understudy.failures.rules import INSIDE, compiled
from understudy.failures.waits import Wait, answered_at, read_wait, until_midnight_pacific

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from understudy.core.failures import Advice, Failure, Phase
    from understudy.failures.body import Said
    from understudy.failures.rules import Errors, Rule

_REFINED, _WORD, _MESSAGE, _BROAD, _STATUS = 5, 4, 3, 2, 1
_CONFIDENCE = {_REFINED: 1.0, _WORD: 1.0, _MESSAGE: 0.95, _BROAD: 0.85, _STATUS: 0.7}
_ABOUT_RATES = frozenset({Kind.RATE_LIMIT, Kind.QUOTA, Kind.OVERLOADED})
_RATE_STATUSES = frozenset({402, 403, 408, 413, 429, 498})
_LIMITED = frozenset({Kind.CONTEXT_OVERFLOW, Kind.REQUEST_TOO_LARGE, Kind.CAPABILITY})
_FORBIDDEN = 403
_REFUSED = frozenset({401, _FORBIDDEN})
BARE = "bare"
"""The code of a key's refusal that says no more than its status: a proxy may have sent it."""
_NOTHING = re.compile(r"\blimit: 0(?![0-9]|[.,][0-9])")
_ERROR, _BEGINNING = '"error"', 10_000
_LOADING_S = 1.0
"""How soon a server that loads its model is worth asking again."""


@dataclass(frozen=True, slots=True)
class _Hit:
    """One piece of evidence: how much it counts, and what it says."""

    tier: int
    own: bool
    kind: Kind
    word: str = ""
    parameter: str = ""

    @property
    def order(self) -> tuple[int, bool, int]:
        return (-self.tier, not self.own, RANK[self.kind])


def classify_reply(
    provider: str,
    status: int | None,
    headers: Mapping[str, str],
    body: str,
    *,
    phase: Phase = "request",
) -> Failure:
    """The failure that a provider's answer stands for.

    Args:
        provider: its id; one that is not known is read by the rules of all.
        status: None or 200 for an error inside a stream.
        headers: of the response, names in any case.
        body: the response's body, or the event of a stream that carries the error.
        phase: where in the call it came.
    """
    said = read_body(body)
    outside = status if status is not None and not 200 <= status < 300 else said.status
    hits = sorted(_hits(provider, said, outside), key=lambda hit: hit.order)
    if outside is None and not hits and (ended := _ended(provider, body)) is not None:
        return ended
    if outside is None and not hits:
        hits = list(_inside(provider, body))
    if not hits and said.is_page and body.lstrip("\ufeff \t\r\n").startswith("<"):
        hits = [_Hit(_STATUS, own=False, kind=Kind.NO_REPLY)]
    finding = _finding(hits, said, headers) if hits else _not_known(said)
    return build(finding, provider, _evidence(said, status, body), phase)


def _inside(provider: str, body: str) -> Iterator[_Hit]:
    """What an error inside a stream of a provider is, whatever it says."""
    for errors in _tables():
        if errors.id == provider and errors.inside is not None and _ERROR in body[:_BEGINNING]:
            yield _Hit(_STATUS, own=True, kind=errors.inside)


def _ended(provider: str, body: str) -> Failure | None:
    """The failure of an answer that holds no error, by its last word."""
    ending = read_ending(body)
    return finish_failure(provider, ending.word, text=ending.text) if ending.word else None


def _not_known(said: Said) -> Finding:
    return Finding(Category.UNKNOWN, _first(said.words), 0.2, advice="switch_model")


def _finding(hits: list[_Hit], said: Said, headers: Mapping[str, str]) -> Finding:
    hit, wait = hits[0], _wait(hits[0], said, headers)
    meaning = MEANINGS[hit.kind]
    limited = hit.kind in _LIMITED
    parameter = ""
    if limited or hit.kind is Kind.BAD_REQUEST:
        parameter = hit.parameter or learned_parameter(said.message) or said.parameter
    if hit.kind is Kind.CONTEXT_OVERFLOW:
        # The others name the message that was too long, which no request can do without.
        parameter = learned_parameter(said.message)
    seconds = wait.seconds
    if seconds is None and hit.kind is Kind.LOADING:
        seconds = _LOADING_S
    return Finding(
        category=meaning.category,
        code=meaning.code or hit.word or _first(said.words) or _unexplained(hit, said),
        confidence=_CONFIDENCE[hit.tier],
        secondary=tuple(dict.fromkeys(_known_categories(hits[1:]))),
        advice=_advice(hit.kind, wait),
        blame=meaning.blame,
        after_s=seconds,
        limit=(said.limit or learned_limit(said.message)) if limited else None,
        parameter=parameter,
    )


def _unexplained(hit: _Hit, said: Said) -> str:
    """Marks a refusal by its status alone, which need not be the API's own."""
    return BARE if hit.kind is Kind.AUTH and hit.tier == _STATUS and said.is_bare else ""


def _known_categories(hits: Iterable[_Hit]) -> Iterator[Category]:
    categories = (MEANINGS[hit.kind].category for hit in hits)
    return (category for category in categories if category is not Category.UNKNOWN)


def _advice(kind: Kind, wait: Wait) -> Advice | None:
    meaning = MEANINGS[kind]
    waits = kind in (Kind.RATE_LIMIT, Kind.LOADING)
    return "switch_model" if waits and not wait.worth_it else meaning.advice


def _wait(hit: _Hit, said: Said, headers: Mapping[str, str]) -> Wait:
    wait = read_wait(headers, said.message, said.delays)
    if hit.kind is Kind.QUOTA and any("perday" in word for word in said.words):
        # Google sends a delay of seconds with it, after which the day is still not over.
        return Wait(until_midnight_pacific(answered_at(headers)), again=False)
    if hit.kind is Kind.QUOTA and _NOTHING.search(said.message):
        # It sends a delay as well with a limit that no wait lifts.
        return Wait(again=False)
    return wait


def _evidence(said: Said, status: int | None, body: str) -> str:
    words = " ".join(said.words[:4])
    number = "" if status is None else str(status)
    text = said.message or body.strip()
    head = " ".join(part for part in (number, words) if part)
    return f"{head}: {text}" if head and text else head or text


def _hits(provider: str, said: Said, status: int | None) -> Iterator[_Hit]:
    for errors in (*_tables(), GENERAL):
        own = errors.id == provider
        yield from _word_hits(errors, said, status, own=own)
        for rule in errors.rules:
            yield from _rule_hits(rule, said, status, own=own)
    if status is not None and (kind := _by_status(said, status)) is not None:
        yield _Hit(_STATUS, own=False, kind=kind)


def _by_status(said: Said, status: int) -> Kind | None:
    if status == _FORBIDDEN and said.is_page:
        # No model's server turns a key away with a page; something on the way to it does.
        return Kind.NO_REPLY
    if status in _REFUSED and said.parameter == "model":
        # The key is good, for it is the model that may not be asked.
        return Kind.MODEL_MISSING
    return status_kind(status)


def _word_hits(errors: Errors, said: Said, status: int | None, *, own: bool) -> Iterator[_Hit]:
    for word in said.words:
        kind = errors.words.get(word)
        if kind is not None:
            yield _Hit(_WORD, own, kind, word)
        broad = errors.broad.get(word) if status is None else None
        if broad is not None:
            yield _Hit(_BROAD, own, broad, word)


def _rule_hits(rule: Rule, said: Said, status: int | None, *, own: bool) -> Iterator[_Hit]:
    if not _may_come_with(rule, status):
        return
    word = ""
    if rule.word:
        pattern = compiled(rule.word)
        word = next((each for each in said.words if pattern.fullmatch(each)), "")
        if not word:
            return
    found = compiled(rule.message).match(said.message) if rule.message else None
    if rule.message and found is None:
        return
    parameter = _group(found, "parameter")
    yield _Hit(_REFINED if rule.word else _MESSAGE, own, rule.kind, word, parameter)


def _may_come_with(rule: Rule, status: int | None) -> bool:
    if rule.statuses:
        return (status or INSIDE) in rule.statuses
    if rule.kind not in _ABOUT_RATES or status is None:
        return True
    return status >= 500 or status in _RATE_STATUSES


def _group(found: re.Match[str] | None, name: str) -> str:
    return "" if found is None else found.groupdict().get(name) or ""


def _first(words: list[str]) -> str:
    return words[0] if words else ""


@cache
def _tables() -> tuple[Errors, ...]:
    from understudy.core.plugins import load_folder
    from understudy.failures import providers
    from understudy.failures.rules import Errors

    return tuple(load_folder(providers, "ERRORS", Errors).values())
