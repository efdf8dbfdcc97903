"""Two versions of what a piece of code does, beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

    from understudy.context.done_here import Here
    from understudy.context.effects import Effect


@dataclass(frozen=True)
class Compared:
    """What a function did, and what it does now with all that it calls for that."""

    before: Here
    after: Here

    @cached_property
    def texts(self) -> tuple[frozenset[str], frozenset[str]]:
        """The texts of what was done, and of what is."""
        first, second = (
            frozenset(one.text for one in own.effects) for own in (self.before, self.after)
        )
        return first, second

    @cached_property
    def come(self) -> tuple[Effect, ...]:
        """What is done that was not."""
        return tuple(one for one in self.after.effects if one.text not in self.texts[0])

    @cached_property
    def calls(self) -> Mapping[str, frozenset[str]]:
        """The texts of new calls, by the last part of what they call."""
        known = self.before.names
        every = {
            name: texts - known.get(name, frozenset()) for name, texts in self.after.names.items()
        }
        return {name: texts for name, texts in every.items() if texts}

    @cached_property
    def stored(self) -> frozenset[str]:
        """What gets a value by a statement that was not there."""
        known = self.before.stored
        return frozenset(
            one for one, texts in self.after.stored.items() if texts - known.get(one, frozenset())
        )

    @cached_property
    def mentions(self) -> tuple[str, frozenset[str], frozenset[str]]:
        """The new calls as one text, what stands before their names, and the words in them."""
        texts = [text for every in self.calls.values() for text in every]
        told = [self.after.calls[text] for text in texts]
        words: frozenset[str] = frozenset().union(*(words for _, words in told))
        return "\n".join(texts), frozenset(of for of, _ in told), words

    @cached_property
    def targets(self) -> Mapping[str, list[str]]:
        """What got a value before, by the texts of the statements."""
        found: dict[str, list[str]] = {}
        for target, texts in self.before.stored.items():
            for text in texts:
                found.setdefault(text, []).append(target)
        return found

    def comes(self, name: str) -> bool:
        """Whether something of this name is called that was not."""
        return name in self.calls

    def calls_of(self, names: re.Pattern[str]) -> list[tuple[str, str, frozenset[str]]]:
        """The new calls of some names: text, what stands before the name, and words."""
        return [
            (text, *self.after.calls[text])
            for name, texts in self.calls.items()
            if names.fullmatch(name)
            for text in texts
        ]
