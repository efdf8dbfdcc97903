-- The view of runs, above the text: what is under way, what was, and one run in detail.

local client_of = require("understudy.client")
local run_text = require("understudy.run_text")
local status = require("understudy.status")
local ui = require("understudy.ui")

local M = {}

local MOST = 100
local namespace = vim.api.nvim_create_namespace("understudy.runs")

---@class understudy.RunsView
---@field client vim.lsp.Client
---@field buf integer
---@field win integer
---@field run string? The one that is shown; none for the list.
---@field job string? What is cancelled with it.
---@field lines table<integer, understudy.RunsLine> What stands in a line.

---@class understudy.RunsLine
---@field run? string The run that the line is about.
---@field well? boolean Whether that went well, if one can say.
---@field job? string What is cancelled with it.

---@type understudy.RunsView?
local view

--- What a line of a report is drawn with, by the first of these that it holds.
local COLOURS = {
  { "^#", "UnderstudyHeading" },
  { "failed", "UnderstudyBad" },
  { "unfixed", "UnderstudyBad" },
  { "withheld", "UnderstudyBad" },
  { "offered", "UnderstudyGood" },
  { "· answered", "UnderstudyGood" },
}

---@param number integer
---@param line string
---@return string?
local function colour(number, line)
  local known = view.lines[number]
  if known and known.run then
    local by_end = { [true] = "UnderstudyGood", [false] = "UnderstudyBad" }
    return known.well ~= nil and by_end[known.well] or nil
  end
  for _, one in ipairs(COLOURS) do
    if line:match(one[1]) then
      return one[2]
    end
  end
end

---@param lines string[]
local function write(lines)
  if not view or not vim.api.nvim_buf_is_valid(view.buf) then
    return
  end
  ui.fill(view.buf, lines)
  -- A list is read by its columns, a report is made of sentences.
  vim.wo[view.win].wrap = view.run ~= nil
  vim.api.nvim_buf_clear_namespace(view.buf, namespace, 0, -1)
  for number, line in ipairs(lines) do
    local group = colour(number, line)
    if group then
      vim.api.nvim_buf_set_extmark(view.buf, namespace, number - 1, 0, {
        end_row = number - 1,
        end_col = #line,
        hl_group = group,
      })
    end
  end
end

--- What is under way, with what it does right now.
---@param lines string[]
local function add_work(lines)
  for _, work in ipairs(status.of().work) do
    table.insert(lines, vim.trim(("… %s  %s"):format(work.title, status.doing(work.runId))))
    view.lines[#lines] = { job = work.runId }
  end
end

---@param found understudy.Runs
local function show_list(found)
  local lines = {} ---@type string[]
  view.lines = {}
  add_work(lines)
  local rows = run_text.rows(found.runs, vim.api.nvim_win_get_width(view.win))
  for number, run in ipairs(found.runs) do
    table.insert(lines, rows[number])
    view.lines[#lines] = { run = run.runId, job = run.job, well = run_text.went_well(run) }
  end
  if #lines == 0 then
    lines = { "No runs yet. Put the cursor on a problem and say `:Understudy fix`." }
  end
  write(lines)
end

---@param found understudy.RunReports
local function show_reports(found)
  local lines = {} ---@type string[]
  view.lines = {}
  view.job = found.reports[1].run.job
  add_work(lines)
  for _, report in ipairs(found.reports) do
    vim.list_extend(lines, #lines > 0 and { "" } or {})
    -- Below its heading stands how it ended.
    view.lines[#lines + 2] = { run = report.run.runId, well = run_text.went_well(report.run) }
    vim.list_extend(lines, run_text.report(report))
  end
  write(lines)
end

--- A run that can't be shown is told, once: a window in which nothing was shown yet goes, another one goes
--- back to the list.
---@param message string
local function failed(message)
  ui.warn(message)
  if next(view.lines) == nil then
    ui.close(view.win)
    return
  end
  view.run, view.job = nil, nil
  M.refresh()
end

function M.refresh()
  if not view or not vim.api.nvim_win_is_valid(view.win) then
    return
  end
  local asked = view.run
  local function still(show)
    return function(answer)
      if view and vim.api.nvim_win_is_valid(view.win) and view.run == asked then
        show(answer)
      end
    end
  end
  if asked then
    client_of.request(
      view.client,
      "understudy/run",
      { runId = asked },
      still(show_reports),
      still(failed)
    )
  else
    client_of.request(view.client, "understudy/runs", { limit = MOST }, still(show_list))
  end
end

---@param run string?
local function go(run)
  view.run, view.job = run, nil
  M.refresh()
end

---@return understudy.RunsLine
local function under_cursor()
  return view.lines[vim.api.nvim_win_get_cursor(view.win)[1]] or {}
end

--- Cancels the run of the line, or else the one that is shown.
local function cancel()
  local job = under_cursor().job or view.job
  if not job then
    ui.tell("No run is on this line. `:Understudy cancel` cancels all that is under way.")
    return
  end
  client_of.execute(view.client, "understudy.cancel", { runId = job }, function(answer)
    if answer.cancelled == 0 then
      ui.tell("This run is not under way.")
    end
  end)
end

--- Makes a lesson of a run, in the user's words or of what solved it.
---@param client vim.lsp.Client
---@param run string?
function M.remember(client, run)
  if not run then
    return
  end
  local command = "understudy.rememberRun"
  local members = require("understudy.generated.commands")[command].members
  local source = { client = client, bufnr = 0, said = { runId = run } }
  require("understudy.arguments").fill(command, members, source, function(argument)
    client_of.execute(client, command, argument)
  end)
end

---@return table<string, { [1]: fun(), [2]: string }>
local function keys()
  return {
    ["<CR>"] = {
      function()
        local run = under_cursor().run
        if run then
          go(run)
        end
      end,
      "open",
    },
    ["<BS>"] = {
      function()
        go(nil)
      end,
      "back",
    },
    c = { cancel, "cancel" },
    m = {
      function()
        M.remember(view.client, view.run or under_cursor().run)
      end,
      "remember",
    },
    r = { M.refresh, "refresh" },
    q = {
      function()
        ui.close(view and view.win)
      end,
      "close",
    },
  }
end

--- Shows the list, or one run.
---@param run? string
function M.open(run)
  local client = client_of.require()
  if not client then
    return
  end
  if view then
    ui.close(view.win)
  end
  local buf = ui.scratch("understudy-runs")
  local own = keys()
  ui.keys(buf, own)
  local height = math.floor(vim.o.lines * 0.5)
  ui.fill(buf, vim.fn["repeat"]({ (" "):rep(math.floor(vim.o.columns * 0.9)) }, height))
  local win = ui.float(buf, {
    title = "Runs",
    footer = ui.told_keys(own, { "<CR>", "<BS>", "c", "m", "r", "q" }),
    enter = true,
  })
  vim.wo[win].linebreak, vim.wo[win].breakindent = true, true
  ui.hold(win)
  view = { client = client, buf = buf, win = win, run = run, lines = {} }
  write({ "…" })
  M.refresh()
end

status.on_change(M.refresh)
require("understudy.highlights")

return M
