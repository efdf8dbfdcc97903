"""The forms of tokens that vendors document: what they begin with, and how long they are."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TokenFormat:
    """A token format. `pattern` marks the secret itself as its group 1."""

    kind: str
    keyword: str
    pattern: re.Pattern[str]


def _token(kind: str, keyword: str, shape: str) -> TokenFormat:
    # A token starts where no letter or digit stands before it; the `n` of a written-out `\n` is none.
    return TokenFormat(kind, keyword, re.compile(rf"(?:(?<![A-Za-z0-9])|(?<=\\[nrt]))({shape})"))


def _after(kind: str, keyword: str, lead: str, shape: str) -> TokenFormat:
    return TokenFormat(kind, keyword, re.compile(f"(?:{lead})({shape})"))


FORMATS = (
    *(_token("aws", a, rf"{a}[A-Z2-7]{{16}}(?![A-Za-z0-9/+])") for a in ("AKIA", "ASIA")),
    *(
        _after(
            "aws-secret",
            keyword,
            keyword + r"""\\?["']?\s{0,4}(?:=>|[:=])\s{0,4}\\?["']?""",
            r"[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])",
        )
        for keyword in (
            "aws_secret_access_key",
            "AWS_SECRET_ACCESS_KEY",
            "aws_secret_key",
            "AWS_SECRET_KEY",
            "secret_access_key",
            "secretAccessKey",
            "SecretAccessKey",
        )
    ),
    *(_token("github", f"gh{letter}_", rf"gh{letter}_[A-Za-z0-9]{{36,}}+") for letter in "pousr"),
    _token("github", "github_pat_", r"github_pat_[A-Za-z0-9_]{60,}+"),
    _token("gitlab", "glpat-", r"glpat-[A-Za-z0-9_-]{20,}+"),
    _token("slack", "xox", r"xox[abeoprs]-[A-Za-z0-9-]{20,}+"),
    _token("slack", "xapp-", r"xapp-[0-9]-[A-Za-z0-9-]{20,}+"),
    _after(
        "slack",
        "hooks.slack.com",
        r"hooks\.slack\.com/services/",
        r"T[A-Z0-9]{6,14}/B[A-Z0-9]{6,14}/[A-Za-z0-9]{20,}+",
    ),
    _token("stripe", "_live_", r"[rs]k_live_[A-Za-z0-9]{16,}+"),
    _token("stripe", "whsec_", r"whsec_[A-Za-z0-9+/]{32,}+"),
    _token("anthropic", "sk-ant-", r"sk-ant-[A-Za-z0-9_-]{32,}+"),
    _token("openrouter", "sk-or-", r"sk-or-v1-[0-9a-f]{64}"),
    _token("openai", "sk-", r"sk-(?:(?:proj|svcacct|admin)-[A-Za-z0-9_-]{32,}+|[A-Za-z0-9]{32,}+)"),
    _token("google", "AIza", r"AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])"),
    _token("google", "GOCSPX-", r"GOCSPX-[A-Za-z0-9_-]{28}(?![A-Za-z0-9_-])"),
    _token("groq", "gsk_", r"gsk_[A-Za-z0-9]{48,}+"),
    _token("xai", "xai-", r"xai-[A-Za-z0-9]{64,}+"),
    _token("npm", "npm_", r"npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])"),
    _token("pypi", "pypi-AgEI", r"pypi-AgEI[A-Za-z0-9_-]{50,}+"),
    _token("twilio", "SK", r"SK[0-9a-f]{32}(?![0-9A-Za-z])"),
    _token("sendgrid", "SG.", r"SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])"),
    _token("digitalocean", "_v1_", r"do[opr]_v1_[0-9a-f]{64}"),
    _token("huggingface", "hf_", r"hf_[A-Za-z0-9]{34,}+"),
    _token("docker", "dckr_pat_", r"dckr_pat_[A-Za-z0-9_-]{27,}+"),
    _token("shopify", "shp", r"shp(?:at|ca|pa|ss)_[0-9A-Fa-f]{32}"),
    _token("databricks", "dapi", r"dapi[0-9a-f]{32}(?:-[0-9]{1,2})?(?![0-9A-Za-z])"),
    _token("telegram", ":AA", r"[0-9]{8,10}:AA[A-Za-z0-9_-]{33}(?![A-Za-z0-9_-])"),
    _token("vault", "hvs.", r"hvs\.[A-Za-z0-9_-]{24,}+"),
    _token("age", "AGE-SECRET-KEY-1", r"AGE-SECRET-KEY-1[A-Z0-9]{58}"),
    _after("azure", "AccountKey=", "AccountKey=", r"[A-Za-z0-9+/]{86}=="),
    TokenFormat(
        "jwt",
        "eyJ",
        # A start inside a longer run is excluded, so that each run is read once.
        re.compile(
            r"(?:(?<![A-Za-z0-9_-])|(?<=\\[nrt]))"
            r"(eyJ[A-Za-z0-9_-]{10,}+\.eyJ[A-Za-z0-9_-]{10,}+\.[A-Za-z0-9_-]{20,}+)"
        ),
    ),
)
