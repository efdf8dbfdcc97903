from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.workspace.planted_secrets import KEY_BODY, TOKENS, armour
from understudy.workspace import secrets
from understudy.workspace.secrets import (
    Masks,
    find_masks,
    find_scraps,
    find_secrets,
    mask,
    mask_all,
    remember_secret,
    unmask,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_WITH_SECRETS = st.lists(
    st.one_of(
        st.text(max_size=20),
        st.sampled_from([token for _, token in TOKENS]),
        st.sampled_from(
            [
                "<secret:aws:",
                "ab12>",
                "<secret:github:0000>",
                armour("PRIVATE KEY", KEY_BODY),
                "\n",
                '"',
            ]
        ),
    )
).map("".join)


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(secrets, "_remembered", {})
    return iter(())


@given(_WITH_SECRETS)
def test_what_is_masked_comes_back_unchanged(text: str) -> None:
    masked = mask(text)
    assert unmask(masked.text, masked.replacements) == text


@given(_WITH_SECRETS)
def test_no_found_secret_stays_in_a_masked_text(text: str) -> None:
    masked = mask(text)
    assert set(masked.replacements) <= set(find_masks(masked.text))
    spans = [secret.span for secret in find_secrets(text)]
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert {span.of(text) for span in spans} == set(masked.replacements.values())


def test_a_secret_has_the_same_mask_in_every_text() -> None:
    token = TOKENS[0][1]
    first = mask(f"a = {token}; b = {token}")
    (name,) = first.replacements
    assert first.text == f"a = {name}; b = {name}"
    assert mask(f"other {token}").text == f"other {name}"
    assert name.startswith("<secret:aws:")
    assert len(name) == len("<secret:aws:ab12>")


def test_a_mask_that_the_text_already_holds_is_not_given_out() -> None:
    token = TOKENS[0][1]
    (name,) = mask(token).replacements
    text = f"{name} {token}"
    masked = mask(text)
    assert name not in masked.replacements
    assert unmask(masked.text, masked.replacements) == text


def test_masks_that_nobody_knows_stay_visible() -> None:
    assert unmask("x <secret:aws:ab12> y", {}) == "x <secret:aws:ab12> y"
    assert find_masks("x <secret:aws:ab12> y") == ("<secret:aws:ab12>",)
    assert find_masks("nothing <secret:") == ()


@pytest.mark.parametrize(
    "piece",
    [
        "ey" + "J",
        "eyJaaaaaaaaaaaa.",
        "-----BEGIN " + "PRIVATE KEY-----",
        "-----",
        "a://b:",
        "a:b@",
        "://",
        "sk-",
        "ghp_",
        "x.",
        "SG.",
        "1:AA",
        "dapi",
        "\\n",
        TOKENS[0][1] + " ",
        "<secret:",
    ],
)
@pytest.mark.timeout(20)
def test_long_hostile_text_is_read_in_linear_time(piece: str) -> None:
    # Anything worse than linear takes hours for this length, so the time-out is the assertion.
    masked = mask(piece * 40_000)
    assert unmask(masked.text, masked.replacements) == piece * 40_000


@pytest.mark.usefixtures("fresh")
def test_a_remembered_secret_is_masked_wherever_it_stands() -> None:
    text = "xplain-words-ab plain-words-a"
    assert find_secrets(text) == ()
    remember_secret("plain-words-a")
    masked = mask(text)
    assert "plain-words-a" not in masked.text
    assert unmask(masked.text, masked.replacements) == text


@pytest.mark.usefixtures("fresh")
def test_what_is_as_short_as_a_word_is_not_remembered() -> None:
    remember_secret("")
    remember_secret("ollama")
    assert mask("import ollama").text == "import ollama"


@pytest.mark.usefixtures("fresh")
def test_of_secrets_that_overlap_nothing_is_left() -> None:
    token = TOKENS[2][1]
    remember_secret("planted-key-0123")
    text = f"{token}planted-key-0123 x"
    masked = mask(text)
    assert find_masks(masked.text) == (masked.text.removesuffix(" x"),)
    assert unmask(masked.text, masked.replacements) == text


def test_texts_that_are_read_together_share_their_masks() -> None:
    token = TOKENS[0][1]
    (name,) = mask(token).replacements
    (first, second), masks = mask_all((f"a {token}", f"{name} {token}"))
    assert name not in masks
    assert first == f"a {next(iter(masks))}"
    assert unmask(second, masks) == f"{name} {token}"


def test_a_mask_that_was_spoken_of_is_still_the_secrets() -> None:
    token, masks = TOKENS[0][1], Masks()
    (before,), known = masks.mask_all((f"a {token}",))
    (name,) = known
    (after, spoken), again = masks.mask_all((f"a {token}", f"leaves out {name}"))
    assert after == before
    assert again == known
    assert spoken == f"leaves out {name}"


def test_a_part_has_the_masks_that_the_whole_document_has() -> None:
    token = TOKENS[0][1]
    (name,) = mask(token).replacements
    part = f"a {token}\n"
    document = f"{part}b {name}\n"
    (whole,), _ = mask_all((document,), document)
    (alone,), _ = mask_all((part,), document)
    assert whole.startswith(alone)
    assert name not in alone.split()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_part_of_a_private_key_is_masked_when_the_whole_is_known(end: str) -> None:
    body = KEY_BODY.replace("\n", end) + end + "c2hvcnQgbGFzdCBsaW5l"
    whole = f'KEY = """{armour("PRIVATE KEY", body, end)}"""{end}x = 1{end}'
    tail = "\n".join([*body.split(end)[2:], "-----END PRIVATE KEY-----"])
    (shown,), masks = mask_all((tail,), whole)
    assert not any(line in shown for line in body.split(end))
    assert unmask(shown, masks) == tail
    assert mask(tail).text == tail, "alone, it could be anything"


@pytest.mark.parametrize(
    "text", ["secret:aws:ab12", "<secret:aws:ab", "<SECRET:aws:AB12>", "a <secret:…> b"]
)
def test_damaged_masks_are_found_and_whole_ones_are_none(text: str) -> None:
    assert find_scraps(text)
    assert not find_scraps("x <secret:aws:ab12> secret: x")
