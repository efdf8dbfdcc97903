"""The texts and facts of one gathering, each asked for once."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from functools import cache
from typing import TYPE_CHECKING, Any

from understudy.core.lines import LineIndex
from understudy.gathering.enclosing import Enclosing
from understudy.gathering.layouts import layout_of
from understudy.gathering.outline import Outline
from understudy.gathering.projects import Here
from understudy.gathering.resolvers import resolver_of
from understudy.gathering.syntaxes import syntax_of
from understudy.index.extraction import digest_of
from understudy.index.recent import Recent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from understudy.gathering.resolvers import Resolver
    from understudy.gathering.syntaxes import Syntax
    from understudy.index.facts import Facts, Index

_MOST_CHARS = 150_000
"""Longer texts are cut into lines each time."""

_outlines: Recent[Outline] = Recent(512)
_kept: Recent[LineIndex] = Recent(200)
_enclosing: Recent[Enclosing] = Recent(200)


class Sources:
    """What one gathering has read. Not for several threads at once.

    Attributes:
        index: where everything comes from but the target.
        target: the path of the file that is worked on.
        unread: files whose text is no longer that which the index knows.
    """

    def __init__(self, index: Index, root: Path | None, target: Facts, lines: LineIndex) -> None:
        self.index = index
        self.target = target.path
        self.unread: list[str] = []
        self._root = root
        self._facts: dict[str, Facts | None] = {target.path: target}
        self._lines: dict[str, LineIndex | None] = {target.path: lines}
        self._outlines: dict[str, Outline] = {}
        self._layouts: dict[str, Any] = {}
        self._files: dict[tuple[str, str], tuple[str, ...]] = {}
        self._inner: dict[tuple[str, str, str], tuple[str, ...]] = {}
        self._beside: dict[str, tuple[str, ...]] = {}
        self._probed = _Probed(index)

    @property
    def root(self) -> Path | None:
        """The workspace folder."""
        return self._root

    @property
    def missed(self) -> tuple[tuple[str, ...], ...]:
        """By import, the files that it may mean and that the index does not have."""
        return tuple(tuple(paths) for paths in self._probed.missed if paths)

    @property
    def searched(self) -> tuple[str, ...]:
        """The files that imports mean, in which names were looked for."""
        found = dict.fromkeys(path for paths in self._files.values() for path in paths)
        return tuple(path for path in found if path in self._facts)

    def facts(self, path: str) -> Facts | None:
        """What a file holds."""
        if path not in self._facts:
            self._facts[path] = self.index.facts(path)
        return self._facts[path]

    def lines(self, path: str) -> LineIndex | None:
        """The text of a file, cut into lines."""
        if path not in self._lines:
            self._lines[path] = self._read(path)
        return self._lines[path]

    def enclosing(self, path: str) -> Enclosing | None:
        """The headers in a text that is kept; None for any other."""
        facts = self.facts(path)
        key = f"{facts.digest} {path}" if facts is not None else ""
        lines = _kept.get(key)
        if facts is None or lines is None or lines is not self.lines(path):
            return None
        found = _enclosing.get(key)
        if found is None:
            found = Enclosing(lines, facts.language)
            _enclosing.put(key, found)
        return found

    def outline(self, path: str) -> Outline:
        """The definitions of a file, by name and by what holds them."""
        if path not in self._outlines:
            facts, resolver = self.facts(path), self.resolver(path)
            key = f"{facts.digest} {path}" if facts is not None else ""
            known = _outlines.get(key)
            if known is None:
                known = Outline(facts, opens=resolver is not None and resolver.opens)
                _outlines.put(key, known)
            self._outlines[path] = known.own()
        return self._outlines[path]

    def files(self, path: str, module: str) -> tuple[str, ...]:
        """The files that an import of a file means."""
        key = path, module
        if key not in self._files:
            resolver = self.resolver(path)
            self._probed.begin()
            found = resolver.files(self._here(path, resolver), module) if resolver else ()
            self._files[key] = tuple(dict.fromkeys(found))
        return self._files[key]

    def own_names(self, path: str, name: str) -> Iterator[str]:
        """The modules that a file imports without naming them, and that call themselves so."""
        resolver, facts = self.resolver(path), self.facts(path)
        if resolver is None or facts is None or not resolver.by_own_name:
            return
        called = set(self._probed.of_module(name))
        for one in facts.imports if called else ():
            if not (one.names or one.alias or called.isdisjoint(self.files(path, one.module))):
                yield one.module

    def inner(self, path: str, module: str, name: str) -> tuple[str, ...]:
        """The files that a name of an imported module is by itself."""
        key = path, module, name
        if key not in self._inner:
            resolver = self.resolver(path)
            found = resolver.inner(self._here(path, resolver), module, name) if resolver else ()
            self._inner[key] = tuple(dict.fromkeys(found))
        return self._inner[key]

    def beside(self, path: str) -> tuple[str, ...]:
        """The files whose names a file can use without importing them."""
        if path not in self._beside:
            resolver = self.resolver(path)
            found = resolver.beside(self._here(path, resolver)) if resolver else ()
            self._beside[path] = tuple(dict.fromkeys(found))
        return self._beside[path]

    def named(self, path: str, name: str) -> tuple[str, ...] | None:
        """The files of a module that a file can name without importing it; None for no module."""
        resolver = self.resolver(path)
        found = resolver.named(self._here(path, resolver), name) if resolver else None
        return tuple(dict.fromkeys(found)) if found is not None else None

    def resolver(self, path: str) -> Resolver[Any] | None:
        """What resolves the imports of a file."""
        facts = self.facts(path)
        return resolver_of(facts.language) if facts is not None else None

    def syntax(self, path: str) -> Syntax | None:
        """How the language of a file uses names."""
        facts = self.facts(path)
        return syntax_of(facts.language) if facts is not None else None

    def exported(self, path: str) -> str:
        """The name of what a file exports as its default; empty where that has none."""
        syntax = self.syntax(path)
        return self._search(path, syntax.exported) if syntax is not None else ""

    def is_one_thing(self, path: str) -> bool:
        """Whether who imports a file as a whole gets what it exports, and no module."""
        syntax = self.syntax(path)
        return bool(syntax is not None and self._search(path, syntax.exported_whole))

    def _search(self, path: str, pattern: str) -> str:
        """The group that an expression finds in a file's text; empty without one."""
        lines = self.lines(path) if pattern else None
        found = re.search(pattern, lines.text, re.MULTILINE) if lines is not None else None
        return found[found.lastindex or 0] if found else ""

    def _read(self, path: str) -> LineIndex | None:
        """The lines of a file; those of the last files are kept by their digest.

        None for a file that changed after its facts were read: its lines are not where they say.
        """
        facts = self.facts(path)
        key = f"{facts.digest} {path}" if facts is not None and facts.digest else ""
        known = _kept.get(key) if key else None
        if known is None:
            text = self.index.text(path)
            if text is None or (facts is not None and key and not self._is_of(facts, text)):
                if facts is not None:
                    self.unread.append(path)
                return None
            known = LineIndex(text)
            if key and len(text) <= _MOST_CHARS:
                _kept.put(key, known)
        return known

    def _is_of(self, facts: Facts, text: str) -> bool:
        """Whether facts are those of a text."""
        data = text.encode("utf-8", "surrogatepass")
        known = {digest_of(data), digest_of(BOM_UTF8 + data)}
        # The digest is of the file's bytes, which those of a text in another encoding are not.
        return facts.digest in known or facts.digest == self.index.digest(facts.path)

    def _here(self, path: str, resolver: Resolver[Any]) -> Here[Any]:
        if resolver.id not in self._layouts:
            self._layouts[resolver.id] = layout_of(resolver, self.index, self._root)
        facts = self.facts(path)
        module = facts.module if facts is not None else ""
        return Here(self._probed, path, module, self._layouts[resolver.id])


class _Probed:
    """Answers as the index does, each question once; remembers which files it does not have."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._has: dict[str, bool] = {}
        self.missed: list[list[str]] = [[]]
        self.ending = cache(index.ending)
        self.in_folder = cache(index.in_folder)
        self.of_module = cache(index.of_module)
        self.named = cache(index.named)
        self.facts = index.facts

    def begin(self) -> None:
        """What is asked from now on is about another import."""
        self.missed.append([])

    def has(self, path: str) -> bool:
        """Whether there is such a source file."""
        if path not in self._has:
            self._has[path] = self._index.has(path)
            if not self._has[path]:
                self.missed[-1].append(path)
        return self._has[path]
