-- Commands wait for a server that is still starting.

local absence = require("understudy.absence")
local client_of = require("understudy.client")
local process = require("understudy.process")
local ui = require("understudy.ui")

local M = {}

local LOOK_MS, MOST_LOOKS = 50, 1000

--- Calls back with the client, once there is one; says why where none comes, unless that was told.
---@param bufnr integer? The buffer that must have its own.
---@param done fun(client: vim.lsp.Client)
function M.for_client(bufnr, done)
  local given_up = process.given_up
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
    local client = client_of.get(bufnr)
    if client then
      done(client)
    elseif process.given_up == given_up then
      client_of.require(bufnr)
    end
  end
  if not client_of.get(bufnr) and absence.is_starting(bufnr) then
    ui.hint("The server is starting …")
  end
  look(MOST_LOOKS)
end

return M
