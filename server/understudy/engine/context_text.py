"""What a model would be shown, as values for programs and as a text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.context.showing import excerpts
from understudy.core.plural import plural

if TYPE_CHECKING:
    from understudy.engine.context_at import Seen

_MOST_NAMED = 5


def told_model(seen: Seen) -> str:
    """For which model it was chosen, as a sentence without its end."""
    if seen.model is None:
        return "For no model: none over the network may be asked"
    return f"For `{seen.model.id}`"


def told_named(seen: Seen) -> list[str]:
    """The documents that the question shows as a whole beside the pieces, a line for each."""
    return [
        f"- {_code(path)}, {tokens:,} tokens: the question shows all of it, and it may be changed"
        for path, tokens in seen.named
    ]


def as_plain(seen: Seen) -> dict[str, object]:
    """What was chosen as plain values, lines counted from 1."""
    found = seen.gathered
    packed = found.packed
    return {
        "model": seen.model.id if seen.model is not None else None,
        "why_no_model": seen.why_nobody or None,
        "items": [
            {
                "path": one.item.path,
                "name": one.item.name,
                "version": one.item.version,
                "start_line": one.item.start + 1,
                "end_line": max(one.item.stop, one.item.start + 1),
                "tier": one.item.tier,
                "level": one.level.form,
                "tokens": one.level.tokens,
                "score": found.score(one),
                "reasons": list(one.item.reasons),
            }
            for one in packed.chosen
        ],
        "named": [{"path": path, "tokens": tokens} for path, tokens in seen.named],
        "tokens": packed.tokens,
        "budget": packed.budget,
        "index_ready": found.index_ready,
        "left_out": [
            {"path": one.path, "name": one.name, "reason": one.why} for one in packed.left_out
        ],
    }


def as_markdown(seen: Seen, name: str) -> str:
    """What was chosen as a document: the texts with their reasons, then what was left out."""
    found = seen.gathered
    packed = found.packed
    lines = [f"# What a model is shown for {_code(name)}", ""]
    lines.append(f"{told_model(seen)}: {packed.tokens:,} of {packed.budget:,} tokens.")
    if seen.why_nobody:
        lines.append(f"Why no model: {_plain(seen.why_nobody)}.")
    if not found.index_ready:
        lines.append("The workspace is still being read, so something may be missing.")
    lines += ["", *told_named(seen)] if seen.named else []
    for excerpt in excerpts(packed.chosen):
        lines += ["", f"## {_code(excerpt.path)}", ""]
        for one in excerpt.pieces:
            item = one.item
            where = f"lines {item.start + 1} to {max(item.stop, item.start + 1)}"
            why = "; ".join(map(_plain, item.reasons))
            tokens, score = one.level.tokens, found.score(one)
            told = f"`{item.tier}`, {one.level.form}, {tokens:,} tokens, score {score:.2f}"
            lines.append(f"- {where}, {told}: {why}")
        if excerpt.text.strip():
            fence = _fence(excerpt.text)
            lines += ["", fence, excerpt.text, fence]
        else:
            lines += ["", "The question itself shows all that matters of it."]
    if packed.left_out:
        lines += ["", "## Left out", ""]
    lines += [
        f"- {_code(one.path)}{' ' + _code(one.name) if one.name else ''}: {_plain(one.why)}"
        for one in packed.left_out
    ]
    return "\n".join(lines) + "\n"


def in_short(seen: Seen) -> str:
    """What was chosen in a sentence, for editors that can't show more."""
    packed = seen.gathered.packed
    paths = list(dict.fromkeys(one.item.path for one in packed.chosen))
    names = ", ".join(map(_code, paths[:_MOST_NAMED])) or "nothing"
    more = f" and {len(paths) - _MOST_NAMED} more" if len(paths) > _MOST_NAMED else ""
    tokens = f"{packed.tokens:,} of {packed.budget:,} tokens"
    left = plural(len(packed.left_out), "piece")
    return f"{told_model(seen)}: {names}{more}; {tokens}; {left} left out."


def _code(text: str) -> str:
    from understudy.config.diagnose import code_span

    return code_span(text)


def _plain(text: str) -> str:
    """A reason on one line; names of the user's code in it are in backticks already."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text)


def _fence(text: str) -> str:
    import re

    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    return "`" * max(longest + 1, 3)
