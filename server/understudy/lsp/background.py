"""What the server opens after `initialize`, off the loop: settings, trust, journal."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.lsp.fragment_documents import look_at_all_fragments
from understudy.lsp.options import fetch_section
from understudy.lsp.refitting import refit_when_idle
from understudy.lsp.texts_notice import offer_purge
from understudy.lsp.warming import quiet_collector, remove_leftovers, warm_up

if TYPE_CHECKING:
    from understudy.config.settings import Settings
    from understudy.config.stamps import Stamps
    from understudy.engine.reach import Reach
    from understudy.engine.setup import Setup
    from understudy.engine.team_database import Pusher
    from understudy.journal.breaker_rows import Pause
    from understudy.journal.gate_refit import Refit
    from understudy.journal.labels import Kind
    from understudy.journal.store import Journal
    from understudy.lsp.app import App
    from understudy.lsp.session import EditorSays

log = logging.getLogger("understudy.lsp")

_PAUSE_S = 0.25


class Background:
    """Opened things, and the wait until they are open.

    Attributes:
        settled: set once settings and trust of all roots are known. Jobs wait for it.
        journal: None until opened.
        reach: the way to models over the network; None until settings are known.
        pauses: models that were left alone when that was last looked up.
    """

    def __init__(self, app: App) -> None:
        self._app = app
        self._loop = asyncio.get_running_loop()
        self.settled = asyncio.Event()
        self._hurry = asyncio.Event()
        self.journal: Journal | None = None
        self.reach: Reach | None = None
        self._pusher: Pusher | None = None
        self._reading = asyncio.Lock()
        self.pauses: tuple[Pause, ...] = ()
        self._read: Stamps = ()
        self._ways_read: list[object] | None = None
        self._noticed = ""
        self._told: set[str] = set()

    async def start(self) -> None:
        """Import what is heavy, read the settings, open the journal."""
        # Asked first: the client answers while we import.
        fetching = asyncio.ensure_future(fetch_section(self._app))
        try:
            # The first messages are answered first: imports would compete with them.
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._hurry.wait(), _PAUSE_S)
            await asyncio.to_thread(warm_up)
            await fetching
            await self.read_settings()
            self.settled.set()
            self._app.speculation.settled()
            self._app.indexing.follow()
            quiet_collector()
            await asyncio.to_thread(remove_leftovers)
            for root in tuple(self._app.session.roots):
                await self._app.aftermath.watching.take_up(root)
            self._app.spawn(refit_when_idle(self._app), "gate")
        finally:
            fetching.cancel()
            # Whatever went wrong, jobs must not wait for ever: they get defaults, and run no tool.
            self.settled.set()

    async def until_settled(self) -> None:
        """Wait until settings and trust are known, and have that begin at once."""
        self._hurry.set()
        await self.settled.wait()

    async def read_settings(self) -> None:
        """Resolve the settings and the trust of every root anew; tell what is wrong with them.

        One reading at a time: an older one that ends later would bring back what it began with.
        """
        async with self._reading:
            await self._read_settings()

    async def keep_up(self) -> None:
        """Read the settings and the trust again if another program changed one of their files."""
        from understudy.config.stamps import stamps

        # The first reading waits for the client's own settings, and must not be overtaken.
        await self.settled.wait()
        async with self._reading:
            roots = tuple(self._app.session.roots)
            fresh = await asyncio.to_thread(stamps, roots)
            if fresh != self._read or await asyncio.to_thread(self._ways) != self._ways_read:
                await self._read_settings()

    async def _read_settings(self) -> None:
        session = self._app.session
        roots = tuple(session.roots)
        self._read, setups = await asyncio.to_thread(_set_up_all, roots, session.editor_says())
        session.settings = {root: setup.settings for root, setup in setups.items()}
        session.policies = {root: setup.policy for root, setup in setups.items()}
        self._open_journal()
        self._app.indexing.follow()
        look_at_all_fragments(self._app)
        await self._open_reach()
        if session.client.status:
            self._app.status.changed()
        self._tell({one.message for setup in setups.values() for one in setup.problems})

    def _tell(self, problems: set[str]) -> None:
        """One message for everything that is newly wrong; the log has each sentence."""
        fresh = sorted(problems - self._told)
        self._told = problems
        if not fresh:
            return
        more = f" ({len(fresh) - 1} more in the log.)" if len(fresh) > 1 else ""
        self._app.say(fresh[0] + more, warning=True)
        for text in fresh:
            self._app.write_log(text)

    def _open_journal(self) -> None:
        from understudy.engine.recording import open_journal

        settings = self._app.session.settings_for(None)
        if self.journal is None:
            self.journal = open_journal(settings)
            self.journal.start()
        if self.journal.follow(settings):
            self._app.spawn(offer_purge(self._app, settings.journal.content), "texts")
        self._follow_team(settings)

    def _follow_team(self, settings: Settings) -> None:
        """Have runs copied to a team's database; nothing is imported for it where none is set."""
        if self._pusher is None and settings.journal.postgres:
            from understudy.engine.team_database import Pusher

            self._pusher = Pusher(self._warn)
        if self._pusher is not None:
            self._pusher.follow(settings)

    async def _open_reach(self) -> None:
        from understudy.engine.reach import open_reach

        settings = self._app.session.settings_for(None)
        if self.reach is None:
            self.reach = open_reach(settings, self, self._warn)
            self.reach.tell = partial(self._warn, warning=False)
        await asyncio.to_thread(self._follow, self.reach, settings)
        await self.look_at_pauses()
        self._app.spawn(self._prepare(self.reach), "models")

    def _follow(self, reach: Reach, settings: Settings) -> None:
        """Have what is open follow the settings."""
        from understudy.config.paths import journal_file
        from understudy.wire.keys import forget

        reach.ledger.cooldown_s = settings.cascade.cooldown_seconds
        reach.ledger.use(journal_file() if settings.journal.enabled else None)
        reach.caches.resize(settings.cache)
        ways = self._ways()
        if self._ways_read is not None and ways != self._ways_read:
            # What failed at another address, or with another key, says nothing any more.
            reach.ledger.forgive()
            forget()
        self._ways_read = ways

    async def forgive(self) -> None:
        """Have all models asked again: a key is another one now."""
        if self.reach is not None:
            await asyncio.to_thread(self.reach.ledger.forgive)
        await self.look_at_pauses()

    async def look_at_pauses(self) -> None:
        """Look up anew which models are left alone."""
        if self.reach is not None:
            self.pauses = await asyncio.to_thread(self.reach.ledger.pauses)

    def _ways(self) -> list[object]:
        """By what addresses and with what keys models are asked, as far as that can be seen."""
        from understudy.config.stamps import stamp
        from understudy.wire.keys import parse_reference

        found: list[object] = []
        for settings in tuple(self._app.session.settings.values()):
            found += (settings.network, sorted(settings.providers.items(), key=itemgetter(0)))
            keys = (parse_reference(own.key) for own in settings.providers.values())
            found += (stamp(Path(key.place)) for key in keys if key and key.kind == "file")
        return found

    async def _prepare(self, reach: Reach) -> None:
        """Ask local servers for their models, and load what the first question would wait for.

        Nothing is asked for a folder that the user does not trust.
        """
        from understudy.engine.discovery import refresh_local
        from understudy.models.registry import known_models

        session = self._app.session
        wanted = False
        for root, settings in tuple(session.settings.items()):
            if not session.policy_for(root).may_ask_models:
                continue
            if settings.providers:
                await refresh_local(settings)
            known = await asyncio.to_thread(known_models, settings)
            wanted |= any(model.locality != "built-in" for model in known.values())
        if wanted:
            await reach.prepare()

    def _warn(self, text: str, *, warning: bool = True) -> None:
        """Tell about a budget, or what else is worth knowing; called from a thread."""
        self._loop.call_soon_threadsafe(lambda: self._app.say(text, warning=warning))

    def record(self, row: object) -> None:
        """Take a row of the journal; lost only while the journal is off."""
        if self.journal is None:
            return
        self.journal.record(row)
        notice = self.journal.notice
        if notice and notice != self._noticed:
            self._noticed = notice
            self._app.say(notice, warning=True)

    def kept(self, kind: Kind) -> tuple[float, int]:
        """What became of earlier edits of one kind."""
        return (0, 0) if self.journal is None else self.journal.history.kept(kind)

    def lean(self, kind: Kind) -> float:
        """By how much edits of a kind turn out better than their scores said."""
        return 0.0 if self.journal is None else self.journal.history.lean(kind)

    def labels(self, stratum: str) -> tuple[float, ...]:
        """How right the latest edits of a stratum were."""
        return () if self.journal is None else self.journal.history.labels(stratum)

    def refit(self) -> Refit | None:
        """What coefficients of the gate were refitted to what became of edits."""
        return None if self.journal is None else self.journal.history.refit()

    async def close(self) -> None:
        """End the checkers' children and write the journal's last rows."""
        from understudy.engine.checking import close_checkers

        try:
            async with asyncio.timeout(1.0):
                await close_checkers()
        except TimeoutError:
            log.warning("A checker did not end in time.")
        if self.reach is not None:
            await self.reach.close()
        if self.journal is not None:
            await asyncio.to_thread(self.journal.close, 1.0)
        if self._pusher is not None:
            await asyncio.to_thread(self._pusher.close)


def open_background(app: App) -> None:
    """Begin to open everything, once. Some clients never say `initialized`."""
    if app.background is None:
        app.background = Background(app)
        app.spawn(app.background.start(), "background")


def _set_up_all(
    roots: tuple[Path, ...], said: EditorSays
) -> tuple[Stamps, dict[Path | None, Setup]]:
    """What counts in each folder, and outside all; with the stamps of the files from before that."""
    from understudy.config.stamps import stamps

    before = stamps(roots)
    return before, {root: said.set_up(root) for root in (None, *roots)}
