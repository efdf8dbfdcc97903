"""Settings that are one JSON object: what belongs where in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.editors.json_edit import (
    Path,
    add_item,
    at,
    remove_item,
    remove_member,
    set_member,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from understudy.editors import Server


@dataclass(frozen=True, slots=True)
class Listed:
    """A list that must hold a name of ours.

    Attributes:
        item: that name.
        rest: what else stands in the list when the user has none.
    """

    path: Path
    item: str
    rest: tuple[str, ...] = ()

    @property
    def whole(self) -> list[str]:
        """The list for a user who has none."""
        return [self.item, *self.rest]


@dataclass(frozen=True, slots=True)
class JsonMembers:
    """The form of such settings.

    Attributes:
        members: what stands where; it takes the place of what stood there.
        paths: those places, whatever the server.
        told: how the command is read from what stands at one of them; empty when it has none.
        listed: a list that must name it, for editors that have one.
    """

    members: Callable[[Server], Mapping[Path, object]]
    paths: tuple[Path, ...]
    told: Callable[[object], tuple[str, ...]]
    listed: Listed | None = None

    def snippet(self, server: Server) -> str:
        """The settings of somebody who has no others."""
        return self.put("", server)

    def put(self, text: str, server: Server) -> str:
        """The settings with ours among them."""
        for path, value in self.members(server).items():
            text = set_member(text, path, value)
        if self.listed is None:
            return text
        if at(text, self.listed.path) is None:
            return set_member(text, self.listed.path, self.listed.whole)
        return add_item(text, self.listed.path, self.listed.item)

    def remove(self, text: str) -> str:
        """The settings without ours; a list that holds only what we put there goes, too."""
        for path in self.paths:
            text = remove_member(text, path)
        if self.listed is not None:
            there = at(text, self.listed.path)
            if there is not None and there.value == self.listed.whole:
                return remove_member(text, self.listed.path)
            text = remove_item(text, self.listed.path, self.listed.item)
        return text

    def command(self, text: str) -> tuple[str, ...]:
        """The command at the first place that has one."""
        found = (at(text, path) for path in self.paths)
        told = (self.told(node.value) for node in found if node is not None)
        return next((command for command in told if command), ())


def words(value: object) -> tuple[str, ...]:
    """A list of strings; empty for everything else."""
    is_list = isinstance(value, list) and all(isinstance(one, str) for one in value)
    return tuple(value) if is_list and isinstance(value, list) else ()
