"""Add a rule about failures to a configuration file, and touch nothing else in it."""

from __future__ import annotations

import os
import tempfile
import tomllib
from pathlib import Path

from understudy.config.wording import quoted
from understudy.core.failures import RefusedError
from understudy.core.plain_files import read_plain

TABLE = "[failures.rules]"
_MAX_BYTES = 1_000_000


def rule_line(text: str, category: str) -> str:
    """The line of TOML that says that failures with this text are of this category."""
    return f"{quoted(text)} = {quoted(category)}"


def add_rule(file: Path, text: str, category: str) -> None:
    """Put a rule into a file, which is made where there is none; one for the same text goes.

    Raises:
        RefusedError: when the file can't be read or written, or when its form is so unusual that
            more than the rule would change. Nothing is written then.
    """
    try:
        before = read_plain(file, _MAX_BYTES).decode("utf-8") if file.exists() else ""
        after = _with_rule(before, text, category)
        if not _says_the_same_but(before, after, text, category):
            raise RefusedError(
                f"`{file.name}` has an unusual form. Add `{rule_line(text, category)}` to its table"
                f" `{TABLE}`."
            )
        file.parent.mkdir(parents=True, exist_ok=True)
        _write(file, after)
    except (OSError, ValueError) as fault:
        raise RefusedError(f"`{file}` can't be changed: {fault}.") from fault


def _with_rule(before: str, text: str, category: str) -> str:
    """The text with the rule right below the table's header, or with the table at its end."""
    end = "\r\n" if "\r\n" in before else "\n"
    key = f"{quoted(text)} ="
    lines = [line for line in before.split(end) if not line.strip().startswith(key)]
    rule = rule_line(text, category)
    at = next((n for n, line in enumerate(lines) if line.strip() == TABLE), None)
    if at is not None:
        return end.join((*lines[: at + 1], rule, *lines[at + 1 :]))
    body = end.join(lines).rstrip("\r\n")
    opening = (body, "") if body else ()
    return end.join((*opening, TABLE, rule, ""))


def _says_the_same_but(before: str, after: str, text: str, category: str) -> bool:
    """Whether the rule is all that differs in what two texts say."""
    had, has = tomllib.loads(before.lstrip("\ufeff")), tomllib.loads(after.lstrip("\ufeff"))
    wanted = dict(had.get("failures", {}).get("rules", {}))
    wanted[text] = category
    had.setdefault("failures", {})["rules"] = wanted
    return had == has


def _write(file: Path, text: str) -> None:
    """Write beside the file and then take its name; a link stays a link."""
    target = file.resolve()
    handle, name = tempfile.mkstemp(prefix=".config.", suffix=".new", dir=target.parent)
    fresh = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
            out.write(text)
        if target.exists():
            fresh.chmod(target.stat().st_mode & 0o777)
        fresh.replace(target)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
