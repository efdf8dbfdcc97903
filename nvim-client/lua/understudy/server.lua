-- Where the server is: the user's choice, the project's environment, `PATH`.

local config = require("understudy.config")
local trust = require("understudy.trust")

local M = {}

local WINDOWS = vim.fn.has("win32") == 1
local ENVIRONMENTS = { ".venv", "venv" }

---@class understudy.Found
---@field program string[] The program and its first arguments, to which `serve` is added.
---@field how "configured"|"workspace"|"path"

--- The server of a project.
---@param root string?
---@return understudy.Found?
---@return string? why there is none
function M.find(root)
  local chosen = config.get().server
  if chosen then
    return M.configured(chosen)
  end
  local own = M.in_project(root)
  if own and trust.may_run(root) then
    return { program = { own }, how = "workspace" }
  end
  local found = vim.fn.exepath("understudy")
  if found ~= "" and (trust.may_run(root) or not M.lies_in(found, root)) then
    return { program = { found }, how = "path" }
  end
  if own then
    return nil, ("%s is not run before you trust the folder: `:Understudy trust`."):format(own)
  end
  return nil, "`understudy` is not on `PATH`, and the project has no environment with it."
end

---@param chosen string|string[]
---@return understudy.Found?
---@return string?
function M.configured(chosen)
  local program = type(chosen) == "table" and chosen or { chosen }
  local path = vim.fn.exepath(vim.fn.expand(program[1]))
  if path == "" then
    return nil, ("The setting `server` names %s, which can't be run."):format(program[1])
  end
  return { program = { path, unpack(program, 2) }, how = "configured" }
end

--- The server in the virtual environment of a project.
---@param root string?
---@return string?
function M.in_project(root)
  for _, name in ipairs(root and ENVIRONMENTS or {}) do
    local parts = WINDOWS and { "Scripts", "understudy.exe" } or { "bin", "understudy" }
    local path = vim.fs.joinpath(root, name, unpack(parts))
    if vim.fn.executable(path) == 1 then
      return path
    end
  end
end

--- Whether a program is the project's own, which a relative folder of `PATH` could lead to.
---@param path string
---@param root string?
---@return boolean
function M.lies_in(path, root)
  return root ~= nil and vim.startswith(vim.fs.normalize(path), vim.fs.normalize(root) .. "/")
end

--- Runs the server's program for something else than serving.
---@param root string?
---@param arguments string[]
---@param ended fun(ok: boolean, told: string)
function M.call(root, arguments, ended)
  local found, why = M.find(root)
  if not found then
    ended(false, why or "")
    return
  end
  local command = vim.list_extend(vim.deepcopy(found.program), arguments)
  local options = { text = true, timeout = 30000, cwd = root }
  vim.system(command, options, function(done)
    vim.schedule(function()
      local told = done.code == 0 and done.stdout or done.stderr
      ended(done.code == 0, vim.trim(told or ""))
    end)
  end)
end

return M
