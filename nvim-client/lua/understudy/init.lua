-- What configurations and other plugins may call; see |understudy-lua|.

local M = {}

--- Chooses something else than the defaults. It need not be called.
---@param given? understudy.Config
function M.setup(given)
  local config = require("understudy.config")
  for _, complaint in ipairs(config.complaints(given or {})) do
    require("understudy.ui").warn(complaint)
  end
  config.set(given or {})
  require("understudy.keymaps").apply()
  if vim.g.loaded_understudy then
    require("understudy.client").follow_config()
  end
end

--- For a statusline: what is under way, else who is asked, and what today cost.
---@return string
function M.status()
  return require("understudy.status").text()
end

--- Takes the fix that is drawn within the line of the cursor.
---@return boolean # whether there is one
function M.accept_inline()
  return require("understudy.inline").accept()
end

--- For a mapping with `expr`: takes the fix within the line, or else does what the key does.
---@param key string such as `<Tab>`
---@return string
function M.accept_inline_or(key)
  if require("understudy.inline").accept() then
    return ""
  end
  return key
end

--- The fixes that wait for a buffer, oldest first.
---@param bufnr? integer
---@return understudy.ReadyEdit[]
function M.waiting(bufnr)
  return require("understudy.ready").of(vim.uri_from_bufnr(bufnr or 0))
end

--- Runs a subcommand of |:Understudy|.
---@param name string
---@param ... string
function M.run(name, ...)
  require("understudy.commands").run({ fargs = { name, ... }, range = 0 })
end

return M
