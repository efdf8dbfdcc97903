"""All fragments that count in a place: the built-in ones, the user's, and a trusted workspace's.

One that is broken, by itself or beside the others, is replaced by its last good version, and else by
what lies below it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.config.paths import config_folder
from understudy.config.policy import Trust
from understudy.prompt.fragment import LAYERS, MOST_CHARACTERS, Fragment, read_fragment
from understudy.prompt.soundness import errors_of
from understudy.prompt.written_files import Folders, Form
from understudy.workspace.paths import OWN_FOLDER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.prompt.fragment import Layer
    from understudy.prompt.trouble import Trouble
    from understudy.prompt.written_files import Folder
    from understudy.workspace.view import View

BUILT_IN = Path(__file__).parent.parent / "fragments"
FOLDER = "fragments"
ENDINGS = (".md", ".hbs", ".handlebars")


@dataclass(frozen=True, slots=True)
class Library:
    """Fragments by their id.

    Attributes:
        by_id: all with that id, the one that counts first; of each layer one.
        troubles: what is wrong, with the path of the file.
        doubles: those whose id another file of their layer has, which counts.
    """

    by_id: Mapping[str, tuple[Fragment, ...]]
    troubles: tuple[tuple[str, Trouble], ...] = ()
    doubles: tuple[Fragment, ...] = ()

    def find(self, id_: str) -> Fragment | None:
        """The fragment that counts."""
        found = self.by_id.get(id_)
        return found[0] if found else None

    def all(self) -> tuple[Fragment, ...]:
        """Those that count, by their ids."""
        return tuple(self.by_id[id_][0] for id_ in sorted(self.by_id))

    def within(self, layer: Layer, id_: str) -> Fragment | None:
        """The fragment of a layer with that id."""
        return next((one for one in self.by_id.get(id_, ()) if one.layer == layer), None)

    def below(self, fragment: Fragment) -> Fragment | None:
        """The one that would count without this one."""
        found = self.by_id.get(fragment.id, ())
        place = next((n for n, one in enumerate(found) if one.layer == fragment.layer), len(found))
        return found[place + 1] if place + 1 < len(found) else None

    def with_fragment(self, fragment: Fragment) -> Library:
        """The library in which a file holds this fragment instead, as an editor does."""
        known = (*(one for many in self.by_id.values() for one in many), *self.doubles)
        kept = [
            one for one in known if not (one.layer == fragment.layer and one.path == fragment.path)
        ]
        return library_of([*kept, fragment], self.troubles)


def library_of(
    fragments: list[Fragment], troubles: tuple[tuple[str, Trouble], ...] = ()
) -> Library:
    """Fragments put over each other by their layers; of two in one layer the first file counts."""
    by_id: dict[str, tuple[Fragment, ...]] = {}
    doubles: list[Fragment] = []
    for layer in reversed(LAYERS):
        for one in sorted((one for one in fragments if one.layer == layer), key=_by_path):
            known = by_id.get(one.id, ())
            if not known or known[-1].layer != layer:
                by_id[one.id] = (*known, one)
            else:
                doubles.append(one)
    return Library(by_id, troubles, tuple(doubles))


def _by_path(fragment: Fragment) -> str:
    return fragment.path


def user_folder() -> Path:
    """Where the user's own fragments lie."""
    return config_folder() / FOLDER


def workspace_folder(root: Path) -> Path:
    """Where a workspace's fragments lie."""
    return root / OWN_FOLDER / FOLDER


def layer_of(path: Path, root: Path | None) -> Layer | None:
    """The layer of a file by where it lies; None for one that is no fragment."""
    if path.suffix not in ENDINGS:
        return None
    if path.parent == user_folder():
        return "user"
    if root is not None and path.parent == workspace_folder(root):
        return "workspace"
    return "built-in" if path.parent == BUILT_IN else None


def load_library(root: Path | None) -> Library:
    """The fragments that prompts are made of. May block: a folder's files are looked at each time.

    Args:
        root: a workspace folder that is trusted; None leaves the workspace's out.
    """
    folders = _written_in(root)
    by_path = {one.path: one for folder in folders for one in folder.values()}
    found = _settled(by_path, {path: one for each in folders for path, one in each.sound.items()})
    sound = {one.path: one for many in found.by_id.values() for one in many}
    for folder in folders:
        folder.keep_sound(sound)
    told = tuple(trouble for folder in folders for trouble in folder.troubles())
    unread = {path for path, trouble in told if trouble.severity == "error"}
    more = tuple(one for one in found.troubles if one[0] not in unread)
    return replace(found, troubles=(*told, *more))


def written_library(root: Path | None) -> Library:
    """All fragments as they are written, whether or not they fit together: for whoever edits them.

    May block.
    """
    folders = _written_in(root)
    fragments = [one for folder in folders for one in folder.values()]
    troubles = tuple(trouble for folder in folders for trouble in folder.troubles())
    return library_of([*_built_in(), *fragments], troubles)


def _built_in() -> list[Fragment]:
    return _folders.at(BUILT_IN, "built-in").values()


def _written_in(root: Path | None) -> list[Folder[Fragment, Layer]]:
    """The folders that people write in."""
    folders = [_folders.at(user_folder(), "user")]
    if root is not None:
        folders.append(_folders.at(workspace_folder(root), "workspace", root))
    return folders


def _settled(written: Mapping[str, Fragment], sound: Mapping[str, Fragment]) -> Library:
    """The fragments that fit together, with what is wrong with the others, by path.

    Args:
        written: each file's fragment as it is now, by path.
        sound: the versions that take the place of those that do not fit.
    """
    built_in, taken, left = _built_in(), dict(written), dict(sound)
    wrong: dict[str, tuple[Trouble, ...]] = {}
    while True:
        library = library_of([*built_in, *taken.values()])
        errors = {path: errors_of(one, library.find) for path, one in taken.items()}
        broken = [path for path, found in errors.items() if found]
        if not broken:
            break
        # A file that changed is likelier at fault than what it no longer fits to.
        changed = [path for path in broken if path in left and left[path].text != taken[path].text]
        for path in changed or broken:
            wrong.setdefault(path, errors[path])
            if path in changed:
                taken[path] = left.pop(path)
            else:
                del taken[path]
    return replace(library, troubles=tuple((path, one) for path in wrong for one in wrong[path]))


def library_for(view: View) -> Library:
    """The fragments that count for a document."""
    return load_library(view.root if view.policy.trust is Trust.TRUSTED else None)


def _read(
    text: str, name: str, layer: Layer, path: str, /
) -> tuple[Fragment | None, tuple[Trouble, ...]]:
    reading = read_fragment(text, name, layer, path)
    return reading.fragment, reading.troubles


_folders: Folders[Fragment, Layer] = Folders(Form(ENDINGS, MOST_CHARACTERS, _read))
