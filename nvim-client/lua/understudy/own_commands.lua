-- The subcommands that the plugin itself carries out.

local client_of = require("understudy.client")
local preview = require("understudy.preview")
local trust = require("understudy.trust")
local ui = require("understudy.ui")

---@type table<string, understudy.Subcommand>
local M = {}

---@param run fun(words: string[])
---@param complete? fun(): string[]
---@return understudy.Subcommand
local function online(run, complete)
  return {
    run = function(_, words)
      run(words)
    end,
    complete = complete,
  }
end

---@param run fun(words: string[])
---@param complete? fun(): string[]
---@return understudy.Subcommand
local function offline(run, complete)
  local made = online(run, complete)
  made.offline = true
  return made
end

---@param ... string
---@return fun(): string[]
local function words(...)
  local known = { ... }
  return function()
    return vim.deepcopy(known)
  end
end

M.preview = online(preview.open)
M.accept = online(preview.accept)
M["accept-all"] = online(preview.accept_all)
M.discard = online(preview.discard)
M.again = online(preview.again)
M.why = online(preview.why)

M.next = online(function(given)
  preview.next_model(given[1])
end, function()
  local found = preview.current()
  return found and vim.deepcopy(found.edit.others) or {}
end)

M.inline = online(function()
  if not require("understudy").accept_inline() then
    ui.tell("No fix is shown within this line.")
  end
end)

M.runs = online(function(given)
  require("understudy.runs").open(given[1])
end)

M.key = online(function()
  require("understudy.keys").choose()
end)

--- The folder that trust and consent are about.
---@return string
local function root_here()
  local markers = require("understudy.config").get().root_markers
  return vim.fs.root(0, markers) or vim.fn.getcwd()
end

M.trust = offline(function(given)
  if given[1] == "revoke" then
    trust.revoke(root_here(), client_of.restart)
  else
    trust.ask(root_here(), client_of.restart)
  end
end, words("revoke"))

M.consent = offline(function(given)
  if given[1] == "revoke" then
    trust.take_back(root_here(), given[2], client_of.restart)
  elseif given[1] then
    trust.consent(root_here(), given[1], client_of.restart)
  else
    ui.warn("Consent to which provider? `:Understudy consent anthropic`")
  end
end, words("revoke", "anthropic", "openai", "google", "mistral"))

M.start = offline(client_of.start)
M.stop = offline(client_of.stop)
M.restart = offline(client_of.restart)

M.health = offline(function()
  vim.cmd.checkhealth("understudy")
end)

M.log = offline(function()
  local log = vim.lsp.log or require("vim.lsp.log")
  vim.cmd.tabedit(log.get_filename())
end)

M.menu = online(function()
  require("understudy.menu").show()
end)

return M
