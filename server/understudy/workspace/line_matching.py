"""A user's own regular expression on the lines of a tool, in a process that can be ended.

Some expressions need longer than anybody lives for a line of a few dozen characters, and a thread
that matches can't be stopped. So a child interpreter does it, without site packages and without
anything of the project, and is ended with its time. It costs some 20 ms, beside a tool that was
started too.
"""

from __future__ import annotations

import json
import sys

from understudy.core.failures import UnavailableError
from understudy.workspace.tools import ToolTimeoutError, run_tool

MAX_LINE = 2_000
"""Longer lines are no messages."""
MAX_LINES = 20_000
_MAX_TOLD = 8 * 1024 * 1024

_CHILD = """\
import json, re, sys
asked = json.loads(sys.stdin.buffer.read())
form, told, size = re.compile(asked["pattern"]), [], 0
for line in asked["text"].splitlines()[: asked["lines"]]:
    said = form.search(line) if len(line) <= asked["line"] else None
    if said is not None:
        size += sum(len(text) for text in said.groupdict().values() if text)
        if size > asked["told"]:
            break
        told.append({name: text for name, text in said.groupdict().items() if text})
sys.stdout.write(json.dumps(told))
"""


async def matched_lines(output: bytes, pattern: str, timeout_s: float) -> list[dict[str, str]]:
    """The named groups of each line that a pattern is found in, without the empty ones.

    Args:
        output: what a tool printed, in UTF-8 as far as it goes.
        pattern: a regular expression that compiles.
        timeout_s: after this time it is given up.

    Raises:
        UnavailableError: when it does not come to an end, or can't be tried.
    """
    text = output.decode(errors="replace")
    if not text.strip():
        return []
    if not sys.executable:
        raise UnavailableError("There is no interpreter that could try the pattern.")
    asked = {
        "pattern": pattern,
        "text": text,
        "line": MAX_LINE,
        "lines": MAX_LINES,
        "told": _MAX_TOLD,
    }
    command = (sys.executable, "-I", "-S", "-W", "ignore", "-c", _CHILD)
    try:
        ended = await run_tool(
            command, stdin=json.dumps(asked).encode(), cwd=None, timeout_s=timeout_s
        )
    except ToolTimeoutError as error:
        raise UnavailableError(
            f"The pattern did not come to an end on the tool's output within {timeout_s:g} s."
        ) from error
    if ended.returncode != 0:
        raise UnavailableError("The pattern could not be tried on the tool's output.")
    found: list[dict[str, str]] = json.loads(ended.stdout)
    return found
