"""What a model would be shown, for people at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.plural import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.context.items import Chosen
    from understudy.engine.context_at import Seen

_MOST_LEFT_OUT = 30


def lines_of(seen: Seen, *, everything: bool = False) -> Iterator[str]:
    """Each piece with why it is there; then what is left out, and the sums."""
    from understudy.engine.context_text import told_model

    found = seen.gathered
    packed = found.packed
    for one in packed.chosen:
        yield from _piece(one, found.score(one))
    yield from _named(seen)
    if packed.left_out:
        yield "Left out:"
    shown = packed.left_out if everything else packed.left_out[:_MOST_LEFT_OUT]
    for gone in shown:
        yield f"  {gone.path}{f' {gone.name}' if gone.name else ''}: {gone.why}"
    if len(shown) < len(packed.left_out):
        yield f"  … and {len(packed.left_out) - len(shown)} more (`--all`)."
    pieces = plural(len(packed.chosen), "piece")
    yield f"{told_model(seen)}: {pieces}, {packed.tokens:,} of {packed.budget:,} tokens."
    if seen.why_nobody:
        yield f"Why no model: {seen.why_nobody}."
    if packed.truncated:
        yield "What is required is shown in less detail than it should be."
    if not found.index_ready:
        yield "The workspace is still being read, so something may be missing."


def _named(seen: Seen) -> Iterator[str]:
    if seen.named:
        yield "Shown as a whole by the question itself, and may be changed:"
    yield from (f"  {path}: {tokens:,} tokens" for path, tokens in seen.named)


def _piece(one: Chosen, score: float) -> Iterator[str]:
    item, level = one.item, one.level
    name = f" {item.name}" if item.name else ""
    where = f"{item.path}:{item.start + 1}-{max(item.stop, item.start + 1)}{name}"
    yield f"{item.tier:<16}{level.form:<10}{level.tokens:>7,}{score:>6.2f}  {where}"
    for reason in item.reasons:
        yield f"{'':<41}{reason}"
