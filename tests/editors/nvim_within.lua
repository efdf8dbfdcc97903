-- A server that lives within Neovim itself: edits that wait, and what the plugin asks for and tells.

local cases = require("nvim_cases")

local M = {}

local LINES = { "def total(prices):", "    return reslt", "", "one = tw", "" }

--- Any program will do: none is started.
local PROGRAM = vim.v.progpath

---@type table<string, table[]> edits by document
M.waiting = {}
---@type table[] methods and parameters: of notifications, and of requests
M.told, M.asked = {}, {}
---@type string[] what the user was told
M.messages = {}
---@type table[] rows
M.runs = {}
---@type string? what commands about edits are answered with
M.refusal = nil
--- The answer to other commands.
M.answer = nil

local function editing(id, line, from, to, new, last)
  local range = {
    start = { line = line, character = from },
    ["end"] = { line = last or line, character = to },
  }
  return {
    editId = id,
    version = vim.lsp.util.buf_versions[vim.api.nvim_get_current_buf()],
    title = "Understudy: ✓ " .. id,
    band = "confirm",
    textEdits = { { range = range, newText = new } },
    files = {},
    others = {},
    models = { "builtin/rules" },
    runIds = { "RUN" },
    command = "understudy.fix",
    arguments = { uri = vim.uri_from_bufnr(0) },
  }
end

local ANSWERS = {
  initialize = function()
    return { capabilities = { textDocumentSync = { openClose = true, change = 1, save = true } } }
  end,
  ["understudy/readyEdits"] = function(params)
    return { edits = M.waiting[params.uri] or {} }
  end,
  ["understudy/runs"] = function()
    return { runs = M.runs }
  end,
  ["understudy/run"] = function(params)
    local found = vim.tbl_filter(function(run)
      return run.runId == params.runId
    end, M.runs)[1]
    local none = { calls = {}, attempts = {}, lessons = {}, strategies = {}, route = vim.NIL }
    return { reports = { vim.tbl_extend("error", none, { run = found }) } }
  end,
  ["workspace/executeCommand"] = function(params)
    return M.answer, params.arguments[1].editId and M.refusal
  end,
}

---@diagnostic disable-next-line: duplicate-set-field
vim.lsp.rpc.start = function()
  local count = 0
  return {
    request = function(method, params, answered)
      count = count + 1
      table.insert(M.asked, { method, params })
      local answer, failure = (ANSWERS[method] or function() end)(params)
      vim.schedule(function()
        answered(failure and { code = -32600, message = failure }, answer or vim.empty_dict())
      end)
      return true, count
    end,
    notify = function(method, params)
      table.insert(M.told, { method, params })
      return true
    end,
    is_closing = function()
      return false
    end,
    terminate = function() end,
  }
end

vim.o.columns, vim.o.lines = 100, 30
vim.g.understudy = { server = PROGRAM }
vim.cmd.runtime("plugin/understudy.lua")
vim.cmd("filetype on")
vim.notify = function(text)
  table.insert(M.messages, text)
end

local preview = require("understudy.preview")
local ready = require("understudy.ready")

--- Waits for what is done a moment later.
function M.settled()
  local is_done = false
  vim.schedule(function()
    vim.schedule(function()
      is_done = true
    end)
  end)
  cases.wait("a rest", function()
    return is_done
  end)
end

function M.client()
  return vim.lsp.get_clients({ name = "understudy" })[1]
end

--- Opens a file that the server knows, with edits that wait for it.
function M.open(path, ...)
  vim.fn.writefile(LINES, path)
  vim.cmd.edit(vim.fn.fnameescape(path))
  cases.wait("the server", function()
    return #vim.lsp.get_clients({ bufnr = 0, name = "understudy" }) == 1
  end)
  local uri, edits = vim.uri_from_bufnr(0), {}
  for _, make in ipairs({ ... }) do
    table.insert(edits, editing(unpack(make)))
  end
  M.waiting[uri] = edits
  ready.fetch(M.client().id, uri)
  cases.wait("edits", function()
    return #ready.of(uri) == #edits
  end)
  return vim.api.nvim_get_current_buf()
end

function M.at(line)
  vim.api.nvim_win_set_cursor(0, { line, 0 })
  vim.api.nvim_exec_autocmds("CursorMoved", { buffer = vim.api.nvim_get_current_buf() })
end

function M.drawn(bufnr)
  local found = {}
  for name, id in pairs(vim.api.nvim_get_namespaces()) do
    if vim.startswith(name, "understudy.") then
      for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(bufnr, id, 0, -1, { details = true })) do
        local part = mark[4].virt_text or (mark[4].virt_lines or {})[1]
        table.insert(found, part and vim.trim(part[1][1]) or nil)
      end
    end
  end
  return found
end

--- The commands that the server was asked for since the last look, with their arguments.
function M.commands()
  local found = {}
  for _, one in ipairs(M.asked) do
    if one[1] == "workspace/executeCommand" then
      table.insert(found, { one[2].command, one[2].arguments[1] })
    end
  end
  M.asked = {}
  return found
end

--- Has previews come in another form.
function M.form(form)
  require("understudy.config").set({ server = PROGRAM, preview = form })
end

--- One window, no file, and nothing said.
function cases.before()
  preview.close()
  vim.cmd("silent! tabonly! | silent! only! | silent! %bwipeout!")
  M.waiting, M.told, M.asked, M.messages, M.runs = {}, {}, {}, {}, {}
  M.refusal, M.answer = nil, nil
  M.form("float")
end

return M
