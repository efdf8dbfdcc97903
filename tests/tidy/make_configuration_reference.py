"""Writes `docs/reference` again from the schema of the configuration. Run by `make generate`."""

from __future__ import annotations

from pathlib import Path

from understudy.config import reference

FOLDER = Path(__file__).parents[2] / "docs" / "reference"


if __name__ == "__main__":
    reference.write(FOLDER)
