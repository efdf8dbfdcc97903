-- The processes of servers: begun, waited for, and ended whatever they do just now.

local ui = require("understudy.ui")

local M = {}

local NAME = "understudy"
local CONFIGURABLE = vim.fn.has("nvim-0.11") == 1
local LOOK_MS = 50

--- How long a server may say nothing after its start.
M.SILENCE_MS = 45000
--- How long one may take to end that was asked to, and one that was told to.
local ASKED_MS, TOLD_MS = 5000, 2000
--- How often it is looked whether it has ended; then nobody waits any longer.
local MOST_LOOKS = (ASKED_MS + 2 * TOLD_MS) / LOOK_MS

---@class understudy.Process
---@field pid? integer
---@field is_ending? boolean Whether it was asked or told to end.
---@field is_gone? boolean

--- By what their clients speak to them with.
---@type table<vim.lsp.rpc.PublicClient, understudy.Process>
local known = setmetatable({}, { __mode = "k" })

local pending = 0

--- How many servers were ended because they said nothing.
M.given_up = 0

---@return integer[]
local function children()
  local found, pids = pcall(vim.api.nvim_get_proc_children, vim.fn.getpid())
  return found and pids or {}
end

---@param client vim.lsp.Client
---@return understudy.Process
local function of(client)
  known[client.rpc] = known[client.rpc] or {}
  return known[client.rpc]
end

--- All clients of servers, those among them that have not begun yet.
---@return vim.lsp.Client[]
local function all()
  return vim.lsp.get_clients({ name = NAME, _uninitialized = true })
end

---@param client vim.lsp.Client
---@param by_force boolean
local function stop(client, by_force)
  if CONFIGURABLE then
    client:stop(by_force)
  else
    ---@diagnostic disable-next-line: param-type-mismatch
    client.stop(by_force)
  end
end

--- Ends a server that says nothing, and tells the user.
---@param rpc vim.lsp.rpc.PublicClient
local function give_up(rpc)
  local client = vim.iter(all()):find(function(one)
    return one.rpc == rpc
  end)
  if client and not client.initialized and not known[rpc].is_ending then
    M.given_up = M.given_up + 1
    M.finish(client)
    local told = "The server said nothing for %d seconds after its start, and was ended. "
      .. "`:Understudy restart` starts it anew, `:Understudy log` tells more."
    ui.warn(told:format(math.ceil(M.SILENCE_MS / 1000)))
  end
end

--- Starts a server, which has to say something within a while.
---@param command string[]
---@param dispatchers vim.lsp.rpc.Dispatchers
---@return vim.lsp.rpc.PublicClient
function M.begin(command, dispatchers)
  local one = {} ---@type understudy.Process
  local heard = vim.tbl_extend("force", dispatchers, {
    on_exit = function(code, signal)
      one.is_gone = true
      -- By which signal it went is no news about one that was to end.
      dispatchers.on_exit(one.is_ending and 0 or code, one.is_ending and 0 or signal)
    end,
  })
  local before = children()
  -- Not in the project: nothing of it is to be found by accident.
  local rpc = vim.lsp.rpc.start(command, heard, { cwd = vim.uv.os_homedir() })
  one.pid = vim.iter(children()):find(function(pid)
    return not vim.list_contains(before, pid)
  end)
  known[rpc] = one
  vim.defer_fn(function()
    give_up(rpc)
  end, M.SILENCE_MS)
  return rpc
end

---@param one understudy.Process
local function kill(one)
  if one.pid and not one.is_gone then
    vim.uv.kill(one.pid, "sigkill")
  end
end

--- Ends a server, whatever it does: it is asked to, told to, and killed at last. One that has not begun
--- would not hear the question.
---@param client vim.lsp.Client
---@param is_asked? boolean Whether somebody asks it already: to be asked twice is an error to it.
function M.finish(client, is_asked)
  local one = of(client)
  if one.is_ending then
    return
  end
  one.is_ending = true
  local may_hear = client.initialized == true
  if not may_hear or not is_asked then
    stop(client, not may_hear)
  end
  vim.defer_fn(function()
    if may_hear and not client.rpc.is_closing() then
      stop(client, true)
    end
    vim.defer_fn(function()
      kill(one)
    end, TOLD_MS)
  end, may_hear and ASKED_MS or 0)
end

--- Ends all of them.
---@param is_asked boolean Whether Neovim has asked those that have begun.
function M.finish_all(is_asked)
  for _, client in ipairs(all()) do
    M.finish(client, is_asked)
  end
end

---@param client vim.lsp.Client
---@return boolean
function M.is_ending(client)
  return of(client).is_ending == true
end

--- Whether a server is on its way.
---@return boolean
function M.is_starting()
  return pending > 0
    or vim.iter(all()):any(function(client)
      return not client.initialized and not M.is_ending(client)
    end)
end

--- Starts servers, once those have ended that are to end.
---@param start fun()
function M.once_ended(start)
  pending = pending + 1
  local function look(left)
    if left > 0 and vim.iter(all()):any(M.is_ending) then
      vim.defer_fn(function()
        look(left - 1)
      end, LOOK_MS)
      return
    end
    start()
    -- Neovim starts them in its next turn.
    vim.schedule(function()
      pending = pending - 1
    end)
  end
  look(MOST_LOOKS)
end

--- One that has not begun may not notice that the editor is gone.
vim.api.nvim_create_autocmd("VimLeavePre", {
  group = vim.api.nvim_create_augroup("understudy.processes", {}),
  callback = function()
    for _, client in ipairs(all()) do
      if not client.initialized then
        kill(of(client))
      end
    end
  end,
})

return M
