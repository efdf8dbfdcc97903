-- Who is asked, what is under way, what today cost.

local ui = require("understudy.ui")

local M = {}

---@type table<integer, understudy.Status> by client
local known = {}
---@type table<string, { title: string, message: string }> by run
local progress = {}
---@type string[] what is told with the end of what is under way
local notes = {}
---@type (fun())[]
local listening = {}

--- How long after something is to be told it is waited for an end that it belongs to.
M.LATEST_MS = 3000

local IDLE = { work = {}, model = "", spentTodayUsd = 0, perDayUsd = vim.NIL }

---@param heard fun()
function M.on_change(heard)
  table.insert(listening, heard)
end

local function tell()
  for _, heard in ipairs(listening) do
    heard()
  end
  vim.api.nvim_exec_autocmds("User", { pattern = "UnderstudyStatus", modeline = false })
  vim.cmd.redrawstatus({ bang = true })
end

---@param client_id integer
---@param status understudy.Status
function M.changed(client_id, status)
  known[client_id] = status
  tell()
end

---@param client_id integer
function M.forget(client_id)
  known[client_id] = nil
  tell()
end

--- What the server of a buffer last said.
---@param bufnr? integer
---@return understudy.Status
function M.of(bufnr)
  local client = require("understudy.client").get(bufnr)
  return client and known[client.id] or IDLE
end

--- What a run does right now.
---@param run_id string
---@return string
function M.doing(run_id)
  return progress[run_id] and progress[run_id].message or ""
end

--- Hears the progress of runs, which the server tells by their ids.
---@param event { data: { client_id: integer, params: lsp.ProgressParams } }
function M.hear(event)
  local client = vim.lsp.get_client_by_id(event.data.client_id)
  if client and client.name == "understudy" then
    M.note(event.data.params.token, event.data.params.value)
  end
end

--- Says how something ended, and what is to be known with it, which is kept among the messages.
---@param word? string
local function say_end(word)
  if #notes > 0 then
    local ended = word and word:gsub("%.?$", ". ") or ""
    ui.tell(ended .. table.concat(notes, " "))
  elseif word then
    ui.hint(word)
  end
  notes = {}
end

--- Tells something together with the end of what is under way, whose word would hide it else; where
--- no end comes, alone.
---@param note string
function M.add(note)
  table.insert(notes, note)
  vim.defer_fn(say_end, M.LATEST_MS)
end

---@param token string
---@param value lsp.WorkDoneProgressBegin|lsp.WorkDoneProgressReport|lsp.WorkDoneProgressEnd
function M.note(token, value)
  if value.kind == "end" then
    progress[token] = nil
    say_end(value.message or "Done.")
  elseif value.kind == "begin" then
    progress[token] = { title = value.title, message = value.message or "" }
    ui.hint(value.title .. " …")
  elseif progress[token] then
    progress[token].message = value.message or ""
  end
  for _, heard in ipairs(listening) do
    heard()
  end
end

vim.api.nvim_create_autocmd("LspProgress", {
  group = vim.api.nvim_create_augroup("understudy.status", {}),
  callback = M.hear,
})

--- US dollars, with as many places as tell something.
---@param usd number
---@return string
function M.money(usd)
  return (usd > 0 and usd < 0.1) and ("$%.4f"):format(usd) or ("$%.2f"):format(usd)
end

--- What stands in a statusline; empty where no server runs.
---@return string
function M.text()
  local client = require("understudy.client").get()
  if not client then
    return ""
  end
  local status = M.of()
  local work = status.work[1]
  local parts = { work and ("… " .. work.title) or ("✓ " .. status.model) }
  local waiting = #require("understudy.ready").of(vim.uri_from_bufnr(0))
  if waiting > 0 then
    table.insert(parts, waiting == 1 and "1 fix" or ("%d fixes"):format(waiting))
  end
  if status.spentTodayUsd > 0 then
    table.insert(parts, M.money(status.spentTodayUsd))
  end
  -- A statusline reads `%`.
  return (table.concat(parts, " · "):gsub("%%", "%%%%"))
end

return M
