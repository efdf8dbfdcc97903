"""What holds for every file."""

from __future__ import annotations

import re
from pathlib import Path

from tests.tidy.tree import ROOT, files, source, text

MAX_LINES = 300
LONG_FOR_A_REASON = {
    "vscode-client/src/generated/protocol.ts": "generated: one type for each part of our messages",
    "nvim-client/lua/understudy/generated/protocol.lua": "generated: the same for Neovim",
}
"""Files that may be longer, each with the reason."""

# Written in halves, so that this file does not hold what it looks for.
# A quoted one is a test's material.
UNFINISHED = re.compile(r"(?<![\"'`])(?:#|//|--|^)\s*(?:TO" r"DO|FIX" r"ME|X" r"XX|HA" r"CK)\b")
REGISTRY = re.compile(
    r"\b(?:py" r"pi\.(?:org|io)|python" r"hosted\.org|registry\.npm" r"js\.org|npm" r"mirror\.com"
    r"|registry\.yarn" r"pkg\.com|index\.crates" r"\.io|proxy\.go" r"lang\.org)\b"
)  # fmt: skip
ADDRESS = re.compile(
    r"://|^\s*(?:--index-url|--find-links|--extra-index-url)|@ file:", re.MULTILINE
)


def found_in(pattern: re.Pattern[str], paths: tuple[Path, ...]) -> list[str]:
    found = []
    for path in paths:
        for number, line in enumerate((text(path) or "").split("\n"), start=1):
            if pattern.search(line):
                found.append(f"{path.as_posix()}:{number}: {line.strip()[:80]}")
    return found


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    long = {
        path.as_posix(): count
        for path in source(".py", ".ts", ".lua")
        if (count := (text(path) or "").count("\n")) > MAX_LINES
    }
    assert set(long) == set(LONG_FOR_A_REASON), long


def test_nothing_is_marked_as_unfinished() -> None:
    assert not found_in(UNFINISHED, source(".py", ".ts", ".lua", ".md", ".toml", ".yaml", ""))


def test_no_file_names_a_package_registry() -> None:
    assert not found_in(REGISTRY, files())


def test_no_file_names_a_path_of_the_machine_it_was_written_on() -> None:
    here = {ROOT.as_posix(), Path.home().as_posix()} - {"/"}
    assert not found_in(re.compile("|".join(re.escape(f"{place}/") for place in here)), files())


def test_lock_files_hold_no_address() -> None:
    locks = tuple(path for path in files() if path.suffix == ".lock")
    assert locks
    assert not found_in(ADDRESS, locks)


def test_the_lock_files_of_the_clients_hold_no_address() -> None:
    locks = tuple(path for path in files() if path.name == "package-lock.json")
    assert not found_in(re.compile(r'"resolved":'), locks)


def test_every_locked_requirement_has_a_hash() -> None:
    for path in files():
        if path.suffix == ".lock":
            entries = re.split(r"^(?=\w)", text(path) or "", flags=re.MULTILINE)[1:]
            assert entries
            assert all("--hash=sha256:" in entry for entry in entries), path


def test_text_files_end_their_lines_as_the_editor_configuration_says() -> None:
    kept = (Path("tests/corpus"), Path("tests/actions"))
    wrong = [
        path.as_posix()
        for path in source(".py", ".ts", ".lua", ".md", ".toml", ".yaml", ".json", ".txt", "")
        if not any(path.is_relative_to(place) for place in kept)
        if (raw := (ROOT / path).read_bytes()) and (b"\r" in raw or not raw.endswith(b"\n"))
    ]
    assert not wrong
