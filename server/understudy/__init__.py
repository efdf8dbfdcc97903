"""Understudy: a language server that repairs code and proves every edit before anyone sees it."""

__version__ = "0.1.0"
