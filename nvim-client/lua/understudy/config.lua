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

---@param value any
---@return boolean
local function is_text(value)
  return type(value) == "string" and value ~= ""
end

---@param value any
---@return boolean
local function are_texts(value)
  return type(value) == "table"
    and (vim.islist(value) or next(value) == nil)
    and vim.iter(value):all(is_text)
end

---@param value any
---@return boolean
local function is_program(value)
  return is_text(value) or (are_texts(value) and #value > 0)
end

---@param ... any
---@return understudy.Rule
local function one_of(...)
  local choices = { ... }
  local known = vim.tbl_map(vim.inspect, choices)
  return {
    "one of " .. table.concat(known, ", "),
    function(value)
      return vim.tbl_contains(choices, value)
    end,
  }
end

---@param name string
---@return understudy.Rule
local function a(name)
  return {
    "a " .. name,
    function(value)
      return type(value) == name
    end,
  }
end

---@class understudy.Rule
---@field [1] string What a setting must be.
---@field [2] fun(value: any): boolean Whether it is that.

---@type table<string, understudy.Rule>
local RULES = {
  enabled = a("boolean"),
  server = { "the name of a program, or a list of it and its arguments", is_program },
  filetypes = { "a list of file types", are_texts },
  root_markers = { "a list of file names", are_texts },
  settings = a("table"),
  preview = one_of("float", "split", "inline"),
  inline = one_of(true, false, "native"),
  messages = a("boolean"),
  keymaps = {
    "true, false or a table of keys",
    function(value)
      return type(value) == "boolean" or type(value) == "table"
    end,
  },
}

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
---@return any
function M.written()
  return given_to_setup or vim.g.understudy or {}
end

--- The file types that the server is started for.
---@return string[]
function M.filetypes()
  return M.get().filetypes or vim.tbl_keys(require("understudy.generated.languages"))
end

--- Why an entry of `keymaps` does not count.
---@param name any
---@param key any
---@return string?
local function complaint_of_key(name, key)
  if not require("understudy.keymaps").PLUGS[("<Plug>(understudy-%s)"):format(name)] then
    return ("`keymaps` has no `%s`."):format(name)
  elseif key ~= false and not is_text(key) then
    return ("`keymaps.%s` must be a key or false."):format(name)
  end
end

---@param keymaps table
---@return table<string, string|false>
local function kept_keys(keymaps)
  local found = {}
  for name, key in pairs(keymaps) do
    if not complaint_of_key(name, key) then
      found[name] = key
    end
  end
  return found
end

---@param given understudy.Config
---@return understudy.Config
function M.merged(given)
  local found = vim.tbl_extend("force", DEFAULTS, type(given) == "table" and given or {})
  for key, one in pairs(found) do
    if M.complaint(key, one) then
      found[key] = DEFAULTS[key]
    end
  end
  if type(found.keymaps) == "table" then
    found.keymaps = kept_keys(found.keymaps)
  end
  return found
end

--- Why a setting does not count.
---@param key string
---@param value any
---@return string?
function M.complaint(key, value)
  local rule = RULES[key]
  if not rule then
    return ("`%s` is no setting of Understudy's plugin."):format(key)
  elseif not rule[2](value) then
    return ("`%s` must be %s."):format(key, rule[1])
  end
end

--- Everything that is wrong with what the user wrote, sorted.
---@param given any
---@return string[]
function M.complaints(given)
  if type(given) ~= "table" then
    return { "The configuration of Understudy's plugin must be a table." }
  end
  local found = {}
  for key, value in pairs(given) do
    found[#found + 1] = M.complaint(key, value)
  end
  for name, key in pairs(type(given.keymaps) == "table" and given.keymaps or {}) do
    found[#found + 1] = complaint_of_key(name, key)
  end
  table.sort(found)
  return found
end

return M
