from __future__ import annotations

import random
import string
import sysconfig
from itertools import pairwise
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.workspace.secrets import find_masks, find_secrets, holds_secrets, mask, unmask

_random = random.Random(1)  # noqa: S311 - the same tokens in each run, and none of them is real.
_ALNUM = string.ascii_letters + string.digits
_HEX = "0123456789abcdef"


def _some(alphabet: str, length: int) -> str:
    return "".join(_random.choice(alphabet) for _ in range(length))


# Every token is put together here, so that no scanner finds one in this file.
TOKENS = [
    ("aws", "AK" + "IA" + _some(string.ascii_uppercase + "234567", 16)),
    ("aws", "AS" + "IA" + _some(string.ascii_uppercase + "234567", 16)),
    *(("github", f"gh{kind}" + "_" + _some(_ALNUM, 36)) for kind in "pousr"),
    ("github", "github" + "_pat_" + _some(_ALNUM, 22) + "_" + _some(_ALNUM, 59)),
    ("gitlab", "glpat" + "-" + _some(_ALNUM + "_", 20)),
    ("slack", "xox" + "b-" + _some("123456789", 12) + "-" + _some(_ALNUM, 24)),
    ("slack", "xox" + "p-" + _some("123456789", 12) + "-" + _some(_HEX, 32)),
    ("slack", "xapp" + "-1-" + _some(_ALNUM, 40)),
    ("stripe", "sk" + "_live_" + _some(_ALNUM, 24)),
    ("stripe", "rk" + "_live_" + _some(_ALNUM, 24)),
    ("stripe", "whsec" + "_" + _some(_ALNUM, 32)),
    ("openai", "sk" + "-" + _some(_ALNUM, 48)),
    ("openai", "sk" + "-proj-" + _some(_ALNUM + "_", 100)),
    ("anthropic", "sk" + "-ant-api03-" + _some(_ALNUM + "_", 93) + "AA"),
    ("openrouter", "sk" + "-or-v1-" + _some(_HEX, 64)),
    ("google", "AI" + "za" + _some(_ALNUM, 35)),
    ("google", "GOCSPX" + "-" + _some(_ALNUM, 28)),
    ("groq", "gsk" + "_" + _some(_ALNUM, 52)),
    ("xai", "xai" + "-" + _some(_ALNUM, 80)),
    ("npm", "npm" + "_" + _some(_ALNUM, 36)),
    ("pypi", "pypi" + "-AgEI" + _some(_ALNUM + "_", 150)),
    ("twilio", "S" + "K" + _some(_HEX, 32)),
    ("sendgrid", "SG" + "." + _some(_ALNUM, 22) + "." + _some(_ALNUM, 43)),
    ("digitalocean", "dop" + "_v1_" + _some(_HEX, 64)),
    ("huggingface", "hf" + "_" + _some(_ALNUM, 34)),
    ("docker", "dckr" + "_pat_" + _some(_ALNUM, 27)),
    ("shopify", "shp" + "at_" + _some(_HEX, 32)),
    ("vault", "hvs" + "." + _some(_ALNUM, 90)),
    ("age", "AGE-SECRET" + "-KEY-1" + _some(string.ascii_uppercase, 58)),
    (
        "jwt",
        "ey"
        + "J"
        + _some(_ALNUM, 30)
        + ".ey"
        + "J"
        + _some(_ALNUM, 60)
        + "."
        + _some(_ALNUM + "_", 43),
    ),
]

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

KEY_BODY = "\n".join(_some(_ALNUM + "+/", 64) for _ in range(5))


def _armour(kind: str, body: str, end: str = "\n") -> str:
    return "-----BEGIN " + kind + "-----" + end + body + end + "-----END " + kind + "-----"


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
    value = _some(_ALNUM + "/+", 40)
    text = frame.format(value)
    assert [(s.kind, s.span.of(text)) for s in find_secrets(text)] == [("aws-secret", value)]


def test_webhooks_and_account_keys_are_found_behind_their_lead() -> None:
    hook = (
        "T"
        + _some(string.ascii_uppercase, 8)
        + "/B"
        + _some(string.ascii_uppercase, 8)
        + "/"
        + _some(_ALNUM, 24)
    )
    key = _some(_ALNUM + "+/", 86) + "=="
    text = "https://hooks.slack.com/services/" + hook + " Account" + "Key=" + key + ";"
    assert [secret.span.of(text) for secret in find_secrets(text)] == [hook, key]


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
    key = _armour(kind, KEY_BODY)
    text = f'KEY = """{key}"""\n'
    assert [(s.kind, s.span.of(text)) for s in find_secrets(text)] == [("private-key", key)]


def test_private_keys_with_headers_escapes_or_a_missing_end_are_found() -> None:
    headed = _armour(
        "RSA PRIVATE KEY", "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n" + KEY_BODY
    )
    escaped = _armour("PRIVATE KEY", KEY_BODY.replace("\n", "\\n"), "\\n")
    cut = "-----BEGIN " + "PRIVATE KEY-----\n" + KEY_BODY
    for key in (headed, escaped, cut):
        text = f"x {key}\nand so on"
        assert [secret.span.of(text) for secret in find_secrets(text)] == [key]


def test_armour_without_a_key_in_it_is_no_secret() -> None:
    begin = "-----BEGIN " + "PRIVATE KEY-----"
    assert find_secrets(f'if text.startswith("{begin}"): ...') == ()
    assert find_secrets(_armour("CERTIFICATE", KEY_BODY)) == ()
    assert find_secrets(_armour("PUBLIC KEY", KEY_BODY)) == ()


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


_WITH_SECRETS = st.lists(
    st.one_of(
        st.text(max_size=20),
        st.sampled_from([token for _, token in TOKENS]),
        st.sampled_from(
            [
                "<secret:aws:",
                "ab12>",
                "<secret:github:0000>",
                _armour("PRIVATE KEY", KEY_BODY),
                "\n",
                '"',
            ]
        ),
    )
).map("".join)


@given(_WITH_SECRETS)
def test_what_is_masked_comes_back_unchanged(text: str) -> None:
    masked = mask(text)
    assert unmask(masked.text, masked.replacements) == text


@given(_WITH_SECRETS)
def test_no_found_secret_stays_in_a_masked_text(text: str) -> None:
    masked = mask(text)
    assert set(masked.replacements) <= set(find_masks(masked.text))
    spans = [secret.span for secret in find_secrets(text)]
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert {span.of(text) for span in spans} == set(masked.replacements.values())


def test_a_secret_has_the_same_mask_in_every_text() -> None:
    token = TOKENS[0][1]
    first = mask(f"a = {token}; b = {token}")
    (name,) = first.replacements
    assert first.text == f"a = {name}; b = {name}"
    assert mask(f"other {token}").text == f"other {name}"
    assert name.startswith("<secret:aws:")
    assert len(name) == len("<secret:aws:ab12>")


def test_a_mask_that_the_text_already_holds_is_not_given_out() -> None:
    token = TOKENS[0][1]
    (name,) = mask(token).replacements
    text = f"{name} {token}"
    masked = mask(text)
    assert name not in masked.replacements
    assert unmask(masked.text, masked.replacements) == text


def test_masks_that_nobody_knows_stay_visible() -> None:
    assert unmask("x <secret:aws:ab12> y", {}) == "x <secret:aws:ab12> y"
    assert find_masks("x <secret:aws:ab12> y") == ("<secret:aws:ab12>",)
    assert find_masks("nothing <secret:") == ()


@pytest.mark.parametrize(
    "piece",
    [
        "ey" + "J",
        "eyJaaaaaaaaaaaa.",
        "-----BEGIN " + "PRIVATE KEY-----",
        "-----",
        "a://b:",
        "a:b@",
        "://",
        "sk-",
        "ghp_",
        "x.",
        "SG.",
        "\\n",
        TOKENS[0][1] + " ",
        "<secret:",
    ],
)
@pytest.mark.timeout(20)
def test_long_hostile_text_is_read_in_linear_time(piece: str) -> None:
    # Anything worse than linear takes hours for this length, so the time-out is the assertion.
    masked = mask(piece * 40_000)
    assert unmask(masked.text, masked.replacements) == piece * 40_000


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
