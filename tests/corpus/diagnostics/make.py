"""Write this folder's fixtures from what the real tools say about the sources in `cases.toml`.

    UNDERSTUDY_NODE_MODULES=…/node_modules python -m tests.corpus.diagnostics.make [TOOL …]

Needed are ruff, basedpyright and mypy beside the interpreter, and go, gopls, rustc, clippy-driver,
gcc and node on the path; `UNDERSTUDY_NODE_MODULES` names a folder with typescript and eslint in
it (`npm install typescript eslint` somewhere outside this project). A tool that is missing is
skipped and its fixtures stay as they are.

Each `<tool>-<name>.json` holds `tool`, `version`, `language`, `file`, `beside` (other files),
`text`, `uri`, `diagnostic` (LSP, UTF-16 columns) and `expected`: the text after the first
proposal, null when there must be none. `expected` is kept from the fixture that is there. A new
fixture gets what the fixers do now, which is to be checked by hand; so does, with `--accept`,
every other one.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from tests.foreign_fixtures import first_result
from tests.foreign_tools import RUNNERS, node_modules

HERE = Path(__file__).parent
URI = "file:///project/"
LANGUAGES = {
    ".ts": "typescript",
    ".js": "javascript",
    ".go": "go",
    ".rs": "rust",
    ".py": "python",
    ".c": "c",
}
VERSIONS = {
    "go": ["go", "version"],
    "gopls": ["gopls", "version"],
    "clippy": ["clippy-driver", "--version"],
}


class ToolMissingError(Exception):
    """A program is not on this machine."""


def main(arguments: list[str]) -> None:
    accept = "--accept" in arguments
    tools = {one for one in arguments if not one.startswith("-")} or set(RUNNERS)
    cases = tomllib.loads((HERE / "cases.toml").read_text("utf-8"))["case"]
    for case in cases:
        if case["tool"] in tools:
            try:
                write(case, accept)
            except ToolMissingError as missing:
                print(f"{case['tool']}-{case['name']}: {missing} is missing, left as it is")


def write(case: dict[str, Any], accept: bool) -> None:
    target = HERE / f"{case['tool']}-{case['name']}.json"
    found = [
        one
        for one in diagnostics(case)
        if re.search(case["wants"], f"{one.get('code', '')} {one['message']}".lstrip())
    ]
    if not found:
        raise SystemExit(f"{target.name}: no diagnostic matches {case['wants']!r}")
    fixture = {
        "tool": case["tool"],
        "version": version(case["tool"]),
        "language": LANGUAGES[Path(case["file"]).suffix],
        "file": case["file"],
        "beside": case.get("beside", {}),
        "uri": URI + case["file"],
        "text": case["source"],
        "diagnostic": found[0],
    }
    if target.exists() and not accept:
        fixture["expected"] = json.loads(target.read_text("utf-8"))["expected"]
    else:
        fixture["expected"] = first_result(fixture)
    target.write_text(json.dumps(fixture, indent=2, ensure_ascii=False) + "\n", "utf-8")


def diagnostics(case: dict[str, Any]) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary).resolve()
        for name, text in {case["file"]: case["source"], **case.get("beside", {})}.items():
            (folder / name).write_text(text, "utf-8", newline="\n")
        found = RUNNERS[case["tool"]](folder, case["file"], locate)
        # The folder is nobody's business.
        plain = json.dumps(found).replace(folder.as_uri() + "/", URI).replace(str(folder), "")
    return json.loads(plain)


def locate(tool: str) -> str:
    beside = Path(sys.executable).parent / tool
    path = str(beside) if beside.exists() else shutil.which(tool)
    if path is None:
        raise ToolMissingError(tool)
    return path


def version(tool: str) -> str:
    if tool in ("tsc", "eslint"):
        package = "typescript" if tool == "tsc" else tool
        return json.loads((node_modules() / package / "package.json").read_text("utf-8"))["version"]
    command = VERSIONS.get(tool, [tool, "--version"])
    printed = subprocess.run(
        [locate(command[0]), *command[1:]], capture_output=True, text=True, check=True
    )
    return re.search(r"v?\d+(?:\.\d+)+", printed.stdout).group()


if __name__ == "__main__":
    main(sys.argv[1:])
