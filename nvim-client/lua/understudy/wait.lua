-- Commands wait for a server that is still starting.

local absence = require("understudy.absence")
local client_of = require("understudy.client")
local ui = require("understudy.ui")

local M = {}

local LOOK_MS, MOST_LOOKS = 50, 600

--- Calls back with the client, once there is one; says why where none comes.
---@param bufnr integer? The buffer that must have its own.
---@param done fun(client: vim.lsp.Client)
function M.for_client(bufnr, done)
  local function look(left)
    if bufnr and not vim.api.nvim_buf_is_valid(bufnr) then
      return
    end
    if not client_of.get(bufnr) and left > 0 and absence.is_starting(bufnr) then
      vim.defer_fn(function()
        look(left - 1)
      end, LOOK_MS)
      return
    end
    local client = client_of.require(bufnr)
    if client then
      done(client)
    end
  end
  if not client_of.get(bufnr) and absence.is_starting(bufnr) then
    ui.hint("The server is starting …")
  end
  look(MOST_LOOKS)
end

return M
