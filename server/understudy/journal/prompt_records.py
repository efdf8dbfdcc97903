"""Rows about what the prompt of a call was made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CallFragment:
    """A fragment that a call's prompt was made of.

    Attributes:
        call_id: of the `Call`, recorded before.
        fragment: its id.
        version: as its author counts.
        layer: `built-in`, `workspace` or `user`.
    """

    call_id: str
    fragment: str
    version: int
    layer: str


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
