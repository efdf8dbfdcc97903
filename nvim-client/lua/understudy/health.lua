-- `:checkhealth understudy`

local absence = require("understudy.absence")
local client_of = require("understudy.client")
local config = require("understudy.config")
local server = require("understudy.server")

local M = {}

local LIMIT_MS = 30000

local function look_at_neovim()
  vim.health.start("Neovim")
  local version = tostring(vim.version())
  if vim.fn.has("nvim-0.10") == 0 then
    vim.health.error(version .. " is too old.", "Understudy needs Neovim 0.10 or newer.")
    return
  end
  vim.health.ok(version)
  local native = vim.lsp.inline_completion ~= nil
  vim.health.info(
    native and "`vim.lsp.inline_completion` is there." or "Fixes are drawn by the plugin."
  )
  if #vim.fn.getcompletion("understudy-config", "help") == 0 then
    local doc = vim.fs.dirname(vim.api.nvim_get_runtime_file("doc/understudy.txt", false)[1])
    vim.health.info(
      ("The help page is not found, for it has no tags: `:helptags %s` makes them."):format(doc)
    )
  end
end

local function look_at_config()
  vim.health.start("Configuration")
  local complaints = config.complaints(config.written())
  for _, complaint in ipairs(complaints) do
    vim.health.warn(complaint, "See `:help understudy-config`.")
  end
  if #complaints == 0 then
    vim.health.ok("The plugin knows all of it; what is wrong in `settings`, the server tells.")
  end
  if not config.get().enabled then
    vim.health.info("`enabled` is false: `:Understudy start` starts the server.")
  end
end

---@param program string[]
---@param arguments string[]
---@param root string?
---@return vim.SystemCompleted
local function run(program, arguments, root)
  local command = vim.list_extend(vim.deepcopy(program), arguments)
  local started, process = pcall(vim.system, command, { text = true, cwd = root })
  if not started then
    return { code = 1, signal = 0, stdout = "", stderr = tostring(process) }
  end
  return process:wait(LIMIT_MS)
end

---@param root string?
---@return understudy.Found?
local function look_at_server(root)
  vim.health.start("Server")
  local found, why = server.find(root)
  if not found then
    vim.health.error(why --[[@as string]], {
      "Install it where `PATH` finds it, or name it: `vim.g.understudy = { server = '…' }`.",
    })
    return nil
  end
  local told = run(found.program, { "--version" }, root)
  local version = vim.trim(told.stdout or "")
  if told.code ~= 0 or not version:match("^understudy %d") then
    vim.health.error(("`%s` is not Understudy, or does not run."):format(found.program[1]), {
      vim.trim(told.stderr or ""),
    })
    return nil
  end
  vim.health.ok(("%s, %s (%s)"):format(version, table.concat(found.program, " "), found.how))
  return found
end

--- Why none of the open files has a server.
local function look_at_buffers()
  local is_any = false
  for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(bufnr) and absence.is_served(bufnr) then
      is_any = true
      local name = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(bufnr), ":~:.")
      vim.health.info(("No server runs for %s: %s."):format(name, absence.why(bufnr)))
    end
  end
  if not is_any then
    vim.health.info("No server runs: none of the open files is one that it knows.")
  end
end

---@param client vim.lsp.Client
local function look_at_client(client)
  local root = client.root_dir or client.config.root_dir or "single files"
  local buffers = vim.tbl_count(client.attached_buffers or {})
  if client_of.is_own(client) then
    local columns = client.offset_encoding
    vim.health.ok(("%s: %d buffers, columns in %s"):format(root, buffers, columns))
    return
  end
  vim.health.warn(("%s: %d buffers have a server without the plugin."):format(root, buffers), {
    "Take out what else starts `understudy`: `understudy setup neovim --remove`, or by hand.",
  })
end

local function look_at_clients()
  vim.health.start("Running")
  local clients = vim.lsp.get_clients({ name = "understudy" })
  if #clients == 0 then
    look_at_buffers()
  end
  for _, client in ipairs(clients) do
    look_at_client(client)
  end
end

--- What the server's own doctor says; its remedies stand below what they are for.
---@param found understudy.Found
---@param root string?
local function ask_doctor(found, root)
  vim.health.start("`understudy doctor`")
  local told = run(found.program, { "doctor" }, root)
  local say = told.code == 0 and vim.health.info or vim.health.warn
  local words = vim.trim(told.stdout ~= "" and told.stdout or told.stderr or "")
  say(words ~= "" and words or "It said nothing.")
end

function M.check()
  -- The health report is a buffer of its own; the file before it is what is asked about.
  local bufnr = vim.fn.bufnr("#")
  local root = vim.fs.root(bufnr > 0 and bufnr or 0, config.get().root_markers) or vim.fn.getcwd()
  look_at_neovim()
  look_at_config()
  local found = look_at_server(root)
  look_at_clients()
  if found then
    ask_doctor(found, root)
  end
end

return M
