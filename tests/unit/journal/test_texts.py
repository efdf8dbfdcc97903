"""Texts of prompts, replies and edits: kept as the user wants it, and never with a secret."""

from __future__ import annotations

import getpass
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.journal.samples import WAIT_S, count, journal_at, journal_settings, run_rows
from understudy.journal.contents import MOST_CHARACTERS, Content, Part, above, kept
from understudy.journal.forgetting import forget_everything, forget_model, purge_texts
from understudy.journal.packing import unpacked
from understudy.journal.query import query
from understudy.journal.redaction import redacted
from understudy.journal.saved_queries import saved_query, since
from understudy.journal.text_keeping import texts_above

if TYPE_CHECKING:
    from understudy.config.journal_settings import ContentLevel

KEY = "ghp_" + "a1B2c3D4" * 5
NOW_US = time.time_ns() // 1_000
SAID = f"see /home/ada/shop/cart.py, ada@example.com, key {KEY}"


def text_of(level: ContentLevel, text: str, **private: str) -> str:
    found = kept(Content(1, "C", "reply", (text,), tuple(private.items())), level)
    assert found is not None
    return unpacked(found.body, 10_000_000)


def recorded(
    path: Path, level: ContentLevel, *texts: str, at_us: int = NOW_US, name: str = "X"
) -> None:
    journal = journal_at(path, content=level)
    for row in run_rows(name, started_us=at_us):
        if not isinstance(row, Content):
            journal.record(row)
    parts: tuple[Part, ...] = ("reply", "prompt", "edit")
    for part, text in zip(parts, texts, strict=False):
        journal.record(Content(at_us, f"{name}C", part, (text,)))
    assert journal.close(WAIT_S), journal.notice
    assert journal.dropped == 0


def test_by_default_no_text_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    recorded(path, journal_settings().journal.content, SAID)
    assert (count(path, "contents"), count(path, "content_uses")) == (0, 0)
    assert b"cart.py" not in path.read_bytes()


def test_a_redacted_text_names_nobody(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    recorded(path, "redacted", SAID)
    saved = saved_query("texts")
    (row,) = query(path, saved.sql, since(saved.days, NOW_US)).rows
    assert row[:3] == ("XC", "reply", "redacted")
    assert str(row[4]).startswith("see <home>/shop/cart.py, <mail>, key <secret:github:")


def test_a_full_text_is_kept_as_it_was_without_its_secrets(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    recorded(path, "full", SAID)
    (row,) = query(path, "SELECT level, body FROM contents").rows
    assert row[0] == "full"
    assert str(row[1]).startswith(
        "see /home/ada/shop/cart.py, ada@example.com, key <secret:github:"
    )


def test_equal_texts_are_kept_once(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    recorded(path, "full", "same", "same", "other")
    assert (count(path, "contents"), count(path, "content_uses")) == (2, 3)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("/home/ada/x.py", "<home>/x.py"),
        ("/Users/ada/x.py", "<home>/x.py"),
        (r"C:\Users\ada\x.py", r"<home>\x.py"),
        (r'"C:\\Users\\ada\\x.py"', r'"<home>\\x.py"'),
        ("file:///home/ada/x.py", "file://<home>/x.py"),
        ("/" + "root/x.py", "<home>/x.py"),
        (r"\\server\share\x.py", r"<share>\x.py"),
        ("mail ada.l@mail.example.co.uk!", "mail <mail>!"),
        ("a / b / c", "a / b / c"),
        ("@decorator", "@decorator"),
        ("x = y @ z", "x = y @ z"),
        ("https://example.com/users/1", "https://example.com/users/1"),
    ],
)
def test_paths_and_addresses_are_masked(text: str, shown: str) -> None:
    assert redacted(text, {}) == shown


def test_what_is_private_is_masked_however_its_slashes_are_written() -> None:
    private = {"/srv/secret project": "<workspace>"}
    told = r"in /srv/secret project/a.py and \srv\secret project\b.py, not /srv/secret projects"
    shown = r"in <workspace>/a.py and <workspace>\b.py, not /srv/secret projects"
    assert redacted(told, private) == shown


def test_the_machine_and_its_user_are_masked() -> None:
    names = [socket.gethostname(), str(Path.home()), getpass.getuser()]
    told = redacted(" ".join(f"({name})" for name in names), {})
    for name in names:
        if len(name) > 3 and name not in {"root", "localhost", "runner"}:
            assert f"({name})" not in told


@given(st.text(alphabet=st.sampled_from("/\\:@.ahome Users-{}[]'\"\n"), max_size=200))
def test_redacting_never_fails_and_finds_nothing_the_second_time(text: str) -> None:
    once = redacted(text, {})
    assert redacted(once, {}).count("<home>") >= once.count("<home>")


def test_a_text_of_a_megabyte_is_searched_in_linear_time() -> None:
    # Each of these begins many matches that do not come to an end.
    for piece in ("/home/", "\\\\", "a@", "a.", "C:\\Users\\"):
        redacted(piece * (1_000_000 // len(piece)), {"/home/somebody": "<home>"})


def test_a_long_text_is_cut_behind_the_search_for_secrets() -> None:
    text = "x" * (MOST_CHARACTERS - 10) + " " + KEY
    assert KEY[:8] not in text_of("full", text)
    assert len(text_of("full", "y" * (2 * MOST_CHARACTERS))) == MOST_CHARACTERS


def test_a_level_keeps_less_than_those_above_it() -> None:
    assert above("metrics") == ("redacted", "full")
    assert above("redacted") == ("full",)
    assert above("full") == ()


def test_lowering_the_level_leaves_texts_that_can_be_purged(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    recorded(path, "full", "one", "two")
    recorded(path, "redacted", "three", name="Y")
    assert [texts_above(path, level) for level in ("metrics", "redacted", "full")] == [3, 2, 0]
    assert purge_texts(path, "redacted", NOW_US) == 0
    assert purge_texts(path, "redacted") == 2
    assert texts_above(path, "metrics") == 1
    assert purge_texts(path, "metrics") == 1
    assert count(path, "content_uses") == 0


def test_what_is_purged_is_not_in_the_file_any_more(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    recorded(path, "full", "".join(f"{n:05}" for n in range(2_000)))
    (body,) = query(path, "SELECT hex(body) FROM contents").rows
    piece = bytes.fromhex(str(body[0]))[100:160]
    assert piece in path.read_bytes()
    purge_texts(path, "metrics")
    assert piece not in path.read_bytes()


def test_old_texts_are_forgotten_before_their_runs(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    recorded(path, "full", "old", at_us=NOW_US - 20 * 86_400_000_000)
    journal = journal_at(path, content="full", content_days=14)
    journal.start()
    assert journal.close(WAIT_S)
    assert (count(path, "contents"), count(path, "runs")) == (0, 1)


def test_texts_go_with_the_runs_that_are_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    recorded(path, "full", "reply")
    forget_model(path, "acme/large")
    assert count(path, "contents") == 0
    recorded(path, "full", "reply")
    forget_everything(path)
    assert count(path, "contents") == 0


def test_a_journal_tells_when_less_is_to_be_kept_than_before(tmp_path: Path) -> None:
    journal = journal_at(tmp_path / "journal.sqlite3", content="full")
    told = [
        journal.follow(journal_settings(content=level))
        for level in ("full", "full", "redacted", "full", "metrics", "metrics")
    ]
    assert told == [True, False, True, False, True, False]
    assert journal.close(WAIT_S)
