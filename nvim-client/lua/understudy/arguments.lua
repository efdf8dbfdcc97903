-- The argument of a server's command, filled in from what the user looks at.

local client_of = require("understudy.client")
local text = require("understudy.text")
local ui = require("understudy.ui")

local M = {}

---@class understudy.Source
---@field client vim.lsp.Client
---@field bufnr integer
---@field first integer? Line from 1, where a range was given.
---@field last integer?
---@field cursor? integer[] Where it stood, for what is about a place.
---@field stand? understudy.Stand Where the user was when they asked.
---@field said table<string, string> What the user wrote: `model=…`, an instruction, a kind.

---@alias understudy.Give fun(value: any)

--- Members that a person is asked for, though the server could do without.
local ASKED = {
  ["understudy.edit"] = { instruction = true },
  ["understudy.refactor"] = { kind = true },
  ["understudy.tests"] = { kind = true },
}

--- Members that a person is asked for and may leave empty.
local WELCOME = {
  ["understudy.rememberRun"] = { words = true },
}

local PROMPTS = {
  ["understudy.edit instruction"] = "What is to be done with the code? ",
  ["understudy.rememberRun words"] = "What is to be done next time? (empty: what solved this run) ",
}

---@type table<string, string[]>
M.KINDS = {
  ["understudy.refactor"] = { "simplify", "extract", "rename", "types" },
  ["understudy.tests"] = { "unit", "edges", "properties" },
}

--- The selection in bytes: exact where Visual mode was by characters, else whole lines.
---@param source understudy.Source
---@return { [1]: integer, [2]: integer } from
---@return { [1]: integer, [2]: integer } to
local function selection(source)
  if not source.first then
    local at = { source.cursor[1] - 1, source.cursor[2] }
    return at, at
  end
  local from = vim.api.nvim_buf_get_mark(source.bufnr, "<")
  local to = vim.api.nvim_buf_get_mark(source.bufnr, ">")
  local is_same = from[1] == source.first and to[1] == source.last
  if is_same and vim.fn.visualmode() == "v" then
    local line = vim.api.nvim_buf_get_lines(source.bufnr, to[1] - 1, to[1], false)[1] or ""
    -- The mark is on the first byte of the last character.
    local width = #vim.fn.strcharpart(line:sub(to[2] + 1), 0, 1)
    return { from[1] - 1, from[2] }, { to[1] - 1, math.min(to[2] + width, #line) }
  end
  local line = vim.api.nvim_buf_get_lines(source.bufnr, source.last - 1, source.last, false)[1]
  return { source.first - 1, 0 }, { source.last - 1, #(line or "") }
end

--- Problems of others on the lines that are meant, whoever reported them.
---@param source understudy.Source
---@return lsp.Diagnostic[]
local function diagnostics(source)
  local from, to = selection(source)
  local found = {}
  for _, one in ipairs(vim.diagnostic.get(source.bufnr)) do
    local last = one.end_lnum or one.lnum
    local is_ours = vim.startswith((one.source or ""):lower(), "understudy")
    if one.lnum <= to[1] and last >= from[1] and not is_ours then
      local range = text.range(
        source.bufnr,
        { one.lnum, one.col },
        { last, one.end_col or one.col },
        source.client.offset_encoding
      )
      local lsp = { range = range, message = one.message, severity = one.severity }
      lsp.source, lsp.code = one.source, one.code
      table.insert(found, lsp)
    end
  end
  return found
end

---@param command string
---@param member string
---@param give understudy.Give
local function ask(command, member, give)
  local kinds = member == "kind" and M.KINDS[command]
  if kinds then
    ui.pick(kinds, "What kind?", give)
    return
  end
  local prompt = PROMPTS[("%s %s"):format(command, member)] or member .. ": "
  vim.ui.input({ prompt = prompt }, give)
end

---@type table<string, fun(source: understudy.Source, give: understudy.Give)>
local GIVEN = {
  uri = function(source, give)
    local is_known = vim.lsp.buf_is_attached(source.bufnr, source.client.id)
    give(is_known and vim.uri_from_bufnr(source.bufnr) or nil)
  end,
  range = function(source, give)
    local from, to = selection(source)
    give(text.range(source.bufnr, from, to, source.client.offset_encoding))
  end,
  diagnostics = function(source, give)
    local found = diagnostics(source)
    give(#found > 0 and found or nil)
  end,
  editId = function(_, give)
    local found = require("understudy.chosen").current()
    give(found and found.edit.editId)
  end,
}

--- The latest run stands for a run that must be named.
---@param source understudy.Source
---@param give understudy.Give
local function latest_run(source, give)
  client_of.request(source.client, "understudy/runs", { limit = 1 }, function(found)
    give(found.runs[1] and found.runs[1].runId)
  end)
end

---@param command string
---@param member understudy.Member
---@return boolean
local function is_welcome(command, member)
  return (WELCOME[command] or {})[member.name] == true
end

---@param command string
---@param member understudy.Member
---@param source understudy.Source
---@param give understudy.Give
local function fill(command, member, source, give)
  local name = member.name
  local is_needed = M.is_needed(command, member)
  -- Without a selection the whole document is meant.
  local is_whole = name == "range" and not is_needed and not source.first
  if source.said[name] or is_whole then
    give(source.said[name])
  elseif GIVEN[name] then
    GIVEN[name](source, give)
  elseif not is_needed and not is_welcome(command, member) then
    give(nil)
  elseif name == "runId" then
    latest_run(source, give)
  else
    ask(command, name, give)
  end
end

--- Whether a command is not run without a member.
---@param command string
---@param member understudy.Member
---@return boolean
function M.is_needed(command, member)
  local asked = ASKED[command] or {}
  return member.required or asked[member.name] == true
end

--- Fills in the argument of a command; says what is missing, and calls back only when all is there.
---@param command string
---@param members understudy.Member[]
---@param source understudy.Source
---@param done fun(argument: table<string, any>)
function M.fill(command, members, source, done)
  local argument = {} ---@type table<string, any>
  local function from(number)
    local member = members[number]
    if not member then
      done(argument)
      return
    end
    fill(command, member, source, function(value)
      local is_empty = value == nil or value == ""
      argument[member.name] = not is_empty and value or nil
      local may_miss = not M.is_needed(command, member)
      if is_welcome(command, member) then
        may_miss = value ~= nil
      end
      if not is_empty or may_miss then
        from(number + 1)
      elseif member.name == "editId" then
        require("understudy.chosen").tell_none()
      end
    end)
  end
  from(1)
end

return M
