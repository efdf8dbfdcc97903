-- Folders that the user trusts, and providers that may see their code. Asked with `vim.ui.select`.
--
-- What the server may run of a folder is written down by the server. Written down here is only
-- whether the folder's own environment may hold the server: nothing of it may be run to find out.

local ui = require("understudy.ui")

local M = {}

---@type table<string, true>? folders whose own server may be run
local allowed

---@return string
local function file()
  return vim.fs.joinpath(vim.fn.stdpath("state"), "understudy", "projects.json")
end

---@return table<string, true>
local function load()
  if not allowed then
    allowed = {}
    local read, lines = pcall(vim.fn.readfile, file())
    local decoded, found = pcall(vim.json.decode, read and table.concat(lines, "\n") or "[]")
    for _, root in ipairs(decoded and type(found) == "table" and found or {}) do
      allowed[root] = true
    end
  end
  return allowed
end

---@param root string
---@param may boolean
function M.allow(root, may)
  load()[vim.fs.normalize(root)] = may or nil
  vim.fn.mkdir(vim.fs.dirname(file()), "p", tonumber("700", 8))
  local roots = vim.tbl_keys(load())
  table.sort(roots)
  vim.fn.writefile({ vim.json.encode(roots) }, file())
end

--- Whether a program inside of a folder may be run to serve.
---@param root string?
---@return boolean
function M.may_run(root)
  return root ~= nil and load()[vim.fs.normalize(root)] == true
end

local TRUST, NOT_NOW = "Trust this folder", "Not now"

---@type table<string, true> folders about which somebody was asked
local asked = {}

--- Asks once in a session whether a folder is trusted whose own server is the only one.
---@param root string
---@param trusted fun()
function M.ask_once(root, trusted)
  if not asked[root] then
    asked[root] = true
    M.ask(root, trusted)
  end
end

--- Asks whether a folder is trusted.
---@param root string
---@param trusted fun()
function M.ask(root, trusted)
  local name = vim.fs.basename(root)
  local prompt = ("Do you trust the authors of `%s`? Its own tools are run then."):format(name)
  ui.pick({ TRUST, NOT_NOW }, prompt, function(choice)
    if choice == TRUST then
      M.allow(root, true)
      M.write_down(root, { "trust", root }, trusted)
    end
  end)
end

---@param root string
---@param done fun()
function M.revoke(root, done)
  M.write_down(root, { "trust", "--revoke", root }, function()
    M.allow(root, false)
    done()
  end)
end

--- Whether code of a folder may be sent to a provider.
---@param root string
---@param provider string
---@param done fun()
function M.consent(root, provider, done)
  local name = vim.fs.basename(root)
  local send = "Send, for this workspace"
  local prompt = ("Send code of `%s` to %s when one of its models is asked?"):format(name, provider)
  ui.pick({ send, NOT_NOW }, prompt, function(choice)
    if choice == send then
      M.write_down(root, { "consent", provider, root }, done)
    end
  end)
end

---@param root string
---@param provider string? all, if none is named
---@param done fun()
function M.take_back(root, provider, done)
  M.write_down(root, { "consent", "--revoke", provider or "", root }, done)
end

---@param root string
---@param arguments string[]
---@param done fun()
function M.write_down(root, arguments, done)
  local given = vim.tbl_filter(function(one)
    return one ~= ""
  end, arguments)
  require("understudy.server").call(root, given, function(ok, told)
    (ok and ui.tell or ui.warn)(told)
    if ok then
      done()
    end
  end)
end

return M
