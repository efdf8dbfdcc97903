"""Names of repositories: nothing else ever reaches git or gh."""

from __future__ import annotations

import pytest

from understudy.core.failures import BadRequestError
from understudy.learning.ways_out import way_out


@pytest.mark.parametrize(
    ("upstream", "fork"),
    [
        ("", "me/lessons"),
        ("lessons", "me/lessons"),
        ("--upload-pack=sh/x", "me/lessons"),
        ("others/--x", "me/lessons"),
        ("others/lessons; rm", "me/lessons"),
        ("others/..", "me/lessons"),
        ("others/lessons", "others/lessons"),
        ("others/lessons", "https://github.com/Others/Lessons"),
        ("others/lessons", "https://ada:secret@example.org/me/lessons.git"),
        ("others/lessons", "ext::sh -c evil% me/lessons"),
        ("others/lessons", "--exec=sh/me/lessons"),
        ("others/lessons", "-oProxyCommand=sh@example.org:me/lessons"),
        ("others/lessons", "file:///srv/../etc/me/lessons"),
        ("others/lessons", "https://example.org/me/lessons\nx"),
    ],
)
def test_what_is_no_name_goes_to_no_program(upstream: str, fork: str) -> None:
    with pytest.raises(BadRequestError):
        way_out(upstream, fork)


@pytest.mark.parametrize(
    "fork",
    [
        *("me/lessons", "https://example.org/me/lessons.git", "git@example.org:me/lessons.git"),
        *("ssh://git@example.org:22/me/lessons", "file:///srv/git/me/lessons.git"),
    ],
)
def test_a_fork_is_a_name_or_an_address(fork: str) -> None:
    assert way_out("others/lessons", fork).owner == "me"
