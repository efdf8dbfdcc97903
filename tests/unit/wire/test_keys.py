from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import keyring
import keyring.errors
import pytest

from understudy.core.failures import UnavailableError
from understudy.wire import keys
from understudy.workspace.secrets import mask

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEY = "resolved-key-9876543210"


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    keys.forget()
    yield
    keys.forget()


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("{env:ACME_KEY}", "env", "ACME_KEY"),
        (" {file:~/.keys/acme} ", "file", "~/.keys/acme"),
        ("{keyring:understudy/acme}", "keyring", "understudy/acme"),
        ("{command:/usr/bin/pass show acme}", "command", "/usr/bin/pass show acme"),
    ],
)
def test_references_are_read(text: str, kind: str, place: str) -> None:
    found = keys.parse_reference(text)
    assert found is not None
    assert (found.kind, found.place) == (kind, place)
    assert str(found) == text.strip()


@pytest.mark.parametrize(
    "text", ["", "sk-123", "{env}", "{env:}", "{shell:x}", "a{env:X}", "{env:{x}}"]
)
def test_everything_else_is_no_reference(text: str) -> None:
    assert keys.parse_reference(text) is None


async def test_a_literal_key_is_not_used_and_not_shown() -> None:
    with pytest.raises(UnavailableError) as caught:
        await keys.resolve(KEY)
    assert KEY not in str(caught.value)


async def test_a_key_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACME_KEY", KEY)
    assert await keys.resolve("{env:ACME_KEY}") == KEY
    assert keys.is_there("{env:ACME_KEY}")
    monkeypatch.delenv("ACME_KEY")
    with pytest.raises(UnavailableError, match="`ACME_KEY` is not set"):
        await keys.resolve("{env:ACME_KEY}")
    assert not keys.is_there("{env:ACME_KEY}")


async def test_a_key_that_was_read_is_masked_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACME_KEY", KEY)
    await keys.resolve("{env:ACME_KEY}")
    assert KEY not in mask(f"it said {KEY}!").text


async def test_a_key_comes_from_a_file_of_the_user_alone(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(f"{KEY}\nsomething else\n")
    file.chmod(0o600)
    assert await keys.resolve(f"{{file:{file}}}") == KEY


@pytest.mark.skipif(os.name == "nt", reason="Only on systems with POSIX permissions")
async def test_a_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(KEY)
    file.chmod(0o644)
    with pytest.raises(UnavailableError, match="chmod 600"):
        await keys.resolve(f"{{file:{file}}}")


@pytest.mark.skipif(os.name == "nt", reason="Only on systems with FIFOs")
async def test_what_is_no_plain_file_is_refused_at_once(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo, 0o600)
    for place in (fifo, tmp_path, tmp_path / "missing"):
        with pytest.raises(UnavailableError, match="key file"):
            await keys.resolve(f"{{file:{place}}}")
    with pytest.raises(UnavailableError, match="full path"):
        await keys.resolve("{file:key}")


async def test_marks_that_windows_puts_into_files_are_no_part_of_the_key(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_bytes(b"\xef\xbb\xbf" + KEY.encode() + b"\r\n")
    file.chmod(0o600)
    assert await keys.resolve(f"{{file:{file}}}") == KEY


@pytest.mark.parametrize("content", ["", "\n", "two words", "ключ", "a\x7fb"])
async def test_what_can_be_no_key_is_refused(content: str, tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(content, encoding="utf-8")
    file.chmod(0o600)
    with pytest.raises(UnavailableError, match="The key from"):
        await keys.resolve(f"{{file:{file}}}")


async def test_a_key_comes_from_a_command_and_is_kept_for_a_while(tmp_path: Path) -> None:
    count = tmp_path / "count"
    code = f'open(r"{count}", "a").write("x"); print("{KEY}")'
    program = f"{{command:{sys.executable} -c '{code}'}}"
    assert await keys.resolve(program) == KEY
    assert await keys.resolve(program) == KEY
    assert count.read_text() == "x"
    keys.forget(program)
    assert await keys.resolve(program) == KEY
    assert count.read_text() == "xx"


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("pass show x", "full path"),
        ("'", "can't be read"),
        (f"{sys.executable} -c 'raise SystemExit(3)'", "code 3"),
        (f"{sys.executable} -c 'print(\"x\" * 100000)'", "ended"),
    ],
)
async def test_a_command_that_gives_no_key_says_why(command: str, words: str) -> None:
    with pytest.raises(UnavailableError, match=words):
        await keys.resolve(f"{{command:{command}}}")


async def test_a_command_does_not_run_in_the_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code = "import os; print(os.getcwd().replace(chr(32), chr(95)))"
    where = await keys.resolve(f"{{command:{sys.executable} -c '{code}'}}")
    assert where != str(tmp_path)


def test_a_command_on_windows_keeps_its_backslashes(monkeypatch: pytest.MonkeyPatch) -> None:
    place = r'"C:\Program Files\op.exe" read "op://a b/c"'
    monkeypatch.setattr("understudy.wire.keys._ESCAPE", "")
    assert keys._words(place) == [r"C:\Program Files\op.exe", "read", "op://a b/c"]
    monkeypatch.setattr("understudy.wire.keys._ESCAPE", "\\")
    assert keys._words(r"/bin/p a\ b 'c d' # e") == ["/bin/p", "a b", "c d", "#", "e"]


async def test_a_command_sees_no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTHER_API_KEY", KEY)
    code = 'import os; print(os.environ.get(\\"OTHER_API_KEY\\", \\"none\\"))'
    assert await keys.resolve(f'{{command:{sys.executable} -c "{code}"}}') == "none"


def _one_entry(service: str, user: str) -> str | None:
    return KEY if (service, user) == ("understudy", "acme") else None


async def test_a_key_comes_from_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "get_password", _one_entry)
    assert await keys.resolve("{keyring:understudy/acme}") == KEY
    with pytest.raises(UnavailableError, match="keyring set understudy other"):
        await keys.resolve("{keyring:understudy/other}")


async def test_a_keyring_that_is_not_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def _none(service: str, user: str) -> str | None:
        raise keyring.errors.NoKeyringError(service, user)

    monkeypatch.setattr(keyring, "get_password", _none)
    with pytest.raises(UnavailableError, match="no keyring"):
        await keys.resolve("{keyring:understudy/acme}")
