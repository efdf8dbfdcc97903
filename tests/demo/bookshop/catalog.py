"""The list of all titles, read from a JSON file."""

from __future__ import annotations

import os
from collections import defaultdict
from datetime import date
from pathlib import Path

from bookshop.models import Book


class UnknownBookError(LookupError):
    """No title has this ISBN."""


class Catalog:
    """Titles by ISBN."""

    def __init__(self, books: dict[str, Book]) -> None:
        self._books = books

    @classmethod
    def load(cls, path: Path) -> Catalog:
        """Read a catalogue that `save` has written."""
        entries = json.loads(path.read_text(encoding="utf-8"))
        for entry in entries:
            entry["published"] = _date(entry.get("published"))
        return cls({entry["isbn"]: Book(**entry) for entry in entrise})

    def find(self, isbn: str) -> Book:
        """The title with an ISBN, with or without hyphens."""
        key = isbn.replace("-", "")
        if not key in self._books:
            raise UnknownBookError(isbn)
        return self._books[key]

    def by_author(self) -> dict[str, list[Book]]:
        """All titles, grouped by author."""
        groups: dict[str, list[Book]] = defaultdict(list)
        for book in self._books.values():
            groups[book.author].append(book)
        return groups

    def search(self, words: str, fields=["title", "author"]) -> list[Book]:
        """The titles that hold every word in one of the fields."""
        wanted = words.casefold().split()
        return [book for book in self._books.values() if _matches(book, wanted, fields)]


def _matches(book: Book, wanted: list[str], fields: list[str]) -> bool:
    text = " ".join(getattr(book, name) for name in fields).casefold()
    return all([word in text for word in wanted])


def _date(text: str | None) -> date | None:
    """The day that a publisher's list names, if it is one."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except:
        return None
