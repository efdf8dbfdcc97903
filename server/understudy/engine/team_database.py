"""The database of a team: its address with the password in it, and copying to it in the background."""

from __future__ import annotations

import asyncio
import logging
import re
import threading
from typing import TYPE_CHECKING
from urllib.parse import quote

from understudy.config.paths import journal_file
from understudy.core.failures import BadRequestError
from understudy.journal.copying import Terms
from understudy.journal.postgres import Database
from understudy.journal.pushing import Pushing, push
from understudy.wire.keys import resolve

if TYPE_CHECKING:
    from collections.abc import Callable

    from understudy.config.settings import JournalSettings, Settings

log = logging.getLogger("understudy.engine")

TEAM = "team"
"""Stands for the database of the settings."""
EVERY_S = 300.0
_FIRST_S = 30.0
_CLOSE_S = 0.5
_REFERENCE = re.compile(r"\{(?:env|file|keyring|command):[^{}]+\}")


def team_database(address: str, settings: Settings) -> Database:
    """The database at an address, or that of the settings where it is `team`. May take seconds.

    Raises:
        BadRequestError: no database is set.
        UnavailableError: its password can't be had.
    """
    address = settings.journal.postgres if address == TEAM else address
    if not address:
        raise BadRequestError("`journal.postgres` names no database. Set it, or name one here.")
    return Database(asyncio.run(_with_password(address)))


def terms_of(settings: JournalSettings) -> Terms:
    """What may be copied."""
    return Terms(settings.owner, settings.postgres_content)


async def _with_password(address: str) -> str:
    """The address, each reference in it replaced by what it stands for."""
    found = _REFERENCE.search(address)
    if found is None:
        return address
    secret = await resolve(found[0])
    if found[0] == address.strip():
        return secret
    is_uri = address.startswith(("postgres://", "postgresql://"))
    escaped = secret.replace("\\", "\\\\").replace("'", "\\'")
    written = quote(secret, safe="") if is_uri else f"'{escaped}'"
    return address[: found.start()] + written + address[found.end() :]


class Pusher:
    """Copies runs every few minutes, from a thread of its own, while settings name a database.

    The thread starts with the first such settings. A database that does not answer is told of once,
    and asked again the next time.
    """

    def __init__(self, say: Callable[[str], None], every_s: float = EVERY_S) -> None:
        self._say = say
        self._every_s = every_s
        self._settings: Settings | None = None
        self._wake = threading.Event()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        self._told = ""

    def follow(self, settings: Settings) -> None:
        """Do as settings say from now on. Never waits."""
        before, self._settings = self._settings, settings
        wanted = _wants(settings)
        if before is not None and before.journal != settings.journal:
            self._told = ""
            self._wake.set()
        if wanted and self._thread is None and not self._closing.is_set():
            self._thread = threading.Thread(target=self._run, name="team", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Stop between two batches. What is left is copied the next time."""
        self._closing.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(_CLOSE_S)

    def _run(self) -> None:
        wait_s = min(_FIRST_S, self._every_s)
        while not self._closing.is_set():
            self._wake.wait(wait_s)
            self._wake.clear()
            wait_s = self._every_s
            settings = self._settings
            if settings is not None and _wants(settings) and not self._closing.is_set():
                self._push(settings)

    def _push(self, settings: Settings) -> None:
        try:
            database = team_database(TEAM, settings)
            terms = terms_of(settings.journal)
            push(Pushing(journal_file(), database, terms, lambda: self._stops(settings)))
        except Exception as error:  # noqa: BLE001 - the door of the thread: told once, and tried again
            self._tell(f"Runs could not be copied to the team's database; later again. {error}")
        else:
            self._told = ""

    def _stops(self, settings: Settings) -> bool:
        now = self._settings
        return self._closing.is_set() or now is None or now.journal != settings.journal

    def _tell(self, text: str) -> None:
        log.warning("%s", text)
        if not self._told and not self._closing.is_set():
            self._told = text
            self._say(text)


def _wants(settings: Settings) -> bool:
    return bool(settings.journal.postgres) and settings.journal.enabled
