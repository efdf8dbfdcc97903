from __future__ import annotations

import string
import sysconfig
from pathlib import Path

import pytest

from tests.unit.workspace.planted_secrets import ALNUM, TOKENS, some
from understudy.workspace.secrets import find_secrets

FRAMES = [
    'key = "{}"',
    "key={}",
    "{}",
    "- {}\n",
    "curl -H 'Authorization: Bearer {}'",
    'x = "a\\n{}"',
    "({}, 1)",
    "π😀{}",
]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize(("kind", "token"), TOKENS)
def test_a_planted_token_is_found_whole(kind: str, token: str, frame: str) -> None:
    text = frame.format(token)
    assert [(secret.kind, secret.span.of(text)) for secret in find_secrets(text)] == [(kind, token)]


@pytest.mark.parametrize(
    "frame",
    [
        "aws_secret_access_key = {}",
        'AWS_SECRET_ACCESS_KEY="{}"',
        "export AWS_SECRET_ACCESS_KEY={}",
        '"SecretAccessKey": "{}",',
        "secretAccessKey: '{}'",
        r"{{\"SecretAccessKey\": \"{}\"}}",
    ],
)
def test_an_aws_secret_is_found_by_its_name(frame: str) -> None:
    value = some(ALNUM + "/+", 40)
    text = frame.format(value)
    assert [(s.kind, s.span.of(text)) for s in find_secrets(text)] == [("aws-secret", value)]


def test_webhooks_and_account_keys_are_found_behind_their_lead() -> None:
    hook = (
        "T"
        + some(string.ascii_uppercase, 8)
        + "/B"
        + some(string.ascii_uppercase, 8)
        + "/"
        + some(ALNUM, 24)
    )
    key = some(ALNUM + "+/", 86) + "=="
    text = "https://hooks.slack.com/services/" + hook + " Account" + "Key=" + key + ";"
    assert [secret.span.of(text) for secret in find_secrets(text)] == [hook, key]


@pytest.mark.parametrize(
    "frame",
    [
        "postgres://app:{}@db.internal/x",
        "https://me:{}@10.0.0.1:8080",
        "amqp+ssl://a:{}@[::1]/",
        "redis://:{}@cache:6379",
        '"mysql://root:{}@localhost"',
    ],
)
def test_a_password_in_a_url_is_found_alone(frame: str) -> None:
    text = frame.format("hunter" + "2!x")
    assert [(s.kind, s.span.of(text)) for s in find_secrets(text)] == [("url", "hunter" + "2!x")]


@pytest.mark.parametrize(
    "url",
    [
        "https://user:password@host/",
        "https://user:pass@python.org",
        "https://user:<password>@db.internal",
        "https://user:${PASSWORD}@db.internal",
        "https://user:{password}@db.internal",
        "https://user:%s@db.internal",
        "https://user:$DB_PASS@db.internal",
        "https://user:****@db.internal",
        "https://user:xxxxx@db.internal",
        "https://user:your_password@db.internal",
        "https://guest:guest@rabbit.internal",
        "https://user:whatever1@example.com",
        "https://user:whatever1@api.example.org/x",
        "https://host:8080/path@2x.png",
        "ssh://git@github.com:me/x",
        "https://[::1]:8080/a@b",
    ],
)
def test_placeholders_and_plain_urls_are_no_secrets(url: str) -> None:
    assert find_secrets(f'"{url}"') == ()


@pytest.mark.parametrize(
    "text",
    [
        "AK" + "IAIOSFODNN7EXAMPLE",
        "ghp" + "_" + "x" * 36,
        "sk" + "-" + "0" * 48,
        "sk" + "-ant-...",
        "AK" + "IA" + "A" * 40,
        "task" + "-" + "a1b2c3d4" * 5,
        "sk" + "-estimator-representation-of-the-column-transformer",
        "SKIP = 'SK'",
        "npm" + "_config_registry",
    ],
)
def test_examples_and_lookalikes_are_no_secrets(text: str) -> None:
    assert find_secrets(text) == ()


def test_the_standard_library_has_no_secrets() -> None:
    hits = []
    read = 0
    for path in Path(sysconfig.get_path("stdlib")).rglob("*.py"):
        if "site-packages" in path.parts:
            continue
        text = path.read_text("utf-8", errors="replace")
        read += 1
        hits += [(path.name, secret.kind, secret.span) for secret in find_secrets(text)]
    assert hits == []
    assert read > 500
