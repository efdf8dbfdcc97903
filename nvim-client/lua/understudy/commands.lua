-- `:Understudy`: the server's commands under their names, and those of the plugin.

local arguments = require("understudy.arguments")
local client_of = require("understudy.client")
local own = require("understudy.own_commands")
local served = require("understudy.generated.commands")
local ui = require("understudy.ui")

local M = {}

---@class understudy.Subcommand
---@field run fun(source: understudy.Source?, words: string[])
---@field complete? fun(): string[]
---@field offline? boolean Whether it works without a server.

--- Names for what the server calls otherwise.
local ALIASES = {
  context = "understudy.contextPreview",
  route = "understudy.routeExplain",
  parts = "understudy.takeApart",
}

--- `understudy.fixFile` as people type it: `fix-file`.
---@param command string
---@return string
local function kebab(command)
  local name = command:gsub("^understudy%.", "")
  return (name:gsub("%u", function(letter)
    return "-" .. letter:lower()
  end))
end

--- What is done with an answer that has something to show.
---@type table<string, fun(answer: any)>
local ANSWERED = {
  ["understudy.contextPreview"] = function(answer)
    require("understudy.report").show(vim.split(answer.markdown, "\n"), "markdown")
  end,
  ["understudy.models"] = function(answer)
    require("understudy.models").show(answer.models)
  end,
}

---@param answer any
local function note_run(answer)
  if type(answer) == "table" and answer.runId then
    require("understudy.preview").begins(answer.runId)
  end
end

---@param command string
---@return fun(source: understudy.Source)
local function door(command)
  return function(source)
    arguments.fill(command, served[command].members, source, function(argument)
      client_of.execute(source.client, command, argument, ANSWERED[command] or note_run)
    end)
  end
end

---@return string[]
local function members_to_say(command)
  local found = {}
  for _, member in ipairs(served[command].members) do
    if member.name == "model" or member.name == "task" then
      table.insert(found, member.name .. "=")
    end
  end
  return vim.list_extend(found, arguments.KINDS[command] or {})
end

--- The subcommands by their names.
---@return table<string, understudy.Subcommand>
local function all()
  local found = {} ---@type table<string, understudy.Subcommand>
  for command in pairs(served) do
    found[kebab(command)] = {
      run = door(command),
      complete = function()
        return members_to_say(command)
      end,
    }
  end
  for name, command in pairs(ALIASES) do
    found[name] = found[kebab(command)]
  end
  return vim.tbl_extend("force", found, own)
end

---@type table<string, understudy.Subcommand>
M.SUBCOMMANDS = all()

--- The member of an argument that words without a name fill.
local FREE = {
  edit = "instruction",
  refactor = "kind",
  tests = "kind",
  cancel = "runId",
  ["show-run"] = "runId",
  ["show-prompt"] = "runId",
  ["classify-failure"] = "category",
}

--- What the user wrote behind the name: `model=…` and the like, and the rest.
---@param name string
---@param words string[]
---@return table<string, any>
local function said(name, words)
  local found, rest = {}, {}
  for _, word in ipairs(words) do
    local member, value = word:match("^(%a+)=(.+)$")
    -- An instruction may hold such a word, too.
    if member and (name ~= "edit" or member == "model") then
      found[member] = tonumber(value) or value
    else
      table.insert(rest, word)
    end
  end
  if FREE[name] and #rest > 0 then
    found[FREE[name]] = table.concat(rest, " ")
  end
  return found
end

---@param given { fargs: string[], range: integer, line1?: integer, line2?: integer }
function M.run(given)
  local name = given.fargs[1] or "menu"
  local words = vim.list_slice(given.fargs, 2)
  local subcommand = M.SUBCOMMANDS[name]
  if not subcommand then
    ui.warn(("There is no `:Understudy %s`. <Tab> shows what there is."):format(name))
    return
  end
  if subcommand.offline then
    subcommand.run(nil, words)
    return
  end
  local client = client_of.require()
  if not client then
    return
  end
  subcommand.run({
    client = client,
    bufnr = vim.api.nvim_get_current_buf(),
    first = given.range > 0 and given.line1 or nil,
    last = given.range > 0 and given.line2 or nil,
    said = said(name, words),
  }, words)
end

--- The models that the server knows, if it answers at once.
---@return string[]
local function models()
  local client = client_of.get()
  local found = {}
  if client then
    local done = false
    client_of.execute(client, "understudy.models", nil, function(answer)
      done = true
      for _, model in ipairs(answer.models) do
        table.insert(found, "model=" .. model.id)
      end
    end)
    vim.wait(500, function()
      return done
    end, 5)
  end
  return found
end

--- For the command line.
---@param start string
---@param line string
---@return string[]
function M.complete(start, line)
  local name = line:match("Understudy!?%s+(%S+)%s")
  local offered
  if not name then
    offered = vim.tbl_keys(M.SUBCOMMANDS)
  elseif vim.startswith(start, "model=") then
    offered = models()
  else
    local subcommand = M.SUBCOMMANDS[name]
    offered = subcommand and subcommand.complete and subcommand.complete() or {}
  end
  offered = vim.tbl_filter(function(one)
    return vim.startswith(one, start)
  end, offered)
  table.sort(offered)
  return offered
end

return M
