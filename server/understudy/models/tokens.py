"""How many tokens a text has for a model.

Three ways, the surest that there is: the model's own vocabulary, which the package `splintr-rs` holds
for many families (`pip install understudy[tokens]`); another vocabulary times the usual ratio of the
two; an estimate times that ratio. What providers say they have counted corrects all but the first.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Literal

from understudy.core.bounded_cache import bounded_cache
from understudy.models.families import plain_name
from understudy.models.token_estimate import estimated

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from understudy.caches.ratios import Ratio
    from understudy.models.model import Model

Quality = Literal["exact", "calibrated", "vocabulary", "estimate"]

ERRORS: Mapping[Quality, float] = {
    "exact": 0.01,
    "calibrated": 0.06,
    "vocabulary": 0.12,
    "estimate": 0.20,
}
"""The share of a window that is put aside, because counts of this quality may be too low."""

TURN = 4
"""Tokens that a turn of a conversation takes beside its text."""

_ENOUGH = 5
"""Calls after which a model counts as calibrated."""
_SIGMAS = 1.65
"""One count in twenty lies further above the mean."""
_SAME = 0.03
"""A provider that counts so much more or less than a vocabulary has another one."""
_KEPT_CHARS = 1_000_000
_VOCABULARY: Quality = "vocabulary"
_ESTIMATE: Quality = "estimate"
_UNKNOWN = 1.2
"""What a model that nobody knows is taken to need; most need less."""

_O200K = "o200k_base"
_VOCABULARIES: tuple[tuple[re.Pattern[str], str, float], ...] = tuple(
    (re.compile(names), vocabulary, ratio)
    for names, vocabulary, ratio in (
        (r"gpt-oss", "gpt_oss", 1.0),
        (r"(chat)?gpt-(4o|4\.1|4\.5|[5-9])|o[1-9](-|$)|codex", _O200K, 1.0),
        (r"gpt-(4|3\.5)", "cl100k_base", 1.0),
        (r"llama-?3|hermes-?3", "llama3", 1.0),
        (r"codellama", "codellama", 1.27),
        (r"deepseek-?(v3|r1|chat|reasoner)", "deepseek_v3", 1.06),
        (r"qwen-?2", "qwen2", 1.02),
        (r"qwen-?3(-|:|$)", "qwen3", 1.02),
        (r"phi-?4(-|:|$)", "phi4", 1.0),
        (r"gemma-?3", "gemma3", 1.1),
        (r"glm-?4", "glm4", 1.05),
        (r"kimi-?k2", "kimi_k2", 1.05),
        (r"mistral-nemo|ministral|pixtral", "mistral_v3", 1.07),
    )
)
"""The names of models, their vocabulary, and how many tokens of it stand for one of `o200k_base`:
over 500 files of code and text, counted with both."""
_RELATIVES: tuple[tuple[re.Pattern[str], float], ...] = tuple(
    (re.compile(names), ratio)
    for names, ratio in (
        (r"claude", 1.15),
        (r"gemini|gemma", 1.1),
        (r"deepseek", 1.07),
        (r"qwen|qwq", 1.05),
        (r"(mi|code|dev|magi)stral|mixtral", 1.1),
        (r"gpt|llama|phi", 1.02),
    )
)
"""Families whose vocabulary is not at hand, and the same ratio, rather too high."""


@dataclass(frozen=True, slots=True)
class TokenCounter:
    """Counts tokens for one model. The last texts are remembered with their counts.

    Attributes:
        raw: counts before the correction; what a calibration is made with.
        ratio: by which such a count is multiplied.
        bound: the ratio that is exceeded in one call of twenty at most.
        quality: where the counts come from.
    """

    raw: Callable[[str], int]
    ratio: float
    bound: float
    quality: Quality

    @property
    def error(self) -> float:
        """The share of a window to put aside."""
        return ERRORS[self.quality]

    def count(self, text: str) -> int:
        """How many tokens a text most likely has."""
        return math.ceil(self.raw(text) * self.ratio)

    def most(self, text: str) -> int:
        """How many it hardly has more than; what prompts are fitted with."""
        return math.ceil(self.raw(text) * self.bound)

    def ceiling(self, text: str) -> int:
        """The same where no share is put aside for errors: what context is packed with.

        An estimate may be too low for all of a budget, until calls have told how a provider counts.
        """
        margin = ERRORS[_ESTIMATE] if self.quality == _ESTIMATE else 0.0
        return math.ceil(self.raw(text) * self.bound * (1 + margin))


def counter_for(model: Model, ratio: Ratio | None = None) -> TokenCounter:
    """The surest counter for a model. May load a vocabulary, which takes up to 150 ms.

    Args:
        model: whose tokens are counted.
        ratio: what its provider counted, for one token of `raw`; None while it never did.
    """
    vocabulary, start = _known(plain_name(model.name))
    own = encoder(vocabulary) if vocabulary else None
    if own is not None:
        if ratio is None or ratio.calls < _ENOUGH or abs(ratio.mean - 1) < _SAME:
            return TokenCounter(own, 1.0, 1.0, "exact")
        return _corrected(own, _VOCABULARY, ratio)
    # Until the model's own vocabulary is there, no other one is loaded for the time being.
    other = None if vocabulary and waiting.waits(vocabulary) else encoder(_O200K)
    raw, quality = (other, _VOCABULARY) if other is not None else (_estimated, _ESTIMATE)
    if ratio is None:
        return TokenCounter(raw, start, start, quality)
    found = _corrected(raw, quality, ratio)
    return found if ratio.calls >= _ENOUGH else replace(found, bound=max(found.bound, start))


def usual_counter() -> TokenCounter:
    """A counter for a model that nobody named: the same on every machine with the same packages."""
    usual = encoder(_O200K)
    if usual is not None:
        return TokenCounter(usual, 1.0, 1.0, _VOCABULARY)
    return TokenCounter(_estimated, 1.0, _UNKNOWN, _ESTIMATE)


def _corrected(raw: Callable[[str], int], quality: Quality, ratio: Ratio) -> TokenCounter:
    bound = ratio.mean + _SIGMAS * ratio.deviation
    return TokenCounter(raw, ratio.mean, bound, "calibrated" if ratio.calls >= _ENOUGH else quality)


def _known(name: str) -> tuple[str, float]:
    """The vocabulary of a model, empty where none is known, and its ratio to `o200k_base`."""
    for pattern, vocabulary, ratio in _VOCABULARIES:
        if pattern.match(name):
            return vocabulary, ratio
    return "", next((ratio for names, ratio in _RELATIVES if names.search(name)), _UNKNOWN)


class Waiting:
    """The vocabularies that are loaded only when nobody minds: that holds the interpreter's lock.

    Where nobody has them wait they are loaded when they are first needed. Any thread may ask.
    """

    def __init__(self) -> None:
        self._tell: Callable[[], object] | None = None
        self._wanted: dict[str, None] = {}
        self._loaded: set[str] = set()

    def begin(self, tell: Callable[[], object]) -> None:
        """Have all that is not loaded yet wait for `load`; `tell` is called when some is wanted."""
        self._tell = tell

    def end(self) -> None:
        """Load what is needed at once again."""
        self._tell = None
        self._wanted.clear()

    def load(self) -> None:
        """Load what is wanted; each takes up to 150 ms, in which no thread runs."""
        for vocabulary in list(self._wanted):
            _loaded(vocabulary)
            self._loaded.add(vocabulary)
            self._wanted.pop(vocabulary, None)

    def waits(self, vocabulary: str) -> bool:
        """Whether a vocabulary is to be done without for now. It is wanted from then on."""
        if self._tell is None or vocabulary in self._loaded:
            return False
        if vocabulary not in self._wanted:
            self._wanted[vocabulary] = None
            self._tell()
        return True


waiting = Waiting()


def encoder(vocabulary: str) -> Callable[[str], int] | None:
    """Counts with a vocabulary; None where it, or the package, is not there or has to wait."""
    return None if waiting.waits(vocabulary) else _loaded(vocabulary)


@lru_cache(maxsize=8)
def _loaded(vocabulary: str) -> Callable[[str], int] | None:
    try:
        # By its name: whether it is there is up to the user, and so are its types.
        tokenizer = import_module("splintr").Tokenizer.from_pretrained(vocabulary)
    except (ImportError, AttributeError, ValueError, RuntimeError):
        return None

    @bounded_cache(_KEPT_CHARS, lambda _found, text: len(text))
    def count(text: str) -> int:
        # Names of special tokens in a text are text like any other.
        return len(tokenizer.encode_ordinary(text))

    return count


@bounded_cache(_KEPT_CHARS, lambda _found, text: len(text))
def _estimated(text: str) -> int:
    return estimated(text)
