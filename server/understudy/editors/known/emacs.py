"""Emacs: Eglot, which comes with it, and lsp-mode."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.editors import Client, Editor
from understudy.editors.blocks import Block

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from understudy.editors import Server
    from understudy.editors.machine import Machine

_MODES = {
    "c": ("c-mode", "c-ts-mode"),
    "cpp": ("c++-mode", "c++-ts-mode"),
    "csharp": ("csharp-mode", "csharp-ts-mode"),
    "css": ("css-mode", "css-ts-mode"),
    "dockerfile": ("dockerfile-mode", "dockerfile-ts-mode"),
    "go": ("go-mode", "go-ts-mode"),
    "html": ("html-mode", "html-ts-mode"),
    "java": ("java-mode", "java-ts-mode"),
    "javascript": ("js-mode", "js-ts-mode"),
    "javascriptreact": ("js-jsx-mode",),
    "json": ("json-mode", "json-ts-mode"),
    "kotlin": ("kotlin-mode", "kotlin-ts-mode"),
    "lua": ("lua-mode", "lua-ts-mode"),
    "makefile": ("makefile-mode", "makefile-gmake-mode"),
    "markdown": ("markdown-mode",),
    "php": ("php-mode", "php-ts-mode"),
    "python": ("python-mode", "python-ts-mode"),
    "ruby": ("ruby-mode", "ruby-ts-mode"),
    "rust": ("rust-mode", "rust-ts-mode"),
    "shellscript": ("sh-mode", "bash-ts-mode"),
    "sql": ("sql-mode",),
    "swift": ("swift-mode",),
    "toml": ("conf-toml-mode", "toml-ts-mode"),
    "typescript": ("typescript-mode", "typescript-ts-mode"),
    "typescriptreact": ("tsx-ts-mode",),
    "yaml": ("yaml-mode", "yaml-ts-mode"),
}

_DEBIAN = Path("/usr/share/emacs/site-lisp/elpa")


def _eglot(server: Server) -> str:
    modes = _modes(server)
    return f"""\
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               '(({" ".join(modes)}) . ({_strings(server.command)})))
  ;; Older ones would ask once more, after Understudy has asked.
  (unless (boundp 'eglot-confirm-server-edits)
    (setq eglot-confirm-server-initiated-edits nil)))
{_hooks(modes, "eglot-ensure")}"""


def _lsp_mode(server: Server) -> str:
    return f"""\
(with-eval-after-load 'lsp-mode
  (lsp-register-client
   (make-lsp-client :new-connection (lsp-stdio-connection '({_strings(server.command)}))
                    :activation-fn (lsp-activate-on {_strings(server.languages)})
                    :add-on? t
                    :server-id 'understudy)))
{_hooks(_modes(server), "lsp-deferred")}"""


def _modes(server: Server) -> list[str]:
    return [mode for one in server.languages for mode in _MODES.get(one, ())]


def _strings(words: Iterable[str]) -> str:
    return " ".join(json.dumps(word, ensure_ascii=False) for word in words)


def _hooks(modes: Iterable[str], function: str) -> str:
    return "".join(f"(add-hook '{mode}-hook #'{function})\n" for mode in modes)


def _file(machine: Machine) -> Path:
    """The file that Emacs reads: of several, the first of these counts.

    Source: "The Emacs Initialization File" and "How Emacs Finds Your Init File" in its manual.
    """
    home = machine.home
    if machine.system == "windows":
        home = machine.config()
    folder, modern = home / ".emacs.d", machine.config() / "emacs"
    old = (home / ".emacs.el", home / ".emacs")
    there = next((path for path in old if path.is_file()), None)
    if there is not None:
        return there
    return (modern if modern.is_dir() and not folder.is_dir() else folder) / "init.el"


def _lsp_mode_folders(machine: Machine) -> Iterator[Path]:
    """As a package of Emacs, of a manager of packages, and of Debian."""
    for folder in (machine.home / ".emacs.d", machine.config() / "emacs"):
        yield folder / "elpa" / "lsp-mode-*"
        yield folder / "straight" / "repos" / "lsp-mode"
        yield folder / "elpaca" / "repos" / "lsp-mode"
    if machine.system == "linux":
        yield _DEBIAN / "lsp-mode-*"


EDITOR = Editor(
    id="emacs",
    name="Emacs",
    programs=("emacs",),
    oldest=(28,),
    clients=(
        Client(
            id="eglot",
            name="Eglot",
            place=_file,
            form=Block(";;", _eglot, word="eglot-server-programs"),
            note="Before Emacs 29, Eglot is a package of its own: install it first.",
            alone=True,
        ),
        Client(
            id="lsp-mode",
            name="lsp-mode",
            place=_file,
            form=Block(";;", _lsp_mode, word="lsp-register-client"),
            evidence=_lsp_mode_folders,
            need="Install the package: `M-x package-install RET lsp-mode`.",
        ),
    ),
)
