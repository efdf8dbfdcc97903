"""An index of some texts, all in memory and read at once."""

from __future__ import annotations

from collections import defaultdict
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from understudy.index.extraction import facts_of, is_indexed
from understudy.index.facts import Facts, Place
from understudy.languages import language_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class SmallIndex:
    """Answers as `Index` says. What is open counts, then what is on the disk."""

    def __init__(
        self,
        disk: Mapping[str, str],
        opened: Mapping[str, str] | None = None,
        *,
        ready: bool = True,
    ) -> None:
        self.ready = ready
        self._opened = dict(opened or {})
        self._texts = {**disk, **self._opened}
        self._facts: dict[str, Facts] = {}
        self._named: dict[str, list[Place]] = defaultdict(list)
        self._using: dict[str, list[str]] = defaultdict(list)
        self._tails: dict[str, list[str]] = defaultdict(list)
        self._folders: dict[str, list[str]] = defaultdict(list)
        self._modules: dict[str, list[str]] = defaultdict(list)
        for path in sorted(self._texts):
            language = language_of(PurePosixPath(path))
            if language is not None and is_indexed(language):
                self._add(facts_of(path, language, self._texts[path]))

    def take(self, facts: Facts, text: str) -> None:
        """Take in a file whose facts nothing extracts."""
        self._texts[facts.path] = text
        self._add(facts)

    def _add(self, facts: Facts) -> None:
        path = facts.path
        self._facts[path] = facts
        for number, one in enumerate(facts.definitions):
            self._named[one.name].append(Place(path, number, one))
        for name in facts.uses:
            self._using[name].append(path)
        parts = path.split("/")
        for start in range(len(parts)):
            self._tails["/".join(parts[start:])].append(path)
        self._folders["/".join(parts[:-1])].append(path)
        if facts.module:
            self._modules[facts.module].append(path)

    def named(self, name: str, limit: int = 50) -> Sequence[Place]:
        return self._named.get(name, [])[:limit]

    def facts(self, path: str) -> Facts | None:
        return self._facts.get(path)

    def has(self, path: str) -> bool:
        return path in self._facts

    def ending(self, tail: str) -> Sequence[str]:
        return self._tails.get(tail, [])

    def in_folder(self, folder: str) -> Sequence[str]:
        return self._folders.get(folder, [])

    def of_module(self, module: str) -> Sequence[str]:
        return self._modules.get(module, [])

    def using(self, name: str, limit: int = 50) -> Sequence[str]:
        return self._using.get(name, [])[:limit]

    def text(self, path: str) -> str | None:
        return self._texts.get(path)

    def digest(self, path: str) -> str:
        return self._facts[path].digest if path in self._facts else ""

    def version(self, path: str) -> int | None:
        return 7 if path in self._opened else None

    def settings_files(self, names: Iterable[str]) -> Sequence[str]:
        wanted = set(names)
        globs = [name for name in wanted if "*" in name]
        last = {path: path.rpartition("/")[2] for path in sorted(self._texts)}
        return [
            path
            for path, name in last.items()
            if name in wanted or any(fnmatchcase(name, glob) for glob in globs)
        ]
