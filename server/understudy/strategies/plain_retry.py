"""The question as it was, with the failed attempt and why it did not do. All others are compared with it."""

from __future__ import annotations

from understudy.strategies import PLAIN, Change, Strategy

STRATEGY = Strategy(id=PLAIN, change=Change())
