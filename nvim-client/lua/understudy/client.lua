-- The language server as a client of Neovim: how it is started, and how it is asked.

local config = require("understudy.config")
local languages = require("understudy.generated.languages")
local names = require("understudy.names")
local process = require("understudy.process")
local server = require("understudy.server")
local trust = require("understudy.trust")
local ui = require("understudy.ui")

local M = {}

local NAME = "understudy"
local STARTS = "understudy.start"
local CONFIGURABLE = vim.fn.has("nvim-0.11") == 1

---@type table<string, string[]> what is started, by folder
local starting = {}
---@type table<string, true> what somebody was told
local told = {}
--- How often it was said that the server is to start or to end: the last wish counts.
local wishes = 0

--- For `vim.lsp.config()`, and with `root_dir` as a text for `vim.lsp.start()`.
---@return vim.lsp.Config
function M.config()
  return {
    name = NAME,
    cmd = function(dispatchers, given)
      local root = given and given.root_dir or nil
      local program = starting[root or ""] or starting.last
      local command = vim.list_extend(vim.deepcopy(program), { "serve" })
      return require("understudy.wire").heard(process.begin(command, dispatchers))
    end,
    filetypes = config.filetypes(),
    root_dir = M.activate,
    get_language_id = function(_, filetype)
      return languages[filetype] or filetype
    end,
    capabilities = require("understudy.capabilities").all(),
    before_init = function(params)
      params.initializationOptions = config.get().settings
    end,
    handlers = require("understudy.handlers").all(),
    on_attach = function(_, bufnr)
      require("understudy.inline").attach(bufnr)
    end,
    on_exit = function(_, _, client_id)
      vim.schedule(function()
        require("understudy.ready").forget(client_id)
        require("understudy.status").forget(client_id)
      end)
    end,
  }
end

--- Says where a buffer belongs, if there is a server for it.
---@param bufnr integer
---@param on_dir fun(root: string?)
function M.activate(bufnr, on_dir)
  if require("understudy.absence").no_file(bufnr) then
    names.once_named(bufnr, M.begin)
    return
  end
  local root = vim.fs.root(bufnr, config.get().root_markers)
  local found, why = server.find(root)
  if found then
    starting[root or ""], starting.last = found.program, found.program
    on_dir(root)
  elseif server.in_project(root) and not config.get().server then
    trust.ask_once(root, M.follow_config)
  elseif why and not told[why] then
    told[why] = true
    ui.warn(why .. " `:checkhealth understudy` tells more.")
  end
end

--- Starts what belongs to the open buffers, now and from now on, or stops it.
function M.follow_config()
  if config.get().enabled then
    M.start()
  else
    M.stop()
  end
end

local function start_now()
  if CONFIGURABLE then
    vim.lsp.enable(NAME)
    return
  end
  local filetypes = config.filetypes()
  if #filetypes == 0 then
    -- No pattern would mean any.
    return
  end
  vim.api.nvim_create_autocmd("FileType", {
    group = vim.api.nvim_create_augroup(STARTS, {}),
    pattern = filetypes,
    callback = function(event)
      M.begin(event.buf)
    end,
  })
  for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(bufnr) and vim.tbl_contains(filetypes, vim.bo[bufnr].ft) then
      M.begin(bufnr)
    end
  end
end

--- Starts the server, once the old ones have ended.
function M.start()
  wishes = wishes + 1
  local mine = wishes
  process.once_ended(function()
    if mine == wishes then
      start_now()
    end
  end)
end

--- What `vim.lsp.enable()` does for a buffer whose file type becomes known.
---@param bufnr integer
function M.begin(bufnr)
  M.activate(bufnr, function(root)
    local known = CONFIGURABLE and vim.lsp.config[NAME] or M.config()
    local one = vim.deepcopy(known) --[[@as vim.lsp.ClientConfig]]
    one.root_dir = root
    vim.lsp.start(one, { bufnr = bufnr, reuse_client = M.serves })
  end)
end

--- Whether a running server is the one for a folder. Neovim 0.10 would start another one for each
--- file without a folder, and once more whenever such a file is read again.
---@param client vim.lsp.Client
---@param wanted vim.lsp.ClientConfig
---@return boolean
function M.serves(client, wanted)
  local is_same = client.name == wanted.name and client.config.root_dir == wanted.root_dir
  return is_same and not process.is_ending(client)
end

--- Ends the servers, those among them that are still starting.
function M.stop()
  wishes = wishes + 1
  names.forget()
  if CONFIGURABLE then
    vim.lsp.enable(NAME, false)
  else
    pcall(vim.api.nvim_del_augroup_by_name, STARTS)
  end
  process.finish_all(vim.fn.has("nvim-0.12") == 1)
end

--- Starts the server anew.
function M.restart()
  told = {}
  M.stop()
  M.start()
end

--- Whether a client is the plugin's. Configurations without the plugin call theirs the same.
---@param client vim.lsp.Client
---@return boolean
function M.is_own(client)
  return client.handlers["understudy/preview"] ~= nil
end

--- The client of a buffer. Without one, that of the buffer in front; where that has none, as a window
--- of ours, that of any buffer.
---@param bufnr? integer
---@return vim.lsp.Client?
function M.get(bufnr)
  local here = vim.lsp.get_clients({ bufnr = bufnr or 0, name = NAME })
  local others = bufnr and {} or vim.lsp.get_clients({ name = NAME })
  return vim.iter(vim.list_extend(here, others)):find(M.is_own)
end

--- The same, with a word to the user where there is none.
---@param bufnr? integer A buffer that must have its own.
---@return vim.lsp.Client?
function M.require(bufnr)
  local found = M.get(bufnr)
  if not found and bufnr then
    local why = require("understudy.absence").why(bufnr)
    ui.warn(("It does not run for this buffer: %s."):format(why))
  elseif not found then
    ui.warn("The server is not running. `:checkhealth understudy` tells why.")
  end
  return found
end

--- Asks the server; what goes wrong is told, unless `failed` takes it.
---@param client vim.lsp.Client
---@param method string
---@param params table
---@param answered? fun(result: any)
---@param failed? fun(message: string)
function M.request(client, method, params, answered, failed)
  local function reply(failure, result)
    if failure then
      (failed or ui.warn)(failure.message or tostring(failure))
    elseif answered then
      answered(result)
    end
  end
  if CONFIGURABLE then
    client:request(method, params, reply)
  else
    ---@diagnostic disable-next-line: param-type-mismatch
    client.request(method, params, reply)
  end
end

--- Asks the server for what a command line is completed with, if it answers at once.
---@param method string
---@param params table
---@return any # nil where nobody answers
function M.at_once(method, params)
  local client = M.get()
  local answer
  local function keep(found)
    answer = found
  end
  if client then
    M.request(client, method, params, keep, function() end)
    vim.wait(500, function()
      return answer ~= nil
    end, 5)
  end
  return answer
end

--- Runs a command of the server. Where it refuses something about an edit, that one may be gone.
---@param client vim.lsp.Client
---@param command string
---@param argument? table
---@param answered? fun(result: any)
function M.execute(client, command, argument, answered)
  local given = argument and next(argument) and argument or vim.empty_dict()
  local asked = { command = command, arguments = { given } }
  M.request(client, "workspace/executeCommand", asked, answered, function(message)
    ui.warn(message)
    if given.editId then
      require("understudy.ready").look_again(given.editId)
    end
  end)
end

names.follow(M.get, M.begin)

return M
