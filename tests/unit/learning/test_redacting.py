"""What strangers may read of a lesson's words: nothing that is on the list of what is private."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.core.failures import FailureCategory
from understudy.learning.lesson import Scope, Trigger
from understudy.learning.private_words import private_words
from understudy.learning.redacting import MASK, redact
from understudy.learning.templates import words_for

PRIVATE = ("shop", "new-checkout", "jane", "Jane Doe", "mark")
CORPUS = Path(__file__).with_name("private_corpus.txt")
CASES = [
    tuple(part.strip() for part in line.split(" | "))
    for line in CORPUS.read_text(encoding="utf-8").split("\n")
    if line and not line.startswith("#")
]
TELLING = set("abcdefghijklmnopqrstuvwxyz0123456789")


@pytest.mark.parametrize(("secret", "sentence"), CASES)
def test_nothing_private_is_left(secret: str, sentence: str) -> None:
    assert secret in sentence
    shown = redact(sentence, PRIVATE)
    assert shown.masked
    left = set(shown.text.replace(MASK, " ").casefold().split())
    for part in secret.replace("\\", "/").replace("/", " ").split():
        assert part.casefold() not in left, shown.text
    assert secret.casefold() not in shown.text.replace(MASK, "").casefold()


@pytest.mark.parametrize(
    "sentence",
    [
        "Import what you use.",
        "Use `pathlib.Path` instead of os.path.join, and close files with a context manager.",
        "Don't return None where a list is expected; raise a ValueError.",
        "Keep the type annotations as they are: F401 and TS2339 come back otherwise.",
        "When you edit python, do not bring in E501.",
        "Use pytest fixtures and pydantic models, never global variables.",
        "Compare with `is None`, not with ==.",
        "Write read-only properties and/or frozen dataclasses.",
    ],
)
def test_plain_words_and_public_names_stay(sentence: str) -> None:
    assert redact(sentence, PRIVATE).text == sentence


@pytest.mark.parametrize("number", ["49 30 12 34 56 78", "12 12 19 80", "(49) 30 - 12 - 34"])
def test_a_long_number_in_pairs_is_masked(number: str) -> None:
    assert redact(f"Call {number} first.").text.endswith(f" {MASK} first.")
    assert not set("0123456789") & set(redact(f"Use {number}, and so on.").text)


def test_single_numbers_stay() -> None:
    sentence = "Use 2 spaces and 4 lines, 10 or 20 of them."
    assert redact(sentence).text == sentence


def test_a_plain_word_by_which_a_project_is_called_is_masked() -> None:
    assert redact("Keep the cart simple, and mark it.", PRIVATE).text.endswith(f"and {MASK} it.")
    assert redact("Keep code simple.", ["code"]).text == f"Keep {MASK} simple."


@given(st.lists(st.sampled_from([one for one, _ in CASES]), min_size=1, max_size=5))
def test_nothing_private_is_left_however_it_is_put_together(secrets: list[str]) -> None:
    shown = redact(" and ".join(secrets), PRIVATE)
    left = shown.text.replace(MASK, "").split()
    assert set(left) <= {"and"}


@given(st.text())
def test_any_text_becomes_one_line_of_known_words(text: str) -> None:
    shown = redact(text, PRIVATE)
    assert "\n" not in shown.text
    assert shown.masked <= shown.words
    again = redact(shown.text.replace(MASK, ""), PRIVATE)
    assert again.masked == 0


@given(st.from_regex(r"[a-z]{3,8}_[a-z]{3,8}|[a-z]{3,8}[A-Z][a-z]{9,12}", fullmatch=True))
def test_an_identifier_is_masked_unless_it_is_everybodys(name: str) -> None:
    from understudy.learning.public_names import is_public_code, is_public_name

    if not is_public_name(name) and not is_public_code(name):
        assert name not in redact(f"Call {name} first.").text


@pytest.mark.parametrize("category", list(FailureCategory))
def test_our_own_words_are_nothing_to_mask(category: FailureCategory) -> None:
    for code in ("", "F401", "TS2322", "E0425", "reportReturnType"):
        words = words_for(Trigger(category, code), Scope(language="python"))
        assert redact(words, PRIVATE).masked == 0, words


def test_names_are_read_from_the_project_and_the_users_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "zephyr"
    (root / ".git").mkdir(parents=True)
    (root / ".git" / "HEAD").write_text("ref: refs/heads/feature/new-checkout\n")
    (root / ".git" / "config").write_text(
        '[remote "origin"]\n\turl = git@example.org:acme/billing.git\n[user]\n\tname = Ada King\n'
    )
    monkeypatch.setenv("HOME", str(tmp_path / "jane"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "jane"))
    found = private_words([root])
    wanted = {"zephyr", "feature/new-checkout", "acme", "billing", "Ada", "King", "jane"}
    assert wanted <= found
    assert redact("Call the king.", found).text == f"Call the {MASK}".rstrip(".")
