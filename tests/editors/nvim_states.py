"""What tests wait for in a Neovim with the plugin, as expressions of Lua."""

from __future__ import annotations

RUNS = 'vim.lsp.get_clients({ bufnr = 1, name = "understudy" })[1] ~= nil and #trial.status() > 0'
SHOWN = 'require("understudy.preview").shown() ~= nil'
CLOSED = 'require("understudy.preview").shown() == nil'
WAITS = "#require('understudy').waiting(1) > 0"
