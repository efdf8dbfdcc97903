"""Neovim: its own client for language servers, and Understudy's plugin on top of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from understudy.editors import Client, Editor
from understudy.editors.blocks import Block
from understudy.editors.markers import ROOT_MARKERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from understudy.editors import Server
    from understudy.editors.machine import Machine

_FILETYPES = {"shellscript": "sh"}
"""Where Neovim's name is not the LSP language id."""


def _plain(server: Server) -> str:
    """Sourced at every start; `vim.lsp.config` came with Neovim 0.11.

    Both clients have one name, so this one steps back where the plugin is.
    """
    return f"""\
local plugin = vim.api.nvim_get_runtime_file("lua/understudy/init.lua", false)[1]
local config = {{
  name = "understudy",
  cmd = {_list(server.command)},
  filetypes = {_list(_FILETYPES.get(one, one) for one in server.languages)},
  root_markers = {_list(ROOT_MARKERS)},
}}
if not plugin and vim.lsp.config then
  vim.lsp.config("understudy", config)
  vim.lsp.enable("understudy")
elseif not plugin then
  vim.api.nvim_create_autocmd("FileType", {{
    pattern = config.filetypes,
    callback = function(event)
      local root = vim.fs.root(event.buf, config.root_markers)
      vim.lsp.start(vim.tbl_extend("force", config, {{ root_dir = root }}), {{
        bufnr = event.buf,
        -- Without this, each file outside of a project would get a server of its own.
        reuse_client = function(client, wanted)
          return client.name == wanted.name and client.config.root_dir == wanted.root_dir
        end,
      }})
    end,
  }})
  vim.keymap.set("n", "gra", vim.lsp.buf.code_action)
end
"""


def _plugin(server: Server) -> str:
    """What the user gives to `setup()` in `init.lua` stands above this. The plugin adds `serve`."""
    return f"""\
vim.g.understudy = vim.tbl_extend("keep", vim.g.understudy or {{}}, {{
  server = {_list(server.command[:-1])},
}})
"""


def _list(words: Iterable[str]) -> str:
    """A table of Lua; JSON's strings are Lua's as long as they stay readable."""
    return "{ " + ", ".join(json.dumps(word, ensure_ascii=False) for word in words) + " }"


def _folder(machine: Machine) -> Path:
    return machine.local() / machine.environ.get("NVIM_APPNAME", "nvim")


def _file(machine: Machine) -> Path:
    return _folder(machine) / "plugin" / "understudy.lua"


def _installed(machine: Machine) -> Iterator[Path]:
    """As packages, and where the two plugin managers that are used most put them."""
    data = machine.data() / ("nvim-data" if machine.system == "windows" else "nvim")
    for folder in (
        data / "site" / "pack" / "*" / "*" / "*",
        _folder(machine) / "pack" / "*" / "*" / "*",
        data / "lazy" / "*",
        data / "plugged" / "*",
    ):
        yield folder / "lua" / "understudy" / "init.lua"


EDITOR = Editor(
    id="neovim",
    name="Neovim",
    programs=("nvim",),
    oldest=(0, 10),
    clients=(
        Client(
            id="plugin",
            name="Understudy's plugin",
            place=_file,
            form=Block("--", _plugin, word="vim.g.understudy", ends_with=""),
            evidence=_installed,
            by_itself=True,
            note="Without it, the plugin looks for a server by itself.",
            need=(
                "Install the plugin: it is the folder `nvim-client` of Understudy's source, which "
                "pip does not install; its README says where Neovim looks for it."
            ),
        ),
        Client(
            id="plain",
            name="Neovim's own client",
            place=_file,
            form=Block("--", _plain, word="vim.lsp"),
            note="Where Understudy's plugin is installed, this does nothing.",
        ),
    ),
)
