-- Runs in words.

local M = {}

---@param value any
---@return boolean
local function is_there(value)
  return value ~= nil and value ~= vim.NIL and value ~= ""
end

---@param usd number|vim.NIL
---@return string
local function money(usd)
  if not is_there(usd) then
    return "?"
  end
  return usd == 0 and "free" or ("$%.4f"):format(usd)
end

---@param seconds number|vim.NIL
---@return string
local function time(seconds)
  return is_there(seconds) and ("%.2f s"):format(seconds) or ""
end

---@param band string
---@param score number|vim.NIL
---@return string
local function verdict(band, score)
  return is_there(score) and vim.trim(("%s %.2f"):format(band, score)) or band
end

---@param ... any
---@return string
local function joined(...)
  local found = {}
  for number = 1, select("#", ...) do
    local one = select(number, ...)
    if is_there(one) then
      table.insert(found, one)
    end
  end
  return table.concat(found, " · ")
end

---@param run understudy.RunRow
---@return string
local function where(run)
  return run.line > 0 and ("%s:%d"):format(run.path, run.line) or run.path
end

---@param run understudy.RunRow
---@return string
local function ended(run)
  local status = is_there(run.status) and run.status or "under way"
  return is_there(run.reason) and run.reason ~= status and status .. " " .. run.reason or status
end

--- One line for one run.
---@param run understudy.RunRow
---@return string
function M.row(run)
  local clock = os.date("%H:%M:%S", math.floor(run.startedMs / 1000))
  local head = ("%s  %-8s %-24s"):format(clock, run.task, where(run))
  local score = verdict(run.band, run.score)
  local rest = joined(run.code, run.model, ended(run), score, run.became, money(run.costUsd))
  return joined(head .. " " .. rest, time(run.seconds))
end

--- One line for one question to a model.
---@param call understudy.CallRow
---@param before understudy.CallRow?
---@return string
function M.call(call, before)
  local how = call.how
  if how == "next" and before then
    how = "next after " .. before.category
  end
  local cost = call.remembered and "from the cache" or money(call.costUsd)
  local tokens_in = is_there(call.tokensIn) and call.tokensIn or "?"
  local tokens_out = is_there(call.tokensOut) and call.tokensOut or "?"
  local tokens = ("%s + %s tokens"):format(tokens_in, tokens_out)
  local status = vim.trim(call.status .. " " .. call.category)
  return joined(call.model, how, status, tokens, cost, time(call.seconds))
end

---@param attempt understudy.AttemptRow
---@return string[]
function M.attempt(attempt)
  local author = attempt.author == attempt.model and "" or (" (%s)"):format(attempt.author)
  local status = vim.trim(attempt.status .. " " .. attempt.category)
  local score = verdict(attempt.band, attempt.score)
  local ending = joined(status, score, time(attempt.seconds))
  local lines = { ("- %s%s: %s"):format(attempt.model, author, ending) }
  for _, stop in ipairs(attempt.stops) do
    table.insert(lines, "  - stopped by " .. stop)
  end
  for _, facts in ipairs({ attempt.checks, attempt.signals }) do
    for _, fact in ipairs(facts) do
      table.insert(lines, "  - " .. fact)
    end
  end
  return lines
end

--- A run with everything that hangs on it.
---@param report understudy.RunReport
---@return string[]
function M.report(report)
  local run = report.run
  local lines = { ("# %s %s %s"):format(run.task, where(run), run.code), M.row(run) }
  if #report.calls > 0 then
    vim.list_extend(lines, { "", "## Who was asked" })
  end
  for number, call in ipairs(report.calls) do
    table.insert(lines, "- " .. M.call(call, report.calls[number - 1]))
  end
  if #report.attempts > 0 then
    vim.list_extend(lines, { "", "## What was tried, and what was found out" })
  end
  for _, attempt in ipairs(report.attempts) do
    vim.list_extend(lines, M.attempt(attempt))
  end
  return lines
end

return M
