"""TypeScript with JSX."""

from understudy.languages import Language

LANGUAGE = Language(id="typescriptreact", suffixes=frozenset({".tsx"}))
