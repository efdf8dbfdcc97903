"""Whether two names stand for one model: at two providers, of two dates, in two quantisations.

What two askings of one model have in common says little, so that nobody may take them for two
opinions. In doubt two names are one model: that only means that a third one is asked.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from understudy.models.families import plain_name

_MAKER = re.compile(
    r"(?:[a-z]{2,6}\.)?(?:amazon|anthropic|cohere|deepseek|google|meta|mistral|qwen)\."
)
"""What a cloud puts in front of a model's name: a region and the maker."""
_RELEASE = re.compile(r"[-@]v\d+(?::\d+)?$")
_QUANTITY = re.compile(
    r"[-_:.@](?:i?q\d\w*|fp?\d+|bf16|int\d|awq|gptq|gguf|mlx|exl\d|\d+bit)(?=$|[-_:.@])"
)
_DATE = re.compile(
    r"(?<!\d)(?:20\d\d([-_.]?)[01]\d\1[0-3]\d|20\d\d[-_.]?[01]\d|[01]\d[-_.]?20\d\d"
    r"|[01]\d-[0-3]\d|\d{3,4})(?!\d|\.\d|x?\d*[bm](?![a-z]))"
)
"""A day, a month, or what a maker counts its releases with."""
_SIZE = re.compile(r"(?<![a-z0-9.])(?:\d+x)?\d+(?:\.\d+)?[bm](?![a-z0-9])")
_POINT = re.compile(r"(?<=\d)p(?=\d)")
"""As in `llama-v3p1`."""
_PART = re.compile(r"[a-z]+|\d+[a-z]*")
_SAYS_NOTHING = frozenset(
    {"v", "latest", "preview", "exp", "experimental", "stable", "instruct", "it", "chat", "hf"}
    | {"free", "nitro", "floor", "extended", "online", "versatile", "instant", "meta", "base"}
    | {"non", "reasoning", "reasoner", "thinking", "high", "low", "medium"}
)
"""Words for a state, a price or a way of asking; `medium` is a size only where nothing else is."""


class _Named(NamedTuple):
    words: frozenset[str]
    numbers: tuple[str, ...]
    size: str


def are_one(name: str, other: str) -> bool:
    """Whether two models' names at their providers may mean the same model.

    `gpt-4o` is `openai/gpt-4o-2024-08-06`, and `llama3.1:8b` is
    `meta-llama/llama-3.1-8b-instruct:free`. A number or a size that only one of them has says
    nothing; another one makes another model.
    """
    one, two = _named(name), _named(other)
    if one.words != two.words:
        return False
    return _agree(one.numbers, two.numbers) and _agree(one.size, two.size)


def _agree(one: tuple[str, ...] | str, two: tuple[str, ...] | str) -> bool:
    return not one or not two or one == two


def _named(name: str) -> _Named:
    text = _MAKER.sub("", plain_name(name), count=1)
    for gone in (_RELEASE, _QUANTITY, _DATE):
        text = gone.sub("", text)
    size = _SIZE.search(text)
    parts = _PART.findall(_POINT.sub(".", _SIZE.sub("", text)))
    numbers = [part for part in parts if part[0].isdigit()]
    while len(numbers) > 1 and numbers[-1] == "0":
        numbers.pop()
    words = frozenset(part for part in parts if not part[0].isdigit())
    return _Named((words - _SAYS_NOTHING) or words, tuple(numbers), size[0] if size else "")
