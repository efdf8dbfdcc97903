"""The keys of providers: from a reference in the settings to the key itself.

A reference names where the key lies: `{env:NAME}`, `{file:PATH}`, `{keyring:SERVICE/USER}` or
`{command:PROGRAM ARGUMENTS}`. What takes long is kept in memory for a short while and nowhere else, and
every key that was read is known to the log's filter.
"""

from __future__ import annotations

import asyncio
import os
import re
import shlex
import stat
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath
from typing import Literal, cast

from understudy.core.failures import BadRequestError, UnavailableError
from understudy.wire.patience import OneAtATime
from understudy.workspace.secrets import remember_secret

Kind = Literal["env", "file", "keyring", "command"]

_REFERENCE = re.compile(r"\{(env|file|keyring|command):([^{}]+)\}", re.DOTALL)
_LIFETIME_S = 300.0
_TIMEOUT_S = 5.0
_MAX_KEY_BYTES = 16 * 1024
_ESCAPE = "" if os.name == "nt" else "\\"
"""Paths of Windows are full of backslashes, so there they escape nothing."""
_KEY = re.compile(r"[\x21-\x7e]{1,8192}")
"""What may stand in a header: no blanks, no control characters."""

_DEAR = frozenset({"keyring", "command"})
"""Kinds that may ask the user, or take long; the others are read anew each time."""

_kept: dict[str, tuple[float, str]] = {}

_KEYRING: OneAtATime[str | None] = OneAtATime("understudy-keyring")
"""The system's keyring may ask the user, or hang."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a key lies."""

    kind: Kind
    place: str

    def __str__(self) -> str:
        """As it is written; it holds no secret."""
        return f"{{{self.kind}:{self.place}}}"


def parse_reference(text: str) -> Reference | None:
    """The reference that a text is; None for anything else, such as a key itself."""
    found = _REFERENCE.fullmatch(text.strip())
    return Reference(cast("Kind", found[1]), found[2].strip()) if found else None


async def resolve(reference: str) -> str:
    """The key.

    Raises:
        UnavailableError: when it can't be had; the sentence says what to do and never holds a key.
    """
    now = time.monotonic()
    known = _kept.get(reference)
    if known is not None and known[0] > now:
        return known[1]
    parsed = parse_reference(reference)
    if parsed is None:
        raise UnavailableError(
            "A key is no reference such as `{env:NAME}`, so it is not used. Put the key into an"
            " environment variable, a file or the keyring, and name that."
        )
    key = _checked(parsed, await _READERS[parsed.kind](parsed.place))
    if parsed.kind in _DEAR:
        _kept[reference] = (now + _LIFETIME_S, key)
    return key


def look_up(reference: str) -> str | None:
    """The key, where it can be read without asking anybody; None where it can't. Reads files.

    Raises:
        UnavailableError: when it is not there.
    """
    parsed = parse_reference(reference)
    if parsed is None or parsed.kind in _DEAR:
        return None
    is_file = parsed.kind == "file"
    return _checked(parsed, _read_file(parsed.place) if is_file else _read_variable(parsed.place))


def _checked(parsed: Reference, found: str) -> str:
    key = found.strip()
    if not _KEY.fullmatch(key):
        problem = "is empty" if not key else "holds characters that no key has"
        raise UnavailableError(f"The key from `{parsed}` {problem}.")
    remember_secret(key)
    return key


def is_there(reference: str) -> bool | None:
    """Whether a key is there, as far as that can be told without reading it; None otherwise."""
    parsed = parse_reference(reference)
    if parsed is None:
        return False
    if parsed.kind == "env":
        return bool(os.environ.get(parsed.place))
    if parsed.kind == "file":
        return Path(parsed.place).expanduser().is_file()
    return None


def take_over(name: str, key: str | None) -> None:
    """Have a key count as an environment variable of this process; None takes it back.

    Outside programs that we start are not given it: they get a list of harmless variables.

    Raises:
        BadRequestError: when the text can't be a key; the sentence does not hold it.
    """
    if key is None:
        os.environ.pop(name, None)
    elif _KEY.fullmatch(key):
        remember_secret(key)
        os.environ[name] = key
    else:
        raise BadRequestError(f"What was given for `{name}` is empty or holds blanks.")
    forget(f"{{env:{name}}}")


def forget(reference: str = "") -> None:
    """Read a key anew the next time; all of them when none is named."""
    if reference:
        _kept.pop(reference, None)
    else:
        _kept.clear()


async def _from_environment(name: str) -> str:
    return _read_variable(name)


def _read_variable(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise UnavailableError(f"The environment variable `{name}` is not set.")
    return value


async def _from_file(place: str) -> str:
    return await asyncio.to_thread(_read_file, place)


def _read_file(place: str) -> str:
    try:
        path = Path(place).expanduser()
        if not path.is_absolute():
            raise UnavailableError(f"The key file `{place}` must be named by its full path.")
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise UnavailableError(f"The key file `{place}` is no regular file.")
            if os.name == "posix" and stat.S_IMODE(found.st_mode) & 0o077:
                raise UnavailableError(
                    f"Others may read the key file `{place}`, so it is not used: `chmod 600` it."
                )
            content = file.read(_MAX_KEY_BYTES)
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it can't be named like this"
        raise UnavailableError(f"The key file `{place}` can't be read: {reason}.") from error
    return _first_line(content)


async def _from_keyring(place: str) -> str:
    service, _, user = place.partition("/")
    try:
        found = await _KEYRING.ask(partial(_ask_keyring, service, user), _TIMEOUT_S)
    except TimeoutError as error:
        raise UnavailableError(
            f"The keyring did not answer within {_TIMEOUT_S:g} s. Unlock it, or put the key into an"
            " environment variable or a file instead."
        ) from error
    if found is None:
        raise UnavailableError(
            f"The keyring holds no key for `{place}`. Put it there with"
            f" `keyring set {shlex.quote(service)} {shlex.quote(user or 'understudy')}`."
        )
    return found


def _ask_keyring(service: str, user: str) -> str | None:
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(service, user or "understudy")
    except KeyringError as error:
        # Errors of the keyring may hold what was asked for, but never the key.
        raise UnavailableError(
            f"There is no keyring to be used here ({type(error).__name__}). Put the key into an"
            " environment variable or a file instead."
        ) from error


async def _from_command(place: str) -> str:
    from understudy.workspace.tools import run_tool

    try:
        command = _words(place)
    except ValueError as error:
        raise UnavailableError(f"The key's command can't be read: {error}.") from error
    if not command or not PurePath(command[0]).is_absolute():
        raise UnavailableError("The key's command must begin with a program's full path.")
    finished = await run_tool(
        command,
        stdin=b"",
        # The server's own folder may be the workspace, where anybody's configuration may lie.
        cwd=Path(command[0]).parent,
        timeout_s=_TIMEOUT_S,
        max_output_bytes=_MAX_KEY_BYTES,
    )
    if finished.returncode:
        raise UnavailableError(f"The key's command ended with code {finished.returncode}.")
    return _first_line(finished.stdout)


def _words(place: str) -> list[str]:
    """A command's words as a shell would split them."""
    reader = shlex.shlex(place, posix=True, punctuation_chars=False)
    reader.whitespace_split, reader.commenters, reader.escape = True, "", _ESCAPE
    return list(reader)


def _first_line(content: bytes) -> str:
    return content.decode("utf-8-sig", "replace").partition("\n")[0]


_READERS = {
    "env": _from_environment,
    "file": _from_file,
    "keyring": _from_keyring,
    "command": _from_command,
}
