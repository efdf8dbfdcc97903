from __future__ import annotations

import pytest

from tests.unit.workspace.planted_secrets import KEY_BODY, armour
from understudy.workspace.secrets import find_secrets


@pytest.mark.parametrize(
    "kind",
    [
        "PRIVATE KEY",
        "RSA PRIVATE KEY",
        "EC PRIVATE KEY",
        "OPENSSH PRIVATE KEY",
        "ENCRYPTED PRIVATE KEY",
        "PGP PRIVATE KEY BLOCK",
    ],
)
def test_a_private_key_is_found_from_begin_to_end(kind: str) -> None:
    key = armour(kind, KEY_BODY)
    text = f'KEY = """{key}"""\n'
    assert [(s.kind, s.span.of(text)) for s in find_secrets(text)] == [("private-key", key)]


def test_private_keys_with_headers_escapes_or_a_missing_end_are_found() -> None:
    headed = armour(
        "RSA PRIVATE KEY", "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n" + KEY_BODY
    )
    escaped = armour("PRIVATE KEY", KEY_BODY.replace("\n", "\\n"), "\\n")
    cut = "-----BEGIN " + "PRIVATE KEY-----\n" + KEY_BODY
    for key in (headed, escaped, cut):
        text = f"x {key}\nand so on"
        assert [secret.span.of(text) for secret in find_secrets(text)] == [key]


def test_armour_without_a_key_in_it_is_no_secret() -> None:
    begin = "-----BEGIN " + "PRIVATE KEY-----"
    assert find_secrets(f'if text.startswith("{begin}"): ...') == ()
    assert find_secrets(armour("CERTIFICATE", KEY_BODY)) == ()
    assert find_secrets(armour("PUBLIC KEY", KEY_BODY)) == ()
