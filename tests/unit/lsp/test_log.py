"""The server's log."""

from __future__ import annotations

import logging

import pytest

from tests.unit.workspace.planted_secrets import TOKENS
from understudy.lsp.serve import Redacting


@pytest.mark.parametrize("token", [token for _, token in TOKENS])
def test_a_secret_never_reaches_the_log(token: str) -> None:
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "said %s", (token,), None)
    line = Redacting("%(message)s").format(record)
    assert token not in line
    assert line.startswith("said <secret:")
