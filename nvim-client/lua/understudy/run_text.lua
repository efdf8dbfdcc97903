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

--- How a run ended, and what became of its edit.
---@param run understudy.RunRow
---@return string
local function ended(run)
  if is_there(run.became) then
    return (run.became:gsub("_", " "))
  end
  local status = is_there(run.status) and run.status or "under way"
  local reason = is_there(run.reason) and run.reason ~= status and run.reason:gsub("_", " ")
  return reason and ("%s, %s"):format(status, reason) or status
end

---@param run understudy.RunRow
---@return string
local function attempts(run)
  return run.attempts > 1 and ("%d attempts"):format(run.attempts) or ""
end

--- The columns of a list of runs. Where they don't fit, it is told by fewer words what was fixed.
---@type understudy.Column[]
local COLUMNS = {
  {},
  { yields = 1, least = 12 },
  {},
  {},
  {},
  {},
  { yields = 2, least = 10, from = "left" },
  { yields = 4, least = 5 },
  { yields = 3, least = 9, from = "left" },
  {},
}

---@param run understudy.RunRow
---@return string[]
local function cells(run)
  return {
    os.date("%H:%M:%S", math.floor(run.startedMs / 1000)) --[[@as string]],
    ended(run),
    verdict(run.band, run.score),
    money(run.costUsd),
    time(run.seconds),
    run.task,
    where(run),
    run.code,
    run.model,
    run.attempts > 1 and ("×%d"):format(run.attempts) or "",
  }
end

--- One line for each run, what became of it first, none wider than the window.
---@param runs understudy.RunRow[]
---@param room integer
---@return string[]
function M.rows(runs, room)
  return require("understudy.columns").fit(vim.tbl_map(cells, runs), COLUMNS, room)
end

--- Whether a run went well; nothing where nobody can say.
---@param run understudy.RunRow
---@return boolean?
function M.went_well(run)
  local good = { offered = true, told = true }
  local bad = { failed = true, unfixed = true, withheld = true }
  if run.became == "undone" or bad[run.status] then
    return false
  end
  return good[run.status]
end

---@param run understudy.RunRow
---@return string
local function in_short(run)
  local score = verdict(run.band, run.score)
  return joined(ended(run), score, run.model, money(run.costUsd), time(run.seconds), attempts(run))
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

--- One line for what was done after a failed edit.
---@param use understudy.StrategyUsed
---@return string
function M.strategy(use)
  local after = vim.trim(("after %s %s"):format(use.category, use.code))
  return joined(use.strategy, after, use.model, use.why, use.result, time(use.seconds))
end

--- Why these models.
---@param route understudy.RunRoute
---@return string[]
function M.route(route)
  local lines =
    { ("- %s, chosen by %s"):format(table.concat(route.models, " → "), route.provenance) }
  if is_there(route.explored) then
    table.insert(lines, ("- %s was asked first to learn about it"):format(route.explored))
  end
  for _, left_out in ipairs(route.rejected) do
    table.insert(
      lines,
      ("- not asked: %s %s"):format(table.concat(left_out.models, ", "), left_out.why)
    )
  end
  return lines
end

--- A run with everything that hangs on it.
---@param report understudy.RunReport
---@return string[]
function M.report(report)
  local run = report.run
  local lines = { vim.trim(("# %s %s %s"):format(run.task, where(run), run.code)), in_short(run) }
  if is_there(report.route) then
    vim.list_extend(lines, { "", "## Why these models" })
    vim.list_extend(lines, M.route(report.route))
  end
  if #report.calls > 0 then
    vim.list_extend(lines, { "", "## Who was asked" })
  end
  for number, call in ipairs(report.calls) do
    table.insert(lines, "- " .. M.call(call, report.calls[number - 1]))
  end
  if #report.strategies > 0 then
    vim.list_extend(lines, { "", "## What was done after failed edits" })
  end
  for _, use in ipairs(report.strategies) do
    table.insert(lines, "- " .. M.strategy(use))
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
