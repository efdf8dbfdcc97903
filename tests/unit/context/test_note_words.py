"""Comments that only promise, and documentation that repeats a name."""

from __future__ import annotations

import pytest

from understudy.context.note_words import is_to_do, says_nothing

PROMISES = [
    *("# TODO", "// TODO: implement validation here", '"""TODO: document this."""', "/* FIXME */"),
    *(
        "# Implementation goes here",
        "# Your code here",
        "// Add error handling here",
        "# XXX later",
    ),
    *("/**\n * TODO: describe.\n */", "# placeholder", "/// Document this."),
]
SAYS = [
    *("# Half of a count, rounded down.", "// Adds here what is missing elsewhere, in cents."),
    *("# The validation of prices is that of the shop.", '"""Write a file atomically."""'),
    '"""Half of a count.\n\n    TODO: negative ones.\n    """',
]


@pytest.mark.parametrize("note", PROMISES)
def test_a_note_that_only_promises_is_told(note: str) -> None:
    assert is_to_do(note)
    assert says_nothing(note, ())


@pytest.mark.parametrize("note", SAYS)
def test_a_note_that_says_something_is_none(note: str) -> None:
    assert not is_to_do(note)
    assert not says_nothing(note, {"half", "validate"})


@pytest.mark.parametrize(
    "note", ["", "#", '""" """', '"""half."""', "// The half function.", "/** getUser */", "# ---"]
)
def test_a_name_alone_says_nothing(note: str) -> None:
    assert says_nothing(note, {"half", "getUser"})
