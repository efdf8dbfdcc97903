"""Run real compilers and linters, and show what they find as an editor would get it.

Each runner takes a folder and a file in it and returns LSP diagnostics as plain JSON, with
UTF-16 columns: those of language servers as they come, those of command-line tools in the shape
in which the usual bridge (rust-analyzer, gopls, typescript-language-server) passes them on.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from understudy.core.lines import LineIndex, column_to_units, units_to_column

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.lsp_pull import Locate

Json = dict[str, Any]

_HERE = Path(__file__).parent
_LANGUAGES = {".py": "python", ".go": "go"}


def node_modules() -> Path | None:
    """The folder with `typescript` and `eslint`, from `UNDERSTUDY_NODE_MODULES`."""
    folder = os.environ.get("UNDERSTUDY_NODE_MODULES", "")
    return Path(folder) if folder and Path(folder).is_dir() else None


def ruff(folder: Path, file: str, locate: Locate) -> list[Json]:
    """Ruff's language server, with every rule on."""
    (folder / "ruff.toml").write_text('[lint]\nselect = ["E", "F", "B", "UP", "SIM"]\n', "utf-8")
    return _served([locate("ruff"), "server"], folder, file)


def basedpyright(folder: Path, file: str, locate: Locate) -> list[Json]:
    """Basedpyright's language server."""
    return _served([locate("basedpyright-langserver"), "--stdio"], folder, file)


def gopls(folder: Path, file: str, locate: Locate) -> list[Json]:
    """Go's language server."""
    (folder / "go.mod").write_text("module example\n\ngo 1.22\n", "utf-8")
    return _served([locate("gopls")], folder, file)


def go(folder: Path, file: str, locate: Locate) -> list[Json]:
    """The Go compiler. It reports a place only; gopls shows the word there."""
    (folder / "go.mod").write_text("module example\n\ngo 1.22\n", "utf-8")
    command = [locate("go"), "build", "-gcflags=-e", "-o", os.devnull, "."]
    printed = _run(command, folder).stderr
    index = LineIndex((folder / file).read_text("utf-8"))
    found = []
    for match in re.finditer(r"(?m)^\./([^:\n]+):(\d+):(\d+): (.+(?:\n\t.+)*)$", printed):
        if match[1] == file:
            line, column = _from_bytes(index, int(match[2]) - 1, int(match[3]) - 1)
            word = re.compile(r'\w+|"[^"]*"|').match(index.lines[line], column)
            end = (line, word.end() if word else column)
            found.append(_diagnostic("compiler", "", match[4], _range(index, (line, column), end)))
    return found


def rustc(folder: Path, file: str, locate: Locate) -> list[Json]:
    """The Rust compiler, as rust-analyzer passes it on."""
    return _cargo_like("rustc", locate("rustc"), folder, file)


def clippy(folder: Path, file: str, locate: Locate) -> list[Json]:
    """Clippy, as rust-analyzer passes it on."""
    return _cargo_like("clippy", locate("clippy-driver"), folder, file)


def tsc(folder: Path, file: str, locate: Locate) -> list[Json]:
    """The TypeScript compiler, with the checks for unused names on."""
    compiler = _compiler(locate("node"), str(_modules(locate)))
    assert compiler.stdin is not None
    assert compiler.stdout is not None
    compiler.stdin.write(json.dumps(str(folder / file)) + "\n")
    compiler.stdin.flush()
    found: list[Json] = json.loads(compiler.stdout.readline())
    return found


@cache
def _compiler(node: str, modules: str) -> subprocess.Popen[str]:
    """One for all files: most of its time goes to reading its own declarations. It ends with us."""
    return subprocess.Popen(
        [node, str(_HERE / "corpus/diagnostics/tsc.cjs"), modules],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )


def eslint(folder: Path, file: str, locate: Locate) -> list[Json]:
    """ESLint, with its own message as `data`."""
    return _node("eslint.cjs", folder, file, locate)


def mypy(folder: Path, file: str, locate: Locate) -> list[Json]:
    """Mypy's command line. Its columns are right only in lines of ASCII characters."""
    options = ["--show-column-numbers", "--show-error-end", "--no-error-summary", "--strict"]
    cache = f"--cache-dir={os.devnull}"
    printed = _run([locate("mypy"), *options, cache, file], folder).stdout
    index = LineIndex((folder / file).read_text("utf-8"))
    found = []
    for match in re.finditer(
        r"(?m)^[^:\n]+:(\d+):(\d+):(\d+):(\d+): error: (.*?)  \[([\w-]+)\]$", printed
    ):
        line, column, end_line, end = (int(match[group]) for group in range(1, 5))
        places = _range(index, (line - 1, column - 1), (end_line - 1, end))
        found.append(_diagnostic("mypy", match[6], match[5], places))
    return found


def gcc(folder: Path, file: str, locate: Locate) -> list[Json]:
    """GCC's own JSON; columns count from 1, in bytes, and name the last character."""
    command = [locate("gcc"), "-fsyntax-only", "-Wall", "-fdiagnostics-format=json", file]
    index = LineIndex((folder / file).read_text("utf-8"))
    found = []
    # Depending on its version, GCC prints one list or one for each file.
    for item in json.loads(_run(command, folder).stderr.partition("\n")[0] or "[]"):
        first = item["locations"][0]
        caret, finish = first["caret"], first.get("finish", first["caret"])
        start = _from_bytes(index, caret["line"] - 1, caret["byte-column"] - 1)
        end = _from_bytes(index, finish["line"] - 1, finish["byte-column"])
        places = _range(index, start, end)
        found.append(_diagnostic("gcc", item.get("option", ""), item["message"], places))
    return found


RUNNERS: dict[str, Callable[[Path, str, Locate], list[Json]]] = {
    runner.__name__: runner
    for runner in (ruff, basedpyright, gopls, go, rustc, clippy, tsc, eslint, mypy, gcc)
}


def _cargo_like(source: str, command: str, folder: Path, file: str) -> list[Json]:
    output = folder / ".out"
    arguments = ["--edition=2021", "--error-format=json", "--emit=metadata", "--crate-type=lib"]
    more = ["-Wclippy::all"] if source == "clippy" else []
    printed = _run([command, *arguments, *more, f"--out-dir={output}", file], folder).stderr
    index = LineIndex((folder / file).read_text("utf-8"))
    uri = (folder / file).as_uri()
    found = []
    for line in printed.splitlines():
        item = json.loads(line)
        primary = [span for span in item["spans"] if span["is_primary"]]
        if primary:
            found.append(_as_rust_analyzer(item, primary[0], index, uri))
    return found


def _as_rust_analyzer(item: Json, primary: Json, index: LineIndex, uri: str) -> Json:
    """What `map_rust_diagnostic_to_lsp` of rust-analyzer makes of a compiler message."""
    message, related = item["message"], []
    if primary["label"]:
        message += f"\n{primary['label']}"
    for child in item["children"]:
        spans = [span for span in child["spans"] if span["is_primary"]]
        text = child["message"]
        if not spans:
            message += f"\n{text}"
            continue
        replacements = [span["suggested_replacement"] for span in spans]
        if any(replacements):
            text += ": " + ", ".join(f"`{one}`" for one in replacements if one)
        place = {"uri": uri, "range": _rust_range(index, spans[0])}
        related.append({"location": place, "message": text})
    code = item["code"]["code"] if item["code"] else ""
    source = "clippy" if code.startswith("clippy::") else "rustc"
    found = _diagnostic(source, code.removeprefix("clippy::"), message, _rust_range(index, primary))
    found["severity"] = 1 if item["level"] == "error" else 2
    return {**found, "relatedInformation": related, "data": {"rendered": item["rendered"]}}


def _rust_range(index: LineIndex, span: Json) -> Json:
    start = (span["line_start"] - 1, span["column_start"] - 1)
    return _range(index, start, (span["line_end"] - 1, span["column_end"] - 1))


def _served(command: list[str], folder: Path, file: str) -> list[Json]:
    from tests.lsp_pull import pull_diagnostics

    path = folder / file
    return pull_diagnostics(command, path, _LANGUAGES[path.suffix])


def _node(script: str, folder: Path, file: str, locate: Locate) -> list[Json]:
    modules = str(_modules(locate))
    command = [locate("node"), str(_HERE / "corpus/diagnostics" / script), modules, file]
    printed = _run(command, folder).stdout
    found: list[Json] = json.loads(printed)
    return found


def _modules(locate: Locate) -> Path | None:
    modules = node_modules()
    if modules is None:
        locate("a folder with typescript and eslint in UNDERSTUDY_NODE_MODULES")
    return modules


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "GOFLAGS": "-mod=mod"}
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=100,
    )


def _from_bytes(index: LineIndex, line: int, column: int) -> tuple[int, int]:
    return line, units_to_column(index.lines[line], column, "utf-8")


def _diagnostic(source: str, code: str, message: str, places: Json) -> Json:
    coded = {"code": code} if code else {}
    return {"range": places, "severity": 1, **coded, "source": source, "message": message}


def _range(index: LineIndex, start: tuple[int, int], end: tuple[int, int]) -> Json:
    return {"start": _place(index, *start), "end": _place(index, *end)}


def _place(index: LineIndex, line: int, column: int) -> Json:
    # A column behind the last line is its start.
    text = index.lines[line] if line < len(index) else ""
    return {"line": line, "character": column_to_units(text, column, "utf-16")}
