"""Rows about what the prompt of a call was made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CallFragments:
    """The fragments that a call's prompt was made of.

    Attributes:
        call_id: of the `Call`, recorded before.
        fragments: the id of each, its version as its author counts, and its layer: `built-in`,
            `workspace` or `user`.
    """

    call_id: str
    fragments: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True, slots=True)
class CallSpan:
    """A piece of the workspace that a call's prompt showed.

    Attributes:
        call_id: of the `Call`, recorded before.
        path: below the workspace's folder.
        first: its first line, counted from 1; `last` is its last one.
        tier: why it was there, in the large.
        form: in how much detail: `mention`, `signature`, `skeleton` or `full`.
        tokens: how many it took, as they were counted.
    """

    call_id: str
    path: str
    first: int
    last: int
    tier: str
    form: str
    tokens: int


@dataclass(frozen=True, slots=True)
class CallLesson:
    """A lesson that counted for a call.

    Attributes:
        call_id: of the `Call`, recorded before.
        lesson: a digest of what makes two lessons the same.
        digest: of its remedy.
        role: `in`, or `held_out` where it was left out to see how it goes without.
        revision: the version of the model, as ten hexadecimal digits.
    """

    call_id: str
    lesson: str
    digest: str
    role: str
    revision: str
