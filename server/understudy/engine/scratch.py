"""A folder of our own in which a text that belongs to no workspace can be checked."""

from __future__ import annotations

import contextlib
import json
import re
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.config.policy import Policy, Trust
from understudy.languages import all_languages, language_of
from understudy.workspace.paths import inside
from understudy.workspace.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator

_PROJECTS = {
    "go": {"go.mod": "module scratch\n\ngo 1.21\n"},
    "rust": {"Cargo.toml": '[package]\nname = "scratch"\nversion = "0.0.0"\nedition = "2021"\n'},
    "typescript": {"tsconfig.json": '{"compilerOptions": {"strict": true, "noEmit": true}}\n'},
}
"""What tools want to find beside a text, as little as they make do with."""
_USUAL = {"rust": "src/lib.rs", "java": "Main.java"}
_CARGO = "Cargo.toml"
_USUAL_CRATES = frozenset({"src/lib.rs", "src/main.rs"})
_MAIN = re.compile(r"^[ \t]*(?:pub[ \t]+)?(?:async[ \t]+)?fn[ \t]+main[ \t]*\(", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Scratch:
    """A folder in which outside tools look at a text, and nothing that is written there is run."""

    folder: Path

    @contextmanager
    def holding(self, text: str, language: str, path: str = "") -> Iterator[View]:
        """A view of a text; it stands on disk as well while the block runs, for the tools' sake.

        Args:
            text: the document.
            language: an LSP language id.
            path: below a workspace folder; empty for a usual name. Nothing is written outside.
        """
        root = self.folder / (language.replace("/", "_") or "text")
        root.mkdir(exist_ok=True)
        path = path or _usual(language, text)
        place = root / path
        # A text under another name could be what a tool reads before it starts.
        is_other = language in all_languages() and language_of(place, text) != language
        if not inside(place, root) or is_other:
            yield self._view(text, language, place, root)
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        for name, content in _project(language, path, text).items():
            (root / name).write_text(content, encoding="utf-8")
        place.write_text(text, encoding="utf-8", errors="surrogatepass", newline="")
        try:
            yield self._view(text, language, place, root)
        finally:
            with contextlib.suppress(OSError):
                place.unlink()

    def _view(self, text: str, language: str, place: Path, root: Path) -> View:
        policy = Policy(Trust.RESTRICTED)
        uri = place.absolute().as_uri()
        return View(uri, text, policy, version=1, language=language, path=place, root=root)


@contextmanager
def scratch() -> Iterator[Scratch]:
    """A folder that is gone when the block ends."""
    with tempfile.TemporaryDirectory(prefix="understudy-", ignore_cleanup_errors=True) as folder:
        yield Scratch(Path(folder).resolve())


def _usual(language: str, text: str) -> str:
    if language == "rust" and _MAIN.search(text):
        return "src/main.rs"
    if language in _USUAL:
        return _USUAL[language]
    known = all_languages().get(language)
    return f"sample{min(known.suffixes, key=len)}" if known and known.suffixes else "sample.txt"


def _project(language: str, path: str, text: str) -> dict[str, str]:
    """The files beside a text, by their names. Cargo looks for crates in their usual places alone."""
    files = _PROJECTS.get(language, {})
    if language != "rust" or path in _USUAL_CRATES:
        return files
    kind = '[[bin]]\nname = "scratch"' if _MAIN.search(text) else "[lib]"
    return {_CARGO: f"{files[_CARGO]}\n{kind}\npath = {json.dumps(path)}\n"}
