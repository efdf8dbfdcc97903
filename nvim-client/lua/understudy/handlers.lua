-- What the server sends by itself, and whom it is for.

local ui = require("understudy.ui")

local M = {}

local LEVELS =
  { vim.log.levels.ERROR, vim.log.levels.WARN, vim.log.levels.INFO, vim.log.levels.DEBUG }
--- Documents that the server makes to be shown: reports and diffs, some in the folder of their run.
local MADE = { "/understudy%-%d+%-[^/]+/[^/]+$", "/understudy%-%d+%-[^/]+/%w+/[^/]+$" }

---@param path string
---@return boolean
local function is_made(path)
  local plain = vim.fs.normalize(path)
  return plain:match(MADE[1]) ~= nil or plain:match(MADE[2]) ~= nil
end

--- Waits for something that is answered later. Handlers run in a coroutine of their own.
---@generic T
---@param begin fun(done: fun(answer: T))
---@return T
local function await(begin)
  local co = coroutine.running()
  begin(function(answer)
    -- Later in any case: it must not be resumed before it waits.
    vim.schedule(function()
      coroutine.resume(co, answer)
    end)
  end)
  return coroutine.yield()
end

---@type table<string, lsp.Handler>
local HANDLERS = {}

HANDLERS["understudy/readyChanged"] = function(_, changed, context)
  require("understudy.ready").changed(context.client_id, changed)
end

HANDLERS["understudy/preview"] = function(_, offered, context)
  require("understudy.preview").offered(context.client_id, offered)
end

HANDLERS["understudy/status"] = function(_, status, context)
  require("understudy.status").changed(context.client_id, status)
end

HANDLERS["understudy/explanation"] = function(_, explanation, context)
  require("understudy.explain").show(context.client_id, explanation)
end

HANDLERS["window/showMessage"] = function(_, said)
  ui.tell(said.message, LEVELS[said.type])
  return vim.NIL
end

HANDLERS["window/showMessageRequest"] = function(_, question)
  local actions = question.actions
  if type(actions) ~= "table" or #actions == 0 then
    ui.tell(question.message, LEVELS[question.type])
    return vim.NIL
  end
  local chosen = await(function(done)
    ui.pick(actions, question.message, done, function(action)
      return action.title
    end)
  end)
  return chosen or vim.NIL
end

HANDLERS["window/showDocument"] = function(failure, asked, context)
  local path = vim.uri_to_fname(asked.uri)
  if not asked.external and is_made(path) then
    return { success = require("understudy.report").open(path) }
  end
  return vim.lsp.handlers["window/showDocument"](failure, asked, context)
end

HANDLERS["workspace/applyEdit"] = function(_, asked, context)
  local client = vim.lsp.get_client_by_id(context.client_id)
  if not client then
    return { applied = false, failureReason = "the server has ended" }
  end
  local edits = require("understudy.edits")
  local note = edits.to_confirm(asked.edit)
  if note then
    local question = ("%s. %s"):format(note.label, note.description or "Apply it?")
    local yes = await(function(done)
      ui.pick({ "Apply", "Not now" }, question, done)
    end)
    if yes ~= "Apply" then
      return { applied = false, failureReason = "not now" }
    end
  end
  local why = edits.apply(asked.edit, client.offset_encoding)
  local unwritten = not why and edits.unwritten(asked.edit)
  if unwritten then
    require("understudy.status").add(unwritten)
  end
  return { applied = why == nil, failureReason = why }
end

--- For the configuration of the client.
---@return table<string, lsp.Handler>
function M.all()
  return HANDLERS
end

return M
