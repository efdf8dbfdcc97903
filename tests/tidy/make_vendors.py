"""Writes `understudy/models/vendors.json`: what the registry must know about providers.

The registry lies below the providers and can't look at them. Run by `make generate`.
"""

from __future__ import annotations

import json
from pathlib import Path

from understudy.providers import all_providers

PAGE = Path(__file__).parents[2] / "server" / "understudy" / "models" / "vendors.json"


def markdown() -> str:
    """The text of the file."""
    rows = {}
    for provider in all_providers().values():
        row: dict[str, object] = {"base_url": provider.base_url, "keys": list(provider.keys)}
        if not provider.offered:
            row["offered"] = False
        if provider.any_name:
            row["any_name"] = True
        if provider.grants is not None:
            row["grants"] = provider.grants
        rows[provider.id] = row
    lines = (f"{json.dumps(name)}: {json.dumps(row)}" for name, row in rows.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    PAGE.write_text(markdown(), encoding="utf-8", newline="\n")
