"""An edit in digests, by which it is found again.

Of an edit are kept the digests of its words and of the lines around it, and none of these themselves: so
it is found again after its file was closed, by another process, on another day. A digest hides no word
from somebody who has it and guesses the word, so digests are kept no longer than the edit is watched.
"""

from __future__ import annotations

import secrets
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from understudy.core.lines import LineIndex
from understudy.core.runs import changed_runs
from understudy.core.text import after_spans, apply, in_order
from understudy.engine.code_words import code_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from understudy.core.runs import Run
    from understudy.core.text import Edit, Span

    Digests = tuple[str, ...]

_AROUND = 6
"""So many lines on each side tell where an edit stands."""
_STRUCTURE = frozenset("()[]{},;:.")
_DIGEST_BYTES = 4
_SEED_BYTES = 16
_SPREAD = 200
"""Where an edit stands is not wider than it was by more lines than this."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole lines that an edit touches, in digests.

    Attributes:
        first: where it began in the edited text.
        drift: by how many lines the passages above this one moved it.
        before / after: its lines as they were without and with the edit.
        above / below: the lines around it, white space at their ends left aside, as `lines` are.
        lines: those of `after`.
        elsewhere: how often each of `lines` stood elsewhere in the edited text.
        old / new: the words without and with the edit.
        ends: the number of the line of each word of `new`, from 0.
        written / removed: the places in `new` and `old` of the words that the edit brought and took.
    """

    first: int
    drift: int
    before: Digests
    after: Digests
    above: Digests
    lines: Digests
    below: Digests
    elsewhere: tuple[int, ...]
    old: Digests
    new: Digests
    ends: tuple[int, ...]
    written: tuple[int, ...]
    removed: tuple[int, ...]

    @property
    def total(self) -> int:
        """How many words tell what is left of it."""
        return len(self.written) or len(self.removed)


@dataclass(frozen=True, slots=True)
class Trace:
    """An edit that was applied to one text, as far as it takes to find it again.

    Attributes:
        edits: ids of the edits in the journal; several when one edit mends several diagnostics.
        seed: the key of the digests, another one for each edit, so that edits can't be compared.
        comments: whether the edit wrote comments alone, so that their words count.
    """

    edits: tuple[str, ...]
    language: str
    seed: int
    comments: bool
    passages: tuple[Passage, ...]

    def digest(self, text: str) -> str:
        """Four bytes that stand for a text."""
        return _digest(text, self.seed)

    def exact(self, lines: Iterable[str]) -> Digests:
        """Digests of lines as they are."""
        return tuple(map(self.digest, lines))


def trace_of(
    edit_ids: tuple[str, ...], language: str, index: LineIndex, edits: Iterable[Edit]
) -> Trace:
    """The trace of `edits`, which are given in the coordinates of `index`."""
    ordered = in_order(edits)
    after = LineIndex(apply(index.text, ordered))
    places = [
        (_whole_lines(index, edit.span), _whole_lines(after, span))
        for edit, span in zip(ordered, after_spans(ordered), strict=True)
    ]
    seed = secrets.randbits(8 * _SEED_BYTES)
    wanted = {line.strip() for _, new in places for line in after.lines[new.start : new.stop]}
    stands = Counter(bare for line in after.lines if (bare := line.strip()) in wanted)
    writing = _Writing(language, seed, index.lines, after.lines, stands)
    passages = tuple(writing.passage(*place, comments=False) for place in places)
    comments = not any(one.written or one.removed for one in passages)
    if comments:
        passages = tuple(writing.passage(*place, comments=True) for place in places)
    return Trace(edit_ids, language, seed, comments, passages)


@dataclass(frozen=True, slots=True)
class _Writing:
    """Both texts of an edit, whose passages are traced."""

    language: str
    seed: int
    before: Sequence[str]
    after: Sequence[str]
    stands: Counter[str]

    def passage(self, was: range, now: range, *, comments: bool) -> Passage:
        before, after = self.before[was.start : was.stop], self.after[now.start : now.stop]
        old_words, old_ends = _read(before, self.language, comments=comments)
        new_words, ends = _read(after, self.language, comments=comments)
        runs = list(changed_runs(old_words, new_words))
        own = Counter(line.strip() for line in after)
        return Passage(
            first=now.start,
            drift=now.start - was.start,
            before=self._digests(before),
            after=self._digests(after),
            above=self._bare(self.after[max(now.start - _AROUND, 0) : now.start]),
            lines=self._bare(after),
            below=self._bare(self.after[now.stop : now.stop + _AROUND]),
            elsewhere=tuple(self.stands[line.strip()] - own[line.strip()] for line in after),
            old=self._digests(old_words),
            new=self._digests(new_words),
            ends=tuple(ends),
            written=_telling(
                new_words,
                (_slid(range(one.new_start, one.new_stop), new_words, ends) for one in runs),
            ),
            removed=_telling(
                old_words,
                (_slid(range(one.old_start, one.old_stop), old_words, old_ends) for one in runs),
            ),
        )

    def _digests(self, lines: Iterable[str]) -> Digests:
        return tuple(_digest(line, self.seed) for line in lines)

    def _bare(self, lines: Iterable[str]) -> Digests:
        return tuple(_digest(line.strip(), self.seed) for line in lines)


def places_in(trace: Trace, lines: Sequence[str]) -> list[range] | None:
    """Where an edit's passages stand in a text that was not watched, told by the lines around.

    None where nothing of one of them is found.
    """
    found = [trace.digest(line.strip()) for line in lines]
    places = [_place(one, found) for one in trace.passages]
    return [one for one in places if one is not None] if None not in places else None


def _place(passage: Passage, found: Sequence[str]) -> range | None:
    wanted = (*passage.above, *passage.lines, *passage.below)
    first = len(passage.above)
    stop = first + len(passage.lines)
    pairs = pairs_of(changed_runs(wanted, found), len(wanted), len(found))
    if not pairs:
        return None
    above = [pair for pair in pairs if pair[0] < first]
    below = [pair for pair in pairs if pair[0] >= stop]
    start = above[-1][1] + 1 if above else pairs[0][1] - (pairs[0][0] - first)
    end = below[0][1] if below else pairs[-1][1] + stop - pairs[-1][0]
    if not passage.above and start <= _SPREAD:
        # It was the beginning of the text, so whatever is above now is in its place.
        start = 0
    start = max(start, 0)
    return range(start, min(max(end, start), len(found), start + stop - first + 2 * _SPREAD))


def pairs_of(runs: Iterable[Run], olds: int, news: int) -> list[tuple[int, int]]:
    """The places of what is equal on both sides, given the runs that differ and both lengths."""
    pairs: list[tuple[int, int]] = []
    i = j = 0
    for run in (*runs, None):
        i_stop, j_stop = (olds, news) if run is None else (run.old_start, run.new_start)
        pairs += zip(range(i, i_stop), range(j, j_stop), strict=True)
        if run is not None:
            i, j = run.old_stop, run.new_stop
    return pairs


def words_of(
    lines: Sequence[str], language: str, seed: int, *, comments: bool
) -> tuple[list[str], list[int]]:
    """The digests of words, and the line of each."""
    words, ends = _read(lines, language, comments=comments)
    return [_digest(word, seed) for word in words], ends


def _read(lines: Sequence[str], language: str, *, comments: bool) -> tuple[list[str], list[int]]:
    read = code_words(lines, language, comments=comments)
    words = [word for line in read for word in line]
    return words, [number for number, line in enumerate(read) for _ in line]


def _slid(place: range, words: Sequence[str], ends: Sequence[int]) -> range:
    """The same words a little further up, where they begin a line.

    Of `import a` above `import b`, what is new may be `import a`, or `a import`.
    """
    start, stop = place.start, place.stop
    while place and start and ends[start] == ends[start - 1]:
        if words[start - 1] != words[stop - 1]:
            return place
        start, stop = start - 1, stop - 1
    return range(start, stop)


def _telling(words: Sequence[str], places: Iterable[range]) -> tuple[int, ...]:
    """The places of the words that say most: brackets do only where there is nothing else."""
    every = [at for place in places for at in place]
    return tuple(at for at in every if words[at] not in _STRUCTURE) or tuple(every)


def _whole_lines(index: LineIndex, span: Span) -> range:
    """The lines from a span's start to its end; the same number of them stands around each side."""
    return range(index.line_of(span.start), index.line_of(span.end) + 1)


def _digest(text: str, seed: int) -> str:
    # To copy a keyed hash takes half the time of making one.
    digest = _keyed(seed).copy()
    digest.update(text.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


@lru_cache(maxsize=64)
def _keyed(seed: int) -> blake2b:
    return blake2b(digest_size=_DIGEST_BYTES, key=seed.to_bytes(_SEED_BYTES, "big"))
