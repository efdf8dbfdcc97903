"""Write `understudy/models/catalogue.json` again: what is known about models, and since when.

    python tests/catalogue/make.py

Downloads the newest wheels of `litellm` (limits and capabilities) and `genai-prices` (prices) into a
temporary virtual environment. Of the first only a JSON file is read; the second keeps its prices as
Python code, so it runs, in a process of its own. Both are under the MIT licence.
"""

from __future__ import annotations

import datetime
import json
import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path
from typing import Any

from understudy.models.catalogue import write_catalogue
from understudy.models.importing import Row, read_wheel
from understudy.models.importing import rows as rows_of

TARGET = Path(__file__).parents[2] / "server" / "understudy" / "models" / "catalogue.json"
OPEN_WEIGHTS = Path(__file__).with_name("open_weights.toml")
IDS = {"openai": "openai", "anthropic": "anthropic", "gemini": "google", "mistral": "mistral"} | {
    "deepseek": "deepseek",
    "groq": "groq",
    "xai": "x-ai",
    "azure": "azure",
}
"""Our ids of providers, each with the one of `genai-prices`."""
GATEWAY = re.compile(
    r"anthropic/claude-(?:haiku|sonnet|opus)-[45]\.?[56]?|openai/gpt-(?:6(?:\.1)?-\w+|5\.6-\w+|oss-\w+)"
    r"|google/gemini-(?:3\.[78]-flash|4-argon|3\.5-flash-lite)|qwen/qwen3-coder(?:-flash|-plus|-next)?"
    r"|deepseek/deepseek-v4[-.\w]*|x-ai/grok-4\.[67]|moonshotai/kimi-k(?:2\.7-code|3)|z-ai/glm-5\.3\w*"
    r"|mistralai/(?:devstral-2512|codestral-2508|mistral-medium-3-5)"
)
"""What of OpenRouter's thousand models is listed; the others can be named all the same."""
PRICES = """
import json
from genai_prices.data import providers
def plain(price):
    base = getattr(price, "base", price)
    return None if base is None else float(base)
found = {}
for provider in providers:
    for model in provider.models:
        prices = model.prices
        if isinstance(prices, list):
            continue  # Prices that depend on the time of day: the other source has the highest.
        row = {
            "in": plain(prices.input_mtok),
            "out": plain(prices.output_mtok),
            "read": plain(prices.cache_read_mtok),
            "write": plain(prices.cache_write_mtok),
            "window": model.context_window,
        }
        found[f"{provider.id}/{model.id}"] = {k: v for k, v in row.items() if v is not None}
print(json.dumps(found))
"""


def main() -> None:
    """Write the file."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        wheel = download("litellm", place)
        table, version = read_wheel(wheel)
        rows = dict(rows_of(table))
        prices, prices_version = genai_prices(place)
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    sources = [
        {"name": f"litellm {version}", "as_of": today},
        {"name": f"litellm {version}, prices of genai-prices {prices_version}", "as_of": today},
        {"name": f"genai-prices {prices_version}", "as_of": today},
    ]
    for model, row in rows.items():
        provider, _, name = model.partition("/")
        row["from"] = 1 if priced(row, prices.get(f"{IDS[provider]}/{name}", {})) else 0
    rows |= gateway(rows, prices)
    weights, source = open_weights(len(sources))
    write_catalogue(TARGET, rows, weights, [*sources, source])


def download(package: str, folder: Path) -> Path:
    """The newest wheel of a package."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "-d", str(folder)]
    subprocess.run([*command, package], check=True)
    return next(folder.glob(f"{package.replace('-', '_')}-*.whl"))


def genai_prices(folder: Path) -> tuple[dict[str, Row], str]:
    """Prices by `provider/model`, and the version that they are of."""
    home = folder / "environment"
    venv.create(home, with_pip=True)
    python = home / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", "genai-prices"]
    subprocess.run(install, check=True)
    ask = "from importlib.metadata import version; print(version('genai-prices'))"
    told = [
        subprocess.run([str(python), "-I", "-c", code], check=True, capture_output=True, text=True)
        for code in (PRICES, ask)
    ]
    return json.loads(told[0].stdout), told[1].stdout.strip()


def priced(row: Row, price: Row) -> bool:
    """Take over prices; whether there were any."""
    if "in" not in price or "out" not in price:
        return False
    row.update({key: price[key] for key in ("in", "out", "read", "write") if key in price})
    return True


def gateway(rows: dict[str, Row], prices: dict[str, Row]) -> dict[str, Row]:
    """OpenRouter's own prices for models that others make; what they can do is the maker's word."""
    found = {}
    makers = {model.partition("/")[2].replace(".", "-"): row for model, row in rows.items()}
    for key, price in prices.items():
        provider, _, name = key.partition("/")
        if provider != "openrouter" or not GATEWAY.fullmatch(name) or "in" not in price:
            continue
        maker: Row = makers.get(name.partition("/")[2].replace(".", "-"), {})
        kept = ("output", "can", "schema", "params", "window")
        row = {key: maker[key] for key in kept if key in maker}
        row.setdefault("can", ["code-generation"])
        row |= {key: price[key] for key in ("window", "in", "out", "read", "write") if key in price}
        if "window" in row:
            found[f"openrouter/{name}"] = {**row, "from": 2}
    return found


def open_weights(number: int) -> tuple[dict[str, Row], dict[str, Any]]:
    """Families of models with open weights, and where that is from."""
    table = tomllib.loads(OPEN_WEIGHTS.read_text(encoding="utf-8"))
    found = {
        name: {
            "window": row["window"],
            "can": sorted({"code-generation", "structured-output", *row.get("can", [])}),
            "schema": "schema",
            "params": ["temperature"],
            "from": number,
        }
        for name, row in table["models"].items()
    }
    return found, {"name": table["source"], "as_of": table["as_of"].isoformat()}


if __name__ == "__main__":
    main()
