"""One VS Code for many scenarios: in one window for all of them, or in a window of their own."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tests.e2e.modelled import GOOD, KEY, configuration
from tests.editors.vscode_build import find_build
from tests.editors.vscode_cases import folder_with
from tests.editors.vscode_editor import OWN_PROGRAMS, paths, running
from tests.providers.asked import Traits
from tests.providers.scripted import ServerInThread

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.editors.vscode_editor import VsCode


class Desk:
    """An editor, and two models behind the offline one.

    Attributes:
        out: what the scenario in hand leaves lies in it.
        shop: the folder that its window shows.
    """

    def __init__(self, code: VsCode, provider: ServerInThread, shared: Path) -> None:
        self.code, self.provider = code, provider
        self.out = self.shop = shared
        self._shared = shared
        self._is_shared = False

    def share(self, out: Path, **files: str) -> None:
        """Go on in the window that scenarios share, with these Python files in its folder."""
        if not self._is_shared:
            self._renew()
        self._is_shared = True
        self._begin(out, self._shared, files)

    def begin(self, out: Path, **files: str) -> None:
        """Begin in a new window and a folder of these Python files, with nothing known yet."""
        self._renew()
        self._is_shared = False
        self._begin(out, out / "shop", files)

    def play(self, scenario: str, **more: str) -> Any:
        """Play a scenario; gives what it saw."""
        given = {"FOLDER": str(self.shop), "KEY": KEY, **more}
        return self.code.play(scenario, self.out, **given)

    def configure(self, more: str = "") -> None:
        """Write the user's settings. Answers to other scenarios are not taken for those of this one."""
        own = f"[cascade]\nhedge = false\n[cache]\nreplies = false\n{more}"
        configuration(self.code.home, self.provider, "openai", own)

    @contextmanager
    def files(self, place: str, **texts: str) -> Iterator[None]:
        """More files in the window's folder, in a folder of their own, which goes again."""
        folder = self.shop / place
        folder.mkdir(parents=True)
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
        try:
            yield
        finally:
            shutil.rmtree(self.shop / place.partition("/")[0])

    def _renew(self) -> None:
        self.code.renew()
        self.configure()

    def _begin(self, out: Path, shop: Path, files: dict[str, str]) -> None:
        self.provider.server.scripts = {"one:7b": [GOOD], "two": [GOOD]}
        self.out, self.shop = out, folder_with(shop, **files)


@contextmanager
def desk_in(folder: Path) -> Iterator[Desk]:
    """An editor in this folder."""
    (folder / "shared").mkdir()
    traits = {name: Traits(key=KEY) for name in ("one:7b", "two")}
    with (
        running(find_build(), folder / "code", paths(OWN_PROGRAMS)) as code,
        ServerInThread({}, traits=traits) as provider,
    ):
        yield Desk(code, provider, folder / "shared")
