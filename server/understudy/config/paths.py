"""Where user state lives. `UNDERSTUDY_HOME` moves all of it into one folder."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path


def home() -> Path | None:
    """The folder that `UNDERSTUDY_HOME` names; None when it is unset or empty."""
    value = os.environ.get("UNDERSTUDY_HOME", "")
    if not value:
        return None
    folder = Path(value).expanduser()
    return _resolved(folder) if folder.is_absolute() else folder.resolve()


def config_folder() -> Path:
    """The folder of `config.toml` and of the trust record."""
    return home() or _platform("config")


def state_folder() -> Path:
    """The folder of the journal."""
    return home() or _platform("data")


def config_file() -> Path:
    """The user's own configuration."""
    return config_folder() / "config.toml"


def journal_file() -> Path:
    """The journal's database."""
    return state_folder() / "journal.sqlite3"


def cache_folder() -> Path:
    """The folder of what can be thrown away at any time."""
    return (home() or _platform("cache")) / "cache"


def trust_file() -> Path:
    """Which folders and commands the user trusts."""
    return config_folder() / "trust.json"


@cache
def _resolved(folder: Path) -> Path:
    """Links are followed once: the server asks for every change of a configuration document."""
    return folder.resolve()


def _platform(kind: str) -> Path:
    import platformdirs

    if kind == "config":
        return platformdirs.user_config_path("understudy", appauthor=False)
    if kind == "cache":
        return platformdirs.user_cache_path("understudy", appauthor=False)
    return platformdirs.user_data_path("understudy", appauthor=False)
