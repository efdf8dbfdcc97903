"""How much of an edit is left in a text, whatever a formatter made of it since."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.runs import changed_runs
from understudy.engine.edit_trace import pairs_of, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.core.runs import Run
    from understudy.engine.edit_trace import Passage, Trace

KEPT_SHARE = 0.9
"""From this share on an edit was kept; below it, it was changed."""


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of an edit.

    Attributes:
        share: of the words that it wrote, or removed if it only did that, 0 to 1.
        back: whether the text reads as if the edit had never been.
    """

    share: float
    back: bool

    @property
    def is_kept(self) -> bool:
        """Whether it is left as it was, as good as."""
        return self.share >= KEPT_SHARE


def left_of(trace: Trace, places: Sequence[range], lines: Sequence[str]) -> Left:
    """What is left of an edit in a text.

    Args:
        trace: the edit.
        places: where its passages stand, one for each.
        lines: of the whole text.
    """
    looks = [
        _Look(trace, one, lines[place.start : place.stop])
        for one, place in zip(trace.passages, places, strict=True)
    ]
    if not any(one.written or one.removed for one in trace.passages):
        # Only white space was changed, of which a formatter makes what it likes.
        return Left(1.0, back=False)
    good = sum(look.good for look in looks)
    total = sum(look.passage.total for look in looks)
    moved = sum(_moved(trace, look, lines) for look in looks) if good < total else 0
    there = sum(look.there for look in looks)
    added = sum(look.added for look in looks)
    extended = there / (there + added) if there else 1.0
    back = not moved and all(look.now == look.passage.old for look in looks)
    return Left(0.0 if back else min((good + moved) / total, 1.0) * extended, back)


class _Look:
    """One passage, and the lines that stand in its place.

    Attributes:
        now: the words that stand there.
        lost: the places of the words of the edited text that do not.
        good: how many words are as the edit wanted them: written and there, or removed and gone.
        there / added: of the lines that hold written words, how many words were there before, and
            how many were put between them. What takes another word's place is lost already, and a
            line of its own extends the code around.
    """

    def __init__(self, trace: Trace, passage: Passage, lines: Sequence[str]) -> None:
        found, ends = words_of(lines, trace.language, trace.seed, comments=trace.comments)
        self.passage = passage
        self.now = tuple(found)
        runs = list(changed_runs(passage.new, found))
        pairs = pairs_of(runs, len(passage.new), len(found))
        self.lost = {at for run in runs for at in range(run.old_start, run.old_stop)}
        self.good = self._good(runs)
        written = frozenset(passage.written)
        own = {ends[now] for at, now in pairs if at in written}
        self.there = sum(ends[now] in own for _, now in pairs)
        pure = (run for run in runs if run.old_start == run.old_stop)
        self.added = sum(
            ends[now] in own for run in pure for now in range(run.new_start, run.new_stop)
        )

    def _good(self, runs: Sequence[Run]) -> int:
        passage = self.passage
        if passage.written:
            return sum(at not in self.lost for at in passage.written)
        fresh = Counter(self.now[at] for run in runs for at in range(run.new_start, run.new_stop))
        back = Counter(passage.old[at] for at in passage.removed) & fresh
        return len(passage.removed) - back.total()


def _moved(trace: Trace, look: _Look, lines: Sequence[str]) -> int:
    """How many written words stand elsewhere now, in whole lines: imports are often sorted."""
    passage = look.passage
    lost = [at for at in passage.written if at in look.lost]
    gone = {passage.ends[at] for at in lost}
    wanted = {passage.lines[number] for number in gone}
    stands = Counter(one for line in lines if (one := trace.digest(line.strip())) in wanted)
    stay = Counter(one for number, one in enumerate(passage.lines) if number not in gone)
    moved = set()
    for number in gone:
        line = passage.lines[number]
        if stands[line] > passage.elsewhere[number] + stay[line]:
            moved.add(number)
    return sum(passage.ends[at] in moved for at in lost)
