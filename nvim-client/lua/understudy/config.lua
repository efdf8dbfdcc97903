-- What the user chose. Nothing has to be: every setting has a default.

local M = {}

---@class understudy.Config
---@field enabled? boolean Start the server for files that it knows.
---@field server? string|string[] The program, without `serve`; by default it is looked for.
---@field filetypes? string[] Only these; by default all that the server knows.
---@field root_markers? string[] What tells the folder of a project.
---@field settings? understudy.Settings Those of the server, which then stand above `config.toml`.
---@field preview? "float"|"split"|"inline" How a fix is shown that waits.
---@field inline? boolean|"native" Whether the fix for the line of the cursor is drawn within it.
---@field messages? boolean Whether the command line tells what is under way and how it ended.
---@field keymaps? boolean|table<string, string|false> Keys; see |understudy-keymaps|.

local MARKERS = {
  ".understudy",
  "pyproject.toml",
  "package.json",
  "Cargo.toml",
  "go.mod",
  "pom.xml",
  "build.gradle",
  ".git",
}

---@type understudy.Config
local DEFAULTS = {
  enabled = true,
  server = nil,
  filetypes = nil,
  root_markers = MARKERS,
  settings = vim.empty_dict(),
  preview = "float",
  inline = true,
  messages = true,
  keymaps = false,
}

---@type table<string, string[]>
local TYPES = {
  enabled = { "boolean" },
  server = { "string", "table", "nil" },
  filetypes = { "table", "nil" },
  root_markers = { "table" },
  settings = { "table" },
  preview = { "string" },
  inline = { "boolean", "string" },
  messages = { "boolean" },
  keymaps = { "boolean", "table" },
}

---@type table<string, any[]>
local CHOICES = { preview = { "float", "split", "inline" }, inline = { true, false, "native" } }

---@type understudy.Config?
local chosen
---@type table? What the user gave to `setup()`.
local given_to_setup

--- What counts now: `setup()`, else `vim.g.understudy`, else the defaults.
---@return understudy.Config
function M.get()
  if not chosen then
    chosen = M.merged(vim.g.understudy or {})
  end
  return chosen
end

---@param given understudy.Config
function M.set(given)
  chosen, given_to_setup = M.merged(given), given
end

--- What the user wrote, right or wrong.
---@return table
function M.written()
  return given_to_setup or vim.g.understudy or {}
end

--- The file types that the server is started for.
---@return string[]
function M.filetypes()
  return M.get().filetypes or vim.tbl_keys(require("understudy.generated.languages"))
end

---@param given understudy.Config
---@return understudy.Config
function M.merged(given)
  local found = vim.tbl_extend("force", DEFAULTS, given)
  for key, one in pairs(found) do
    if M.complaint(key, one) then
      found[key] = DEFAULTS[key]
    end
  end
  return found
end

--- Why a setting does not count.
---@param key string
---@param value any
---@return string?
function M.complaint(key, value)
  local types = TYPES[key]
  if not types then
    return ("`%s` is no setting of Understudy's plugin."):format(key)
  end
  if not vim.tbl_contains(types, type(value)) then
    return ("`%s` must be a %s."):format(key, types[1])
  end
  if CHOICES[key] and not vim.tbl_contains(CHOICES[key], value) then
    local known = vim.tbl_map(vim.inspect, CHOICES[key])
    return ("`%s` must be one of %s."):format(key, table.concat(known, ", "))
  end
end

--- Everything that is wrong with what the user wrote, sorted.
---@param given table
---@return string[]
function M.complaints(given)
  local found = {}
  for key, value in pairs(given) do
    found[#found + 1] = M.complaint(key, value)
  end
  table.sort(found)
  return found
end

return M
