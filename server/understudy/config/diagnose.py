"""What is wrong with a configuration document that someone is writing, and what a key in it means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.config import options, schema
from understudy.config.layers import resolve
from understudy.config.toml_text import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from pydantic.fields import FieldInfo

    from understudy.config.known import Known
    from understudy.config.problems import ConfigProblem
    from understudy.config.source import Source
    from understudy.config.toml_text import KeyPath


def diagnose(
    document: Source,
    below: Iterable[Source] = (),
    known: Known | None = None,
    root: Path | None = None,
) -> tuple[ConfigProblem, ...]:
    """The problems of one layer, with spans and fixes in its text. Never raises.

    Args:
        document: the layer, from `source.from_text` and so from an unsaved text as well.
        below: the layers below it, which a workspace may not loosen.
        known: the ids of checkers and models.
        root: the workspace folder.
    """
    problems = resolve((*below, document), known, root).problems
    return tuple(problem for problem in problems if problem.layer is document.layer)


def describe(text: str, offset: int) -> str | None:
    """What the key or table at a code point of a configuration text means, in Markdown.

    None where no known key stands.
    """
    places = read_toml(text).places
    at = [path for path, place in places.items() if place.key.start <= offset < place.key.end]
    found = _field(at[-1]) if at else None
    if found is None:
        return None
    name, field = found
    sentences = [code_span(name), field.description or ""]
    if schema.table_of(field) is None and schema.entry_table(field) is None:
        sentences.append(f"Accepts {schema.accepts(field)}.")
    return "\n\n".join(sentence for sentence in sentences if sentence)


def code_span(text: str) -> str:
    """Text of any origin as Markdown that shows it and does nothing else.

    Characters that can't be seen become U+FFFD. The fence is longer than every run of backticks
    inside it, as CommonMark wants it ("Code spans").
    """
    shown = "".join(char if char.isprintable() else "\ufffd" for char in text)
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {shown} {fence}" if longest else f"{fence}{shown}{fence}"


def _field(spelled: KeyPath) -> tuple[str, FieldInfo] | None:
    """The setting that a key means: its dotted name and its place in the schema."""
    table: type[schema.Table] | None = options.Options
    field: FieldInfo | None = None
    names: list[str] = []
    parts: Sequence[str] = [str(part) for part in spelled]
    position = 0
    while position < len(parts):
        if table is None:
            return None
        name = schema.spellings(table).get(parts[position])
        if name is None:
            return None
        field = table.model_fields[name]
        names.append(name)
        table = schema.table_of(field)
        position += 1
        if schema.entry_of(field) is not None and position < len(parts):
            names.append(parts[position])
            table = schema.entry_table(field)
            position += 1
    return None if field is None else (".".join(names), field)
