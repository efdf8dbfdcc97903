"""Folders, texts and pictures for the scenarios in VS Code."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

IMAGES = Path(__file__).parents[2] / "docs" / "images"
LINE = "\n\ndef number(things):\n    count = len(things)\n    return countt\n"
"""What the built-in model mends by taking a letter away."""
ENDS = f"""#!{sys.executable}
import json, os, pathlib, subprocess, sys

mended = pathlib.Path(__file__).with_name("mended")
if sys.argv[1:2] != ["serve"] or mended.exists():
    os.execv(sys.executable, [sys.executable, "-m", "understudy", *sys.argv[1:]])
size = 0
while line := sys.stdin.buffer.readline().strip():
    if line.lower().startswith(b"content-length:"):
        size = int(line.partition(b":")[2])
asked = json.loads(sys.stdin.buffer.read(size))
if pathlib.Path(__file__).with_name("silent").exists():
    pathlib.Path(__file__).with_name("asked").touch()
    sys.stdin.buffer.read()
answer = json.dumps({{"jsonrpc": "2.0", "id": asked["id"], "result": {{"capabilities": {{}}}}}})
sys.stdout.write(f"Content-Length: {{len(answer)}}\\r\\n\\r\\n{{answer}}")
sys.stdout.flush()
sys.stdin.buffer.readline()
"""
"""A server that ends as soon as it has begun, until there is a file `mended` beside it.

As long as there is a file `silent`, it reads and says nothing; `asked` tells that it is so far.
"""

BAD_FRAGMENTS = {
    "house.md": "---\nid: house\nslot: task\n---\nFix {{file.nmae}}.\n",
    "old.hbs": "{{#if problem}}\nFix it.\n",
}


def folder_with(place: Path, **files: str) -> Path:
    """A folder with these Python files, named without their ending."""
    place.mkdir(exist_ok=True)
    for name, text in files.items():
        (place / f"{name}.py").write_text(text, encoding="utf-8", newline="\n")
    return place


def program(shop: Path, text: str) -> Path:
    """A server in the folder's own environment, which is a script."""
    made = shop / ".venv" / "bin" / "understudy"
    made.parent.mkdir(parents=True)
    made.write_text(text, encoding="utf-8")
    made.chmod(0o755)
    return made


def keep(picture: Path, *places: Path) -> None:
    """Renew pictures of the documentation, where that is wanted."""
    if os.environ.get("UPDATE") == "1":
        for place in places:
            shutil.copyfile(picture, place)


def notebook(*cells: tuple[str, ...]) -> str:
    """A notebook; each cell is its name and its lines."""
    return json.dumps(
        {
            "cells": [_cell(*one) for one in cells],
            "metadata": {},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )


def _cell(name: str, *lines: str) -> dict[str, Any]:
    common: dict[str, Any] = {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
    }
    return {**common, "id": name, "source": list(lines)}
