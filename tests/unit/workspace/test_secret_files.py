from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from understudy.workspace.secret_files import holds_secrets


@pytest.mark.parametrize(
    "name",
    [
        ".env",
        ".env.local",
        "prod.env",
        "a/.ENV",
        "server.pem",
        "x.key",
        "id_rsa",
        "id_ed25519",
        "id_work",
        "id_rsa.old",
        ".npmrc",
        ".netrc",
        "_netrc",
        ".pypirc",
        "terraform.tfstate",
        "terraform.tfstate.backup",
        "prod.tfvars",
        ".aws/credentials",
        ".aws/config",
        ".ssh/config",
        ".kube/config",
        ".docker/config.json",
        "secrets.yaml",
        ".git-credentials",
        "store.p12",
    ],
)
def test_files_that_hold_secrets_are_known_by_name(name: str) -> None:
    assert holds_secrets(PurePosixPath("/w") / name)


@pytest.mark.parametrize(
    "name",
    [
        "a.py",
        "env.py",
        "id_generator.py",
        "id_rsa.pub",
        "secrets.py",
        "keys.py",
        "config",
        "credentials.py",
        ".github/config",
        "npmrc.md",
    ],
)
def test_code_files_are_not_taken_for_secrets(name: str) -> None:
    assert not holds_secrets(PurePosixPath("/w") / name)
