"""How the tests of a file are run: the usual runner of its language, or the user's own command."""

from __future__ import annotations

import json
import os
import shlex
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.config.settings import CheckerSettings
from understudy.core.failures import UnavailableError
from understudy.core.plain_files import read_plain
from understudy.engine.tests_installed import editable_roots, watch_imports
from understudy.engine.tests_reports import (
    Results,
    read_cargo,
    read_exit_code,
    read_go,
    read_jest,
    read_junit,
    read_tap,
)
from understudy.workspace.node_tools import NODE_ENVIRONMENT, find_package
from understudy.workspace.python_env import find_environment
from understudy.workspace.tools import find_tool

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from understudy.config.settings import TestSettings
    from understudy.workspace.tools import Finished
    from understudy.workspace.view import View

    Read = Callable[[Finished, Path | None], Results]

_FILES = "{files}"
_GO = {
    "GOFLAGS": "-buildvcs=false",
    "GOPROXY": "off",
    "GOTOOLCHAIN": "local",
    "GOTELEMETRY": "off",
}
_CARGO = {"CARGO_NET_OFFLINE": "true", "CARGO_TERM_COLOR": "never", "RUSTUP_AUTO_INSTALL": "0"}
_ECMASCRIPT = frozenset({"typescript", "typescriptreact", "javascript", "javascriptreact"})
_MAX_BYTES = 1024 * 1024
_MOST_ABOVE = 12


@dataclass(frozen=True, slots=True)
class Ground:
    """Where tests are run.

    Attributes:
        view: the document, in the user's workspace.
        tree: a copy of the workspace folder.
        spare: a folder for what is written besides.
        tests: the test files, in the copy.
    """

    view: View
    tree: Path
    spare: Path
    tests: Sequence[Path]

    def there(self, path: Path) -> Path:
        """The place in the copy of a path in the workspace."""
        root = self.view.root
        if root is None or not path.is_relative_to(root):
            raise UnavailableError(f"`{path.name}` does not lie in the workspace folder.")
        return self.tree / path.relative_to(root)


@dataclass(frozen=True, slots=True)
class Runner:
    """One way to run tests, ready to be started.

    Attributes:
        id: the runner's name.
        folder: where it runs, in the copy.
        variables: environment variables in addition to the clean ones.
        report: the file that it writes; None where it only prints.
        modules: folders of installed packages that the copy lacks, by their place in it.
        strays: a file that tells what the tests imported from the workspace itself; None where
            nobody can tell.
    """

    id: str
    command: tuple[str, ...]
    folder: Path
    read: Read
    variables: Mapping[str, str] = field(default_factory=dict)
    report: Path | None = None
    modules: Mapping[Path, Path] = field(default_factory=dict)
    strays: Path | None = None


def runner_for(ground: Ground, settings: TestSettings) -> Runner:
    """The runner for a document's tests. Looks at the disk.

    Raises:
        UnavailableError: when there is none, or it may not be run; the sentence says why.
    """
    view = ground.view
    if settings.command:
        return _own(ground, settings)
    if not ground.tests and view.language != "rust":
        raise UnavailableError(f"No tests were found for `{view.name}`.")
    if view.language == "python":
        return _pytest(ground)
    if view.language == "go":
        return _go(ground)
    if view.language == "rust":
        return _cargo(ground)
    if view.language in _ECMASCRIPT:
        return _node(ground)
    raise UnavailableError(
        f"Tests of `{view.name}` are run only with a command of yours (`tests.command`)."
    )


def _own(ground: Ground, settings: TestSettings) -> Runner:
    command = find_tool("the tests", ground.view, settings.tool)
    files = tuple(map(str, ground.tests))
    if _FILES in command:
        at = command.index(_FILES)
        command = (*command[:at], *files, *command[at + 1 :])
    else:
        command = (*command, *files)
    return Runner(Path(command[0]).name, command, ground.tree, read_exit_code)


def _pytest(ground: Ground) -> Runner:
    """pytest, which imports the copy's modules before any that are installed."""
    view = ground.view
    command = find_tool("pytest", view, CheckerSettings())
    report = ground.spare / "junit.xml"
    watched, variables, strays = watch_imports(ground.spare, view.root or ground.tree, ground.tree)
    options = ("-q", "-p", "no:cacheprovider", *watched, f"--junitxml={report}")
    roots = (*map(str, _python_roots(ground)), variables["PYTHONPATH"])
    variables |= {
        "PYTHONPATH": os.pathsep.join(dict.fromkeys(roots)),
        # What is kept of a text is taken for that of another one with the same size and second.
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    files = tuple(map(str, ground.tests))
    full = (*command, *options, *files)
    return Runner("pytest", full, ground.tree, read_junit, variables, report, strays=strays)


def _python_roots(ground: Ground) -> list[Path]:
    """The folders from which the document's package and the tests are imported."""
    found: dict[Path, None] = {}
    for path in (_place(ground), *ground.tests):
        folder = path.parent
        while (folder / "__init__.py").is_file() and folder != ground.tree:
            folder = folder.parent
        found[folder] = None
    view = ground.view
    environment = find_environment(view.root, view.environment)
    if environment is not None and view.root is not None:
        found |= dict.fromkeys(editable_roots(environment.site_packages, view.root, ground.tree))
    found |= dict.fromkeys(one for one in (ground.tree / "src", ground.tree) if one.is_dir())
    return list(found)


def _go(ground: Ground) -> Runner:
    """`go test`, for the packages of the document and of all tests in its module."""
    command = find_tool("go", ground.view, CheckerSettings())
    folder = _place(ground).parent
    module = _module_above(folder, ground.tree)
    packages = {
        Path(os.path.relpath(one.parent, folder)).as_posix()
        for one in ground.tests
        if _module_above(one.parent, ground.tree) == module
    }
    named = sorted({".", *(one if one.startswith(".") else f"./{one}" for one in packages)})
    return Runner("go", (*command, "test", "-json", "-count=1", *named), folder, read_go, _GO)


def _module_above(folder: Path, tree: Path) -> Path | None:
    """The folder of the Go module that another one belongs to."""
    above = (one for one in (folder, *folder.parents) if one.is_relative_to(tree))
    return next((one for one in above if (one / "go.mod").is_file()), None)


def _cargo(ground: Ground) -> Runner:
    command = find_tool("cargo", ground.view, CheckerSettings())
    manifest = _nearest(ground, "Cargo.toml")
    options = ("test", "--offline", "--no-fail-fast", f"--manifest-path={manifest}")
    variables = {**_CARGO, "CARGO_TARGET_DIR": str(ground.spare / "target")}
    return Runner("cargo", (*command, *options), manifest.parent, read_cargo, variables)


def _node(ground: Ground) -> Runner:
    """The runner that the nearest `package.json` names in its `test` script."""
    manifest = _nearest(ground, "package.json")
    words = _script(manifest)
    folder, files = manifest.parent, tuple(map(str, ground.tests))
    report = ground.spare / "report.json"
    node = find_tool("node", ground.view, CheckerSettings())
    modules = _modules(ground, folder)
    options: tuple[str, ...]
    if "vitest" in words:
        script = find_package("vitest", ground.view) / "vitest.mjs"
        options = ("run", "--reporter=json", f"--outputFile={report}")
        read, name = read_jest, "vitest"
    elif "jest" in words:
        script = find_package("jest", ground.view) / "bin" / "jest.js"
        options = ("--json", f"--outputFile={report}", "--ci", "--runTestsByPath")
        read, name = read_jest, "jest"
    elif words[:1] == ["node"] and "--test" in words:
        kept = tuple(one for one in words[1:] if one.startswith("-") and one != "--test")
        options = ("--test", "--test-reporter=tap", *kept)
        return Runner("node", (*node, *options, *files), folder, read_tap, modules=modules)
    else:
        raise UnavailableError(
            "The `test` script of `package.json` names no runner that is known (Vitest, Jest,"
            " `node --test`)."
        )
    # From the copy, so that what is looked for beside the runner is found there.
    script = next(
        (own / script.relative_to(real) for own, real in modules.items() if _is_in(script, real)),
        script,
    )
    command = (*node, str(script), *options, *files)
    return Runner(name, command, folder, read, NODE_ENVIRONMENT, report, modules)


def _script(manifest: Path) -> list[str]:
    """The words of the `test` script."""
    try:
        found = json.loads(read_plain(manifest, _MAX_BYTES))
        script = found["scripts"]["test"]
        return shlex.split(script) if isinstance(script, str) else []
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return []


def _modules(ground: Ground, folder: Path) -> dict[Path, Path]:
    """The `node_modules` of a package and of the folders above it, by their place in the copy."""
    root = ground.view.root
    found: dict[Path, Path] = {}
    for one in (folder, *folder.parents):
        if root is None or not one.is_relative_to(ground.tree):
            break
        real = root / one.relative_to(ground.tree) / "node_modules"
        if real.is_dir():
            found[one / "node_modules"] = real
    return found


def _is_in(path: Path, folder: Path) -> bool:
    return path.is_relative_to(folder)


def _place(ground: Ground) -> Path:
    if ground.view.path is None:
        raise UnavailableError("The document lies nowhere, so it has no tests.")
    return ground.there(ground.view.path)


def _nearest(ground: Ground, name: str) -> Path:
    """The nearest file of this name above the document, in the copy."""
    for folder in _place(ground).parents[:_MOST_ABOVE]:
        if (folder / name).is_file():
            return folder / name
        if folder == ground.tree:
            break
    raise UnavailableError(f"There is no `{name}` above `{ground.view.name}`.")
