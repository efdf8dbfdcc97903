"""A workspace as its user sees it: open documents win over the disk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.index.extraction import digest_of, facts_of, is_indexed
from understudy.index.facts import Facts, Place
from understudy.index.files import source_language
from understudy.index.moving import moved
from understudy.index.on_disk import MAX_PARSED_HERE
from understudy.index.recent import Recent
from understudy.languages import told_by_text
from understudy.workspace.source_files import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from understudy.index.on_disk import OnDisk
    from understudy.workspace.view import OpenDocument

_KEPT = 128


@dataclass(frozen=True, slots=True)
class Extract:
    """What was found in a text."""

    language: str
    text: str
    facts: Facts


class Extracts:
    """The facts of the latest text of each open document that was read."""

    def __init__(self) -> None:
        self._recent: Recent[Extract] = Recent(_KEPT)
        self._moved: Recent[Extract] = Recent(_KEPT)

    def find(self, path: str, language: str, text: str) -> Facts | None:
        """What was found in exactly this text."""
        known = self._recent.get(path)
        same = known is not None and known.language == language and known.text == text
        return known.facts if known is not None and same else None

    def put(self, path: str, language: str, text: str, facts: Facts) -> None:
        """Keep what was found in a text."""
        self._recent.put(path, Extract(language, text, facts))
        self._moved.drop(path)

    def last(self, path: str, language: str) -> Extract | None:
        """What was found in the latest text that was read."""
        known = self._recent.get(path)
        return known if known is not None and known.language == language else None

    def moved(self, path: str, known: Extract, text: str) -> Facts:
        """What was found in an earlier text, at its places in this one."""
        before = self._moved.get(path)
        if before is not None and before.language == known.language and before.text == text:
            return before.facts
        digest = f"{digest_of(text.encode('utf-8', 'surrogatepass'))} {known.facts.digest}"
        found = moved(known.facts, known.text, text, digest)
        self._moved.put(path, Extract(known.language, text, found))
        return found


class Opened:
    """Implements `Index` for one moment: the documents are frozen, the disk is asked as it is."""

    def __init__(
        self, disk: OnDisk, documents: Mapping[str, OpenDocument], extracts: Extracts
    ) -> None:
        self._disk = disk
        self._extracts = extracts
        self._documents = {path: one for path, one in documents.items() if disk.admits(path)}
        self._others = {path: one for path, one in documents.items() if not source_language(path)}

    @property
    def ready(self) -> bool:
        """Whether every file was read, long ones as they are now."""
        if not self._disk.ready or self._disk.is_behind():
            return False
        return not any(one.is_of_earlier for one in self._open_facts())

    def named(self, name: str, limit: int = 50) -> Sequence[Place]:
        """The definitions of a name, by path."""
        saved = self._disk.named(name, limit + len(self._documents))
        found = [place for place in saved if place.path not in self._documents]
        for facts in self._open_facts():
            for number, one in enumerate(facts.definitions):
                if one.name == name:
                    found.append(Place(facts.path, number, one))
        return sorted(found, key=lambda place: (place.path, place.number))[:limit]

    def facts(self, path: str) -> Facts | None:
        """What a file holds."""
        document = self._documents.get(path)
        return self._disk.facts(path) if document is None else self._facts(path, document)

    def has(self, path: str) -> bool:
        """Whether there is such a source file, saved or not."""
        return path in self._documents or self._disk.has(path)

    def ending(self, tail: str) -> Sequence[str]:
        """The files whose paths end so, at a border of folders."""
        more = (path for path in self._documents if f"/{path}".endswith(f"/{tail}"))
        return sorted({*self._disk.ending(tail), *more})

    def in_folder(self, folder: str) -> Sequence[str]:
        """The source files directly in a folder."""
        more = (path for path in self._documents if path.rpartition("/")[0] == folder)
        return sorted({*self._disk.in_folder(folder), *more})

    def of_module(self, module: str) -> Sequence[str]:
        """The files that call themselves so."""
        saved = (path for path in self._disk.of_module(module) if path not in self._documents)
        more = (one.path for one in self._open_facts() if module and one.module == module)
        return sorted({*saved, *more})

    def using(self, name: str, limit: int = 50) -> Sequence[str]:
        """The files in which a name occurs that they do not define."""
        saved = self._disk.using(name, limit + len(self._documents))
        more = (one.path for one in self._open_facts() if name in one.uses)
        return sorted({*(path for path in saved if path not in self._documents), *more})[:limit]

    def text(self, path: str) -> str | None:
        """The text of a file as it is now."""
        document = self._document(path)
        return self._disk.text(path) if document is None else document.text

    def digest(self, path: str) -> str:
        """The digest of a file's bytes, or of an open document's text."""
        document = self._documents.get(path)
        if document is None:
            return self._disk.digest(path)
        return self._facts(path, document).digest

    def version(self, path: str) -> int | None:
        """The version of the open document."""
        document = self._document(path)
        return None if document is None else document.version

    def settings_files(self, names: Iterable[str]) -> Sequence[str]:
        """The files with one of these names."""
        return self._disk.settings_files(names)

    def _document(self, path: str) -> OpenDocument | None:
        if path in self._documents:
            return self._documents[path]
        # A settings file is read as it is in the editor, if it may be read at all.
        document = self._others.get(path)
        return document if document is not None and self._disk.text(path) is not None else None

    def _open_facts(self) -> list[Facts]:
        return [self._facts(path, one) for path, one in self._documents.items()]

    def _facts(self, path: str, document: OpenDocument) -> Facts:
        """What an open document holds; of a long one that is not read yet, what it held before."""
        language, text = language_in(path, document), document.text
        if len(text) > MAX_BYTES:
            return Facts(path, language, "")
        found = self._extracts.find(path, language, text) or self._saved(path, language, text)
        if found is None and len(text) > MAX_PARSED_HERE:
            known = self._extracts.last(path, language) or self._on_disk(path, language)
            return self._extracts.moved(path, known, text)
        if found is None:
            found = facts_of(path, language, text, keep=True)
        self._extracts.put(path, language, text, found)
        return found

    def _on_disk(self, path: str, language: str) -> Extract:
        """What is saved of a document; an empty text where that is not known either."""
        facts, text = self._disk.facts(path), self._disk.text(path)
        is_known = facts is not None and facts.digest == self._disk.digest(path)
        if facts is None or text is None or facts.language != language or not is_known:
            return Extract(language, "", Facts(path, language, ""))
        return Extract(language, text, facts)

    def _saved(self, path: str, language: str, text: str) -> Facts | None:
        """What is stored of the file, if it was saved as it is in the editor."""
        stored = self._disk.shelf.stored(path)
        if stored is None or stored.facts.language != language:
            return None
        same = stored.facts.digest == digest_of(text.encode("utf-8", "surrogatepass"))
        return stored.facts if same else None


def language_in(path: str, document: OpenDocument) -> str:
    """The language of an open document: the editor knows it better than the file's name."""
    is_known = is_indexed(document.language)
    found = document.language if is_known else source_language(path) or document.language
    return told_by_text(path, found, document.text)
