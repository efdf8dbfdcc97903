"""Files that hold secrets, told by their names."""

from __future__ import annotations

import re
from fnmatch import translate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import PurePath

_FILES = (
    *(".env*", "*.env", "*.pem", "*.key", "*.p12", "*.pfx", "*.jks", "*.keystore", "*.kdbx"),
    *("*.ppk", "*.tfstate", "*.tfstate.*", "*.tfvars", ".npmrc", ".netrc", "_netrc", ".pypirc"),
    *(".pgpass", ".my.cnf", ".git-credentials", ".htpasswd", ".dockercfg", ".vault-token"),
    *("kubeconfig", "credentials", "secrets.yml", "secrets.yaml", "secrets.json", "secrets.toml"),
    *("id_rsa*", "id_dsa*", "id_ecdsa*", "id_ed25519*"),
)
_FILE = re.compile("|".join(map(translate, _FILES)))
_PLACES = (
    *((".docker", "config.json"), (".kube", "config"), (".cargo", "credentials.toml")),
    *((".composer", "auth.json"), (".azure", "accesstokens.json")),
)
_FOLDERS = frozenset({".ssh", ".gnupg", ".aws"})


def holds_secrets(path: PurePath) -> bool:
    """Whether a file is known by its name to hold secrets, so that its text stays here."""
    parts = tuple(part.casefold() for part in path.parts)
    if not parts:
        return False
    name = parts[-1]
    if parts[-2:] in _PLACES or not _FOLDERS.isdisjoint(parts[:-1]):
        return True
    if name.endswith(".pub"):
        return False
    # Keys are called `id_…` without an ending; `id_generator.py` is code.
    if name.startswith("id_") and "." not in name:
        return True
    return _FILE.match(name) is not None
