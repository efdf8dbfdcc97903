"""The lines of a file that a quote resembles most: what a model is shown when the quote is wrong."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_COMMON = 20
"""A line that stands in a file more often than this says nothing about a place."""
_WINDOWS = 8
_COMPARED = 4000
"""Characters of a quote that are compared: the cost grows with the square of them."""
_LEAST = 60.0
_SEEDS = 3
_LINE = 200
_SEARCHED = 2_000_000


class Likeness(NamedTuple):
    """Lines of a file and how much they resemble a quote, from 0 to 100."""

    lines: range
    score: float


def nearest_lines(file: Sequence[str], wanted: Sequence[str]) -> range | None:
    """The lines that resemble the wanted ones most; None when none resembles them much."""
    best = most_similar(file, wanted)
    return best[0].lines if best else None


def most_similar(file: Sequence[str], wanted: Sequence[str]) -> list[Likeness]:
    """The places that resemble the wanted lines, best first; bounded in what it looks at."""
    from rapidfuzz import fuzz

    here = [number for number, line in enumerate(file) if line.strip()]
    keys = [file[number].strip() for number in here]
    sought = [line.strip() for line in wanted if line.strip()]
    text = "\n".join(sought)[:_COMPARED]
    found = []
    for at in _starts(keys, sought):
        window = keys[at : at + len(sought)]
        score = fuzz.ratio(text, "\n".join(window)[:_COMPARED], score_cutoff=_LEAST)
        if score:
            found.append(Likeness(range(here[at], here[at + len(window) - 1] + 1), score))
    return sorted(found, key=lambda each: (-each.score, each.lines.start))


def _starts(keys: Sequence[str], sought: Sequence[str]) -> list[int]:
    """Where the lines may begin, as most of the lines that both sides have say."""
    if not keys or not sought:
        return []
    places: dict[str, list[int]] = {line: [] for line in sought}
    for number, key in enumerate(keys):
        if key in places and len(places[key]) <= _COMMON:
            places[key].append(number)
    votes: Counter[int] = Counter()
    for offset, line in enumerate(sought):
        if len(places[line]) <= _COMMON:
            votes.update(number - offset for number in places[line])
    if not votes:
        votes.update(_seeded(keys, sought))
    return [max(at, 0) for at, _ in votes.most_common(_WINDOWS) if at < len(keys)]


def _seeded(keys: Sequence[str], sought: Sequence[str]) -> list[int]:
    """Where the lines may begin when none of them is in the file as it stands."""
    from rapidfuzz import fuzz, process

    lines = [key[:_LINE] for key in keys]
    longest = sorted(enumerate(sought), key=lambda each: -len(each[1]))[:_SEEDS]
    starts = []
    for offset, line in longest:
        if len(line) * len(lines) > _SEARCHED:
            break
        found = process.extract(
            line[:_LINE], lines, scorer=fuzz.ratio, score_cutoff=_LEAST, limit=_SEEDS
        )
        starts += [number - offset for _, _, number in found]
    return starts
