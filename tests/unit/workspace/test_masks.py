from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.workspace.planted_secrets import KEY_BODY, TOKENS, armour
from understudy.workspace.secrets import find_masks, find_secrets, mask, unmask

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
