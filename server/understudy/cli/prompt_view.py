"""A prompt for people and as JSON, with where each piece of it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.strict_json import strict_json
from understudy.prompt.composing import source_map
from understudy.workspace.secrets import mask_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.engine.previewing import Preview
    from understudy.prompt import Piece


def lines_of(shown: Preview, *, with_map: bool) -> Iterator[str]:
    """The prompt with its secrets masked; or each of its pieces behind where it comes from."""
    prompt = shown.prompt
    texts, _ = mask_all([turn.text for turn in prompt.turns], "")
    for turn, text in zip(prompt.turns, texts, strict=True):
        yield f"--- {turn.role} ---"
        yield text
    if with_map:
        yield "--- where it comes from ---"
        for number, piece in source_map(prompt):
            yield f"{prompt.turns[number].role} {piece.start}-{piece.stop}: {_origin(piece)}"
    yield f"--- {_about(shown)} ---"
    if shown.too_long:
        yield f"{shown.too_long} So nothing would be sent."
    yield from prompt.notes


def as_json(shown: Preview) -> str:
    """The same as one object; `map` has the place of each piece in the text of its turn."""
    prompt = shown.prompt
    texts, _ = mask_all([turn.text for turn in prompt.turns], "")
    found = {
        "model": shown.model,
        "edit_format": shown.edit_format,
        "tokens": shown.tokens,
        "counted": shown.quality,
        "too_long": shown.too_long or None,
        "turns": [
            {"role": turn.role, "stable": turn.stable, "text": text}
            for turn, text in zip(prompt.turns, texts, strict=True)
        ],
        "parts": [
            {
                "fragment": part.name,
                "version": part.version,
                "layer": part.layer,
                "slot": part.slot,
                "rank": part.rank,
            }
            for turn in prompt.turns
            for part in turn.parts
        ],
        "map": [
            {
                "turn": number,
                "start": piece.start,
                "stop": piece.stop,
                "fragment": piece.fragment,
                "line": piece.line,
                "variable": piece.variable,
            }
            for number, piece in source_map(prompt)
        ],
        "left_out": list(prompt.left_out),
        "notes": list(prompt.notes),
    }
    return strict_json(found, indent=2, ensure_ascii=False)


def _origin(piece: Piece) -> str:
    variable = f", `{piece.variable}`" if piece.variable else ""
    return f"{piece.fragment}, line {piece.line}{variable}"


def _about(shown: Preview) -> str:
    form = f", as `{shown.edit_format}`" if shown.edit_format else ""
    whom = f"for {shown.model}{form}" if shown.model else "no model is set up, so for none"
    return f"{whom}: about {shown.tokens:,} tokens ({shown.quality})"
