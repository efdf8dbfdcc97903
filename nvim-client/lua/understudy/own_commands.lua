-- The subcommands that the plugin itself carries out.

local chosen = require("understudy.chosen")
local client_of = require("understudy.client")
local trust = require("understudy.trust")
local ui = require("understudy.ui")

---@type table<string, understudy.Subcommand>
local M = {}

---@class understudy.Takes
---@field count fun(words: string[]): integer How many of the words behind the command it knows.
---@field told string What there is instead of others, as a sentence.

---@param most integer
---@param told string
---@return understudy.Takes
local function takes(most, told)
  return {
    count = function()
      return most
    end,
    told = told,
  }
end

local NOTHING = takes(0, "It takes no words.")

---@param run fun(words: string[])
---@param taken? understudy.Takes
---@param complete? fun(): string[]
---@return understudy.Subcommand
local function online(run, taken, complete)
  return {
    run = function(_, words)
      run(words)
    end,
    takes = taken or NOTHING,
    complete = complete,
  }
end

---@param run fun(words: string[])
---@param taken? understudy.Takes
---@param complete? fun(): string[]
---@return understudy.Subcommand
local function offline(run, taken, complete)
  local made = online(run, taken, complete)
  made.offline = true
  return made
end

---@return string[]
local function revoke()
  return { "revoke" }
end

M.preview = online(chosen.open)
M.accept = online(chosen.accept)
M["accept-all"] = online(chosen.accept_all)
M.discard = online(chosen.discard)
M.again = online(chosen.again)
M.why = online(chosen.why)

M.next = online(
  function(given)
    chosen.next_model(given[1])
  end,
  takes(1, "It takes the id of a model, or no word."),
  function()
    local found = chosen.current()
    return found and vim.deepcopy(found.edit.others) or {}
  end
)

M.inline = online(function()
  if not require("understudy").accept_inline() then
    ui.tell("No fix is shown within this line.")
  end
end)

M.runs = online(function(given)
  require("understudy.runs").open(given[1])
end, takes(1, "It takes the id of a run, or no word."))

--- A subcommand about lessons, which is handed what the user wrote.
---@param name string
---@param members string[] What may be said with a name.
---@param with_files? boolean Whether files are named behind it.
---@return understudy.Subcommand
local function of_lessons(name, members, with_files)
  local found = {}
  for _, member in ipairs(members) do
    found[member] = true
  end
  return {
    run = function(source)
      require("understudy.lessons")[name](source.client, source.said)
    end,
    complete = function(start)
      return with_files and vim.fn.getcompletion(start, "file") or {}
    end,
    members = found,
  }
end

M["review-lesson"] = of_lessons("review", { "id", "action", "words", "into" })
M["contribute-lessons"] = of_lessons("contribute", { "file", "upstream", "fork" }, true)
M["import-lessons"] = of_lessons("import", { "path", "tag" }, true)
M["revoke-lessons"] = of_lessons("revoke", { "source" })

M.key = online(function()
  require("understudy.keys").choose()
end)

--- The folder that trust and consent are about.
---@return string
local function root_here()
  local markers = require("understudy.config").get().root_markers
  local bufnr = require("understudy.preview").text_in_front()
  return vim.fs.root(bufnr, markers) or vim.fn.getcwd()
end

M.trust = offline(function(given)
  if given[1] == "revoke" then
    trust.revoke(root_here(), client_of.restart)
  else
    trust.ask(root_here(), client_of.restart)
  end
end, {
  count = function(words)
    return words[1] == "revoke" and 1 or 0
  end,
  told = "It takes `revoke`, or no word.",
}, revoke)

--- The providers of the server's models that run elsewhere, the user's own among them.
---@return understudy.ProviderConsent[]
local function providers()
  local found = client_of.at_once("understudy/consents", vim.empty_dict())
  local folders = found and found.folders or {}
  local here = vim.uri_from_fname(root_here())
  for _, folder in ipairs(folders) do
    if folder.uri == here then
      return folder.providers
    end
  end
  return folders[1] and folders[1].providers or {}
end

M.consent = offline(function(given)
  if given[1] == "revoke" then
    trust.take_back(root_here(), given[2], client_of.restart)
  elseif given[1] then
    trust.consent(root_here(), given[1], client_of.restart)
  else
    ui.warn("Consent to which provider? `:Understudy consent anthropic`")
  end
end, {
  count = function(words)
    return words[1] == "revoke" and 2 or 1
  end,
  told = "It takes a provider, or `revoke` and perhaps one.",
}, function()
  local names = vim.tbl_map(function(one)
    return one.provider
  end, providers())
  return vim.list_extend(revoke(), names)
end)

M.start = offline(client_of.start)
M.stop = offline(client_of.stop)
M.restart = offline(client_of.restart)

M.health = offline(function()
  vim.cmd.checkhealth("understudy")
end)

M.log = offline(function()
  local log = vim.lsp.log or require("vim.lsp.log")
  vim.cmd.tabedit(log.get_filename())
end)

M.menu = online(function()
  require("understudy.menu").show()
end)

return M
