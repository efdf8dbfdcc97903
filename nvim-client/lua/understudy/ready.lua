-- The verified edits that wait, as the server last told them.

local M = {}

---@class understudy.Waiting
---@field client_id integer
---@field edits understudy.ReadyEdit[]

---@type table<string, understudy.Waiting> by document
local known = {}
---@type (fun(uri: string))[]
local listening = {}
---@type table<string, integer> how often a document was closed or opened, for what is answered late
local begun = {}

local LIMIT_MS = 15000

--- Hears that other edits wait for a document.
---@param heard fun(uri: string)
---@return fun() # stops hearing
function M.on_change(heard)
  table.insert(listening, heard)
  return function()
    listening = vim.tbl_filter(function(one)
      return one ~= heard
    end, listening)
  end
end

---@param uri string
local function tell(uri)
  for _, heard in ipairs(listening) do
    heard(uri)
  end
  vim.api.nvim_exec_autocmds("User", { pattern = "UnderstudyReady", modeline = false })
  vim.cmd.redrawstatus({ bang = true })
end

---@param uri string
---@param waiting understudy.Waiting?
local function keep(uri, waiting)
  known[uri] = waiting
  tell(uri)
end

--- For a document that is closed, or opened anew, nothing waits.
---@param uri string
function M.begins_anew(uri)
  begun[uri] = (begun[uri] or 0) + 1
  if known[uri] then
    known[uri] = nil
    -- Later: while a buffer is read or left, no window may be closed.
    vim.schedule(function()
      tell(uri)
    end)
  end
end

--- What is known now, without asking.
---@param uri string
---@return understudy.ReadyEdit[]
function M.of(uri)
  return known[uri] and known[uri].edits or {}
end

--- The documents for which edits wait.
---@return string[]
function M.documents()
  return vim.tbl_keys(known)
end

---@alias understudy.Found { uri: string, client_id: integer, edit: understudy.ReadyEdit }

--- Where an edit waits, and what it is.
---@param edit_id string
---@return understudy.Found?
function M.find(edit_id)
  for uri, waiting in pairs(known) do
    for _, edit in ipairs(waiting.edits) do
      if edit.editId == edit_id then
        return { uri = uri, client_id = waiting.client_id, edit = edit }
      end
    end
  end
end

--- Asks for the edits of a document as it is now.
---@param client_id integer
---@param uri string
---@param done? fun(edits: understudy.ReadyEdit[])
function M.fetch(client_id, uri, done)
  local client = vim.lsp.get_client_by_id(client_id)
  local asked = begun[uri]
  local function answered(edits)
    edits = begun[uri] == asked and edits or {}
    keep(uri, #edits > 0 and { client_id = client_id, edits = edits } or nil)
    if done then
      done(edits)
    end
  end
  if not client then
    answered({})
    return
  end
  local request = require("understudy.client").request
  request(client, "understudy/readyEdits", { uri = uri }, function(found)
    answered(found.edits)
  end, function()
    -- A server that ends, or an older one without this request, has no edits to show.
    answered({})
  end)
end

--- Asks anew for the edits of a document of which one is not what it was thought to be.
---@param edit_id string
function M.look_again(edit_id)
  local found = M.find(edit_id)
  if found then
    M.fetch(found.client_id, found.uri)
  end
end

---@param client_id integer
---@param changed understudy.ReadyChanged
function M.changed(client_id, changed)
  if #changed.editIds > 0 then
    M.fetch(client_id, changed.uri)
  else
    keep(changed.uri, nil)
  end
end

--- Calls back once an edit waits no longer; after a while in any case.
---@param edit_id string
---@param done fun(gone: boolean)
function M.gone(edit_id, done)
  local stop = function() end
  local ended = false
  local function finish(gone)
    if not ended then
      ended = true
      stop()
      done(gone)
    end
  end
  stop = M.on_change(function()
    if not M.find(edit_id) then
      finish(true)
    end
  end)
  vim.defer_fn(function()
    finish(false)
  end, LIMIT_MS)
  if not M.find(edit_id) then
    finish(true)
  end
end

--- Of a server that has ended, nothing waits.
---@param client_id integer
function M.forget(client_id)
  for uri, waiting in pairs(vim.deepcopy(known)) do
    if waiting.client_id == client_id then
      keep(uri, nil)
    end
  end
end

return M
