"""A real PostgreSQL server for the tests that need one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.postgres_server import MISSING, Server, running
from understudy.journal.postgres import Database

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    with running() as server:
        if server is None:
            pytest.skip(MISSING)
        yield server


@pytest.fixture
def team(postgres_server: Server) -> Database:
    """A new, empty database."""
    return Database(postgres_server.database())
