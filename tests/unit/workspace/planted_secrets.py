"""Secrets to be found, none of them real."""

from __future__ import annotations

import random
import string

_random = random.Random(1)  # noqa: S311 - the same tokens in each run, and none of them is real.
ALNUM = string.ascii_letters + string.digits
HEX = "0123456789abcdef"


def some(alphabet: str, length: int) -> str:
    return "".join(_random.choice(alphabet) for _ in range(length))


# Every token is put together here, so that no scanner finds one in this file.
TOKENS = [
    ("aws", "AK" + "IA" + some(string.ascii_uppercase + "234567", 16)),
    ("aws", "AS" + "IA" + some(string.ascii_uppercase + "234567", 16)),
    *(("github", f"gh{kind}" + "_" + some(ALNUM, 36)) for kind in "pousr"),
    ("github", "github" + "_pat_" + some(ALNUM, 22) + "_" + some(ALNUM, 59)),
    ("gitlab", "glpat" + "-" + some(ALNUM + "_", 20)),
    ("slack", "xox" + "b-" + some("123456789", 12) + "-" + some(ALNUM, 24)),
    ("slack", "xox" + "p-" + some("123456789", 12) + "-" + some(HEX, 32)),
    ("slack", "xapp" + "-1-" + some(ALNUM, 40)),
    ("stripe", "sk" + "_live_" + some(ALNUM, 24)),
    ("stripe", "rk" + "_live_" + some(ALNUM, 24)),
    ("stripe", "whsec" + "_" + some(ALNUM, 32)),
    ("openai", "sk" + "-" + some(ALNUM, 48)),
    ("openai", "sk" + "-proj-" + some(ALNUM + "_", 100)),
    ("anthropic", "sk" + "-ant-api03-" + some(ALNUM + "_", 93) + "AA"),
    ("openrouter", "sk" + "-or-v1-" + some(HEX, 64)),
    ("google", "AI" + "za" + some(ALNUM, 35)),
    ("google", "GOCSPX" + "-" + some(ALNUM, 28)),
    ("groq", "gsk" + "_" + some(ALNUM, 52)),
    ("xai", "xai" + "-" + some(ALNUM, 80)),
    ("npm", "npm" + "_" + some(ALNUM, 36)),
    ("pypi", "pypi" + "-AgEI" + some(ALNUM + "_", 150)),
    ("twilio", "S" + "K" + some(HEX, 32)),
    ("sendgrid", "SG" + "." + some(ALNUM, 22) + "." + some(ALNUM, 43)),
    ("digitalocean", "dop" + "_v1_" + some(HEX, 64)),
    ("huggingface", "hf" + "_" + some(ALNUM, 34)),
    ("docker", "dckr" + "_pat_" + some(ALNUM, 27)),
    ("shopify", "shp" + "at_" + some(HEX, 32)),
    ("vault", "hvs" + "." + some(ALNUM, 90)),
    ("age", "AGE-SECRET" + "-KEY-1" + some(string.ascii_uppercase, 58)),
    (
        "jwt",
        "ey" + "J" + some(ALNUM, 30) + ".ey" + "J" + some(ALNUM, 60) + "." + some(ALNUM + "_", 43),
    ),
    ("databricks", "dapi" + some(HEX, 32)),
    ("databricks", "dapi" + some(HEX, 32) + "-2"),
    ("telegram", some("123456789", 9) + ":" + "AA" + some(ALNUM, 33)),
]
KEY_BODY = "\n".join(some(ALNUM + "+/", 64) for _ in range(5))


def armour(kind: str, body: str, end: str = "\n") -> str:
    return "-----BEGIN " + kind + "-----" + end + body + end + "-----END " + kind + "-----"
