"""No secret gets into a log, whoever writes it and whichever handler takes it."""

from __future__ import annotations

import io
import logging
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.unit.workspace.planted_secrets import TOKENS
from understudy.workspace import secrets
from understudy.workspace.logs import MaskedRecord
from understudy.workspace.secrets import remember_secret

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "planted-key-0123456789"


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What a handler writes that knows nothing of secrets; its logger is called `plain`."""
    monkeypatch.setattr(secrets, "_remembered", {})
    remember_secret(KEY)
    logger, stream, before = (
        logging.getLogger("plain"),
        io.StringIO(),
        logging.getLogRecordFactory(),
    )
    handler = logging.StreamHandler(stream)
    logger.addHandler(handler)
    logging.setLogRecordFactory(MaskedRecord)
    yield stream
    logging.setLogRecordFactory(before)
    logger.removeHandler(handler)


@pytest.mark.parametrize("token", [KEY, *(token for _, token in TOKENS)])
def test_a_secret_never_reaches_a_handler(plain: io.StringIO, token: str) -> None:
    logging.getLogger("plain").error("said %s", token)
    assert token not in plain.getvalue()
    assert plain.getvalue().startswith("said <secret:")


def test_a_traceback_and_a_stack_are_masked(plain: io.StringIO) -> None:
    try:
        int(KEY)
    except ValueError as error:
        error.add_note(f"note {KEY}")
        logging.getLogger("plain").exception("failed", stack_info=True)
    shown = plain.getvalue()
    assert KEY not in shown
    assert "Traceback" in shown
    assert "note <secret:key:" in shown
    assert "Stack (most recent call last)" in shown


def test_arguments_that_do_not_fit_are_not_printed(
    plain: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    logging.getLogger("plain").error("said %s and %s", KEY)
    assert "said %s and %s" in plain.getvalue()
    assert KEY not in plain.getvalue() + "".join(capsys.readouterr())


_START = f"""
import logging, sys, threading
from understudy.workspace.logs import start_log
from understudy.workspace.secrets import remember_secret
start_log("LEVEL")
remember_secret("{KEY}")
"""


def started(code: str, level: str = "warning") -> tuple[int, str]:
    """The exit code and the output of a process that logs as ours do."""
    done = subprocess.run(
        [sys.executable, "-c", _START.replace("LEVEL", level) + code],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert KEY not in done.stdout + done.stderr
    return done.returncode, done.stdout + done.stderr


def test_what_ends_the_process_is_masked() -> None:
    code, shown = started(f"raise ValueError('{KEY}')")
    assert code == 1
    assert "ValueError: <secret:key:" in shown


def test_what_ends_a_thread_is_masked() -> None:
    fails = f"def fail():\n    raise ValueError('{KEY}')\n"
    code, shown = started(f"{fails}t = threading.Thread(target=fail); t.start(); t.join()")
    assert code == 0
    assert "ValueError: <secret:key:" in shown


@pytest.mark.parametrize("name", ["httpx", "httpcore.http11", "hpack.hpack", "websockets.server"])
def test_libraries_are_heard_from_warnings_on_at_any_level(name: str) -> None:
    says = f"log = logging.getLogger('{name}')\nlog.debug('one')\nlog.info('two')\n"
    _, shown = started(f'{says}log.warning(\'headers [(b"x-api-key", b"{KEY}")]\')', "debug")
    assert "one" not in shown
    assert "two" not in shown
    assert f"WARNING {name}: headers" in shown


@pytest.mark.parametrize(
    ("level", "heard"),
    [
        ("debug", ["debug", "info", "warning", "error"]),
        ("info", ["info", "warning", "error"]),
        ("error", ["error"]),
    ],
)
def test_our_own_lines_are_heard_from_the_level_on(level: str, heard: list[str]) -> None:
    says = "log = logging.getLogger('understudy.lsp')\n"
    says += "for one in ('debug', 'info', 'warning', 'error'): getattr(log, one)(one)\n"
    _, shown = started(says, level)
    assert [line.split()[-1] for line in shown.splitlines()] == heard
    libraries = f"logging.getLogger('httpx').warning('{KEY}')"
    assert bool(started(libraries, level)[1]) == (level != "error")
