-- Keys. `<Plug>` mappings are always there; real keys only where the user asks for them.

local M = {}

---@param ... string
local function command(...)
  local words = { ... }
  return function()
    require("understudy").run(unpack(words))
  end
end

--- Takes over the selection before Visual mode ends.
---@param name string
local function over_selection(name)
  return function()
    local mode = vim.fn.mode()
    if mode:match("^[vV\22]") then
      vim.cmd.normal({ args = { "\27" }, bang = true })
      vim.cmd(("'<,'>Understudy %s"):format(name))
    else
      require("understudy").run(name)
    end
  end
end

---@class understudy.Plug
---@field modes string[]
---@field run function
---@field desc string
---@field key? string What `keymaps = true` maps to it.

---@type table<string, understudy.Plug>
M.PLUGS = {}

---@param name string
---@param modes string[]
---@param key string?
---@param desc string
---@param run function
local function plug(name, modes, key, desc, run)
  M.PLUGS[("<Plug>(understudy-%s)"):format(name)] =
    { modes = modes, run = run, desc = desc, key = key }
end

plug("fix", { "n", "x" }, "<leader>uf", "fix problems here", over_selection("fix"))
plug("fix-file", { "n" }, "<leader>uF", "fix all problems in this file", command("fix-file"))
plug("edit", { "n", "x" }, "<leader>um", "change the selected code", over_selection("edit"))
plug("explain", { "n", "x" }, "<leader>ux", "explain the selected code", over_selection("explain"))
plug("review", { "n", "x" }, "<leader>uv", "review this file", over_selection("review"))
plug("preview", { "n" }, "<leader>up", "show the fix that waits here", command("preview"))
plug("accept", { "n" }, "<leader>ua", "take the fix that waits here", command("accept"))
plug("accept-all", { "n" }, "<leader>uA", "take all proved fixes", command("accept-all"))
plug("discard", { "n" }, "<leader>ud", "forget the fix that waits here", command("discard"))
plug("next", { "n" }, "<leader>un", "ask another model", command("next"))
plug("why", { "n" }, "<leader>uw", "show why this fix", command("why"))
plug("runs", { "n" }, "<leader>ur", "show runs", command("runs"))
plug("cancel", { "n" }, "<leader>uc", "cancel what is under way", command("cancel"))
plug("accept-inline", { "n", "i" }, nil, "take the fix within the line", function()
  require("understudy.inline").accept()
end)

---@type { mode: string, key: string }[]
local mapped = {}

--- Maps the keys that the user asks for, and no others.
function M.apply()
  for _, one in ipairs(mapped) do
    pcall(vim.keymap.del, one.mode, one.key)
  end
  mapped = {}
  local wanted = require("understudy.config").get().keymaps
  if wanted == false then
    return
  end
  local own = type(wanted) == "table" and wanted or {}
  for name, one in pairs(M.PLUGS) do
    local short = name:match("%-(.+)%)$")
    local key = own[short]
    if key == nil and wanted == true then
      key = one.key
    end
    if key and short ~= "accept-inline" then
      M.map(one.modes, key, name, { desc = "Understudy: " .. one.desc })
    end
  end
  M.map_inline(own["accept-inline"])
end

--- The key that takes the fix within the line goes on doing what it did where there is none.
---@param key string|false|nil
function M.map_inline(key)
  if not key then
    return
  end
  M.map({ "i", "n" }, key, function()
    return require("understudy").accept_inline_or(key)
  end, { expr = true, desc = "Understudy: take the fix within the line" })
end

---@param modes string[]
---@param key string
---@param run string|function
---@param options vim.keymap.set.Opts
function M.map(modes, key, run, options)
  for _, mode in ipairs(modes) do
    vim.keymap.set(mode, key, run, options)
    table.insert(mapped, { mode = mode, key = key })
  end
end

return M
