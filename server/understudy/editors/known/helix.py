"""Helix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.editors import Client, Editor
from understudy.editors.helix_form import HelixLanguages

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.editors.machine import Machine

_NAMES = {
    "c": "c",
    "cpp": "cpp",
    "csharp": "c-sharp",
    "css": "css",
    "dockerfile": "dockerfile",
    "go": "go",
    "html": "html",
    "java": "java",
    "javascript": "javascript",
    "javascriptreact": "jsx",
    "json": "json",
    "kotlin": "kotlin",
    "lua": "lua",
    "makefile": "make",
    "markdown": "markdown",
    "php": "php",
    "python": "python",
    "ruby": "ruby",
    "rust": "rust",
    "shellscript": "bash",
    "sql": "sql",
    "swift": "swift",
    "toml": "toml",
    "typescript": "typescript",
    "typescriptreact": "tsx",
    "yaml": "yaml",
}
_USUAL = {
    "bash": ("bash-language-server",),
    "c": ("clangd",),
    "c-sharp": ("omnisharp",),
    "cpp": ("clangd",),
    "css": ("vscode-css-language-server",),
    "dockerfile": ("docker-langserver",),
    "go": ("gopls", "golangci-lint-lsp"),
    "html": ("vscode-html-language-server",),
    "java": ("jdtls",),
    "javascript": ("typescript-language-server",),
    "json": ("vscode-json-language-server",),
    "jsx": ("typescript-language-server",),
    "kotlin": ("kotlin-language-server",),
    "lua": ("lua-language-server",),
    "markdown": ("marksman", "markdown-oxide"),
    "php": ("intelephense",),
    "python": ("ruff", "jedi", "pylsp"),
    "ruby": ("solargraph",),
    "rust": ("rust-analyzer",),
    "swift": ("sourcekit-lsp",),
    "toml": ("taplo",),
    "tsx": ("typescript-language-server",),
    "typescript": ("typescript-language-server",),
    "yaml": ("yaml-language-server", "ansible-language-server"),
}
"""As `languages.toml` of Helix 25.01 has it."""


def _file(machine: Machine) -> Path:
    return machine.config() / "helix" / "languages.toml"


EDITOR = Editor(
    id="helix",
    name="Helix",
    programs=("hx", "helix"),
    oldest=(23, 10),
    clients=(
        Client(
            id="helix",
            name="Helix' own client",
            place=_file,
            form=HelixLanguages(_NAMES, _USUAL),
            note=(
                "A list of servers takes the place of Helix' own, so its servers are named in it; "
                "those that are not installed do no harm."
            ),
        ),
    ),
)
