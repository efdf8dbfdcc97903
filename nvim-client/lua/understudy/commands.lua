-- `:Understudy`: the server's commands under their names, and those of the plugin.

local arguments = require("understudy.arguments")
local attention = require("understudy.attention")
local client_of = require("understudy.client")
local own = require("understudy.own_commands")
local served = require("understudy.generated.commands")
local ui = require("understudy.ui")
local wait = require("understudy.wait")
local words_of = require("understudy.words")

local M = {}

---@class understudy.Subcommand
---@field run fun(source: understudy.Source?, words: string[])
---@field complete? fun(start: string): string[]
---@field offline? boolean Whether it works without a server.
---@field members? table<string, true> What may be said with a name.
---@field takes? understudy.Takes What may be said where nothing has a name.
---@field of_buffer? boolean Whether it is about the buffer in front, which must have a server then.

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
  ["understudy.cancel"] = function(answer)
    if answer.cancelled == 0 then
      ui.tell("Nothing is under way.")
    end
  end,
  ["understudy.contextPreview"] = function(answer)
    require("understudy.report").show(vim.split(answer.markdown, "\n"), "markdown")
  end,
  ["understudy.models"] = function(answer)
    require("understudy.models").show(answer.models)
  end,
}

---@param command string
---@return fun(source: understudy.Source)
local function door(command)
  return function(source)
    arguments.fill(command, served[command].members, source, function(argument)
      client_of.execute(source.client, command, argument, function(answer)
        if ANSWERED[command] then
          ANSWERED[command](answer)
        elseif type(answer) == "table" and answer.runId then
          attention.begins(answer.runId, source.stand)
        end
      end)
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

--- Whether a command is about a document: what else it means without one, nobody types in a buffer.
---@param command string
---@return boolean
local function is_of_buffer(command)
  for _, member in ipairs(served[command].members) do
    if member.name == "uri" then
      return member.required or command == "understudy.dismissFinding"
    end
  end
  return false
end

---@param command string
---@return table<string, true>
local function names_of(command)
  local found = {}
  for _, member in ipairs(served[command].members) do
    found[member.name] = true
  end
  return found
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
      members = names_of(command),
      of_buffer = is_of_buffer(command),
    }
  end
  for name, command in pairs(ALIASES) do
    found[name] = found[kebab(command)]
  end
  return vim.tbl_extend("force", found, own)
end

---@type table<string, understudy.Subcommand>
M.SUBCOMMANDS = all()

---@class understudy.Given
---@field fargs string[]
---@field range integer
---@field line1? integer
---@field line2? integer

--- The lines that were given.
---@param given understudy.Given
---@return integer?, integer?
local function lines_of(given)
  if given.range > 0 then
    return given.line1, given.line2
  end
end

--- What the user looks at. Lines that were given are those of the buffer in front, whatever it is.
---@param given understudy.Given
---@return understudy.Source
local function source_of(given)
  local bufnr, cursor = require("understudy.preview").text_in_front()
  local first, last = lines_of(given)
  if first then
    bufnr, cursor = vim.api.nvim_get_current_buf(), vim.api.nvim_win_get_cursor(0)
  end
  return { bufnr = bufnr, cursor = cursor, first = first, last = last }
end

--- Goes on once there is a client, if the text is still what the user spoke about.
---@param subcommand understudy.Subcommand
---@param source understudy.Source
---@param go_on fun()
local function with_client(subcommand, source, go_on)
  local bufnr = subcommand.of_buffer and source.bufnr or nil
  local tick = bufnr and vim.api.nvim_buf_get_changedtick(bufnr)
  wait.for_client(bufnr, function(client)
    if bufnr and vim.api.nvim_buf_get_changedtick(bufnr) ~= tick then
      ui.tell("The text has changed while the server started. Say it once more.")
      return
    end
    source.client = client
    go_on()
  end)
end

---@param given understudy.Given
function M.run(given)
  local name = given.fargs[1] or "menu"
  local words = vim.list_slice(given.fargs, 2)
  local subcommand = M.SUBCOMMANDS[name]
  if not subcommand then
    ui.warn(("There is no `:Understudy %s`. <Tab> shows what there is."):format(name))
    return
  end
  local said, complaint = {}
  if subcommand.takes then
    complaint = words_of.too_many(name, subcommand.takes, words)
  else
    said, complaint = words_of.read(name, subcommand.members, words)
  end
  if complaint then
    ui.warn(complaint)
    return
  end
  if subcommand.offline then
    subcommand.run(nil, words)
    return
  end
  local source = source_of(given)
  source.said = said
  source.stand = attention.stand()
  with_client(subcommand, source, function()
    subcommand.run(source, words)
  end)
end

--- The models that the server knows.
---@return string[]
local function models()
  local asked = { command = "understudy.models", arguments = { vim.empty_dict() } }
  local answer = client_of.at_once("workspace/executeCommand", asked)
  return vim.tbl_map(function(model)
    return "model=" .. model.id
  end, answer and answer.models or {})
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
    offered = subcommand and subcommand.complete and subcommand.complete(start) or {}
  end
  offered = vim.tbl_filter(function(one)
    return vim.startswith(one, start)
  end, offered)
  table.sort(offered)
  return offered
end

return M
