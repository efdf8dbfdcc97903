"""The compiler of a child interpreter, for texts so long that compiling them would be felt.

Compiling holds the interpreter's lock from beginning to end, so that even in a thread it stops
everything else. The child is the same interpreter without site packages, reads the text from its
standard input, executes nothing of it, and answers with the errors as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from typing import NamedTuple

_LIMIT_S = 10.0
"""No text that anybody edits takes a tenth of it."""

_MAX_STATUS = 255

_CHILD = """\
import ast, sys
flags, name = int(sys.argv[1]), sys.argv[2]
text = sys.stdin.buffer.read().decode("utf-8")
told = []
try:
    for more in (0, ast.PyCF_ONLY_AST):
        try:
            compile(text, name, "exec", flags | more, dont_inherit=True)
            break
        except SyntaxError as error:
            places = error.lineno, error.offset, error.end_lineno, error.end_offset
            told.append([error.msg, *places])
except (RecursionError, MemoryError, OverflowError, ValueError) as failure:
    told = type(failure).__name__
if told:
    import json
    told = json.dumps(told)
print(told or "[]")
"""
"""Gives a list of the error of compiling and of that of the grammar alone, as far as there are
any, or the name of what keeps the compiler from telling."""

_FAILURES = {
    "RecursionError": RecursionError,
    "MemoryError": MemoryError,
    "OverflowError": OverflowError,
}


class Errors(NamedTuple):
    """What is wrong with a text.

    Attributes:
        compiling: the first error of compiling the whole way.
        grammar: the first error of the grammar alone.
    """

    compiling: SyntaxError | None = None
    grammar: SyntaxError | None = None


def errors_by_child(text: str, name: str, flags: int) -> Errors | None:
    """The errors that a child interpreter finds; None when it can't be had.

    Args:
        text: as the compiler is to read it.
        name: the file's name that errors and warnings show.
        flags: of `compile`.

    Raises:
        RecursionError, MemoryError, OverflowError, ValueError: where the compiler can't tell, also
            when it breaks down over the text or takes too long.
    """
    import subprocess

    from understudy.workspace.processes import clean_environment

    if not sys.executable:
        return None
    options = ("-I", "-S", "-W", "ignore", "-c", _CHILD, str(flags), name)
    try:
        ended = subprocess.run(  # noqa: S603 - our own interpreter and our own program
            [sys.executable, *options],
            input=text.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_LIMIT_S,
            check=False,
            env=clean_environment(os.environ),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError:
        return None
    except subprocess.TimeoutExpired as error:
        raise OverflowError(f"compiling did not end within {_LIMIT_S:g} s") from error
    # A signal counts downwards; Windows has large numbers for what ends a program.
    if not 0 <= ended.returncode <= _MAX_STATUS:
        raise MemoryError("the compiler broke down")
    return _read(ended.stdout) if ended.returncode == 0 else None


def _read(answer: bytes) -> Errors | None:
    try:
        told = json.loads(answer)
        if isinstance(told, str):
            raise _FAILURES.get(told, ValueError)("the compiler can't tell")
        return Errors(*(_error(*one) for one in told))
    except (json.JSONDecodeError, TypeError):
        return None


def _error(
    message: str, line: int, offset: int, end_line: int | None, end_offset: int | None
) -> SyntaxError:
    error = SyntaxError(message)
    error.lineno, error.offset = line, offset
    error.end_lineno, error.end_offset = end_line, end_offset
    return error
