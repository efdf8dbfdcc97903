-- Why a buffer has no server, as clauses for messages and `:checkhealth`.

local config = require("understudy.config")
local process = require("understudy.process")
local server = require("understudy.server")

local M = {}

--- Why a buffer is nothing that a server could be for; nothing where it is a file.
---@param bufnr integer
---@return string?
function M.no_file(bufnr)
  local name = vim.api.nvim_buf_get_name(bufnr)
  if vim.bo[bufnr].buftype ~= "" then
    return "it is no file"
  elseif name == "" then
    return "it has no name yet (`:write` gives it one)"
  elseif name:match("^%a[%w+.-]+://") then
    return "it is no file of this machine"
  end
end

---@param filetype string
---@return string?
local function no_language(filetype)
  if filetype == "" then
    return "it has no file type"
  elseif vim.tbl_contains(config.filetypes(), filetype) then
    return nil
  elseif config.get().filetypes then
    return ("the setting `filetypes` leaves `%s` out"):format(filetype)
  end
  return ("the server does not know the file type `%s`"):format(filetype)
end

--- Whether a buffer is one that a server is started for, as far as it goes by the buffer.
---@param bufnr integer
---@return boolean
function M.is_served(bufnr)
  return not M.no_file(bufnr) and not no_language(vim.bo[bufnr].filetype)
end

--- Whether a server is on its way.
---@param bufnr integer? The buffer that it is to be for; any, if none is named.
---@return boolean
function M.is_starting(bufnr)
  if bufnr and not M.is_served(bufnr) then
    return false
  end
  return process.is_starting()
end

local FOREIGN = "another configuration starts it without the plugin"
  .. " (`understudy setup neovim --remove` takes out what `setup` wrote)"

--- Why there is no client for a buffer.
---@param bufnr integer
---@return string # a clause without its full stop
function M.why(bufnr)
  local of_buffer = M.no_file(bufnr) or no_language(vim.bo[bufnr].filetype)
  if of_buffer then
    return of_buffer
  elseif not config.get().enabled then
    return "`enabled` is false (`:Understudy start` starts the server)"
  end
  if #vim.lsp.get_clients({ bufnr = bufnr, name = "understudy" }) > 0 then
    return FOREIGN
  end
  local found, why = server.find(vim.fs.root(bufnr, config.get().root_markers))
  if not found then
    return (tostring(why):gsub("%.$", ""):gsub("^%u%l", string.lower))
  elseif M.is_starting(bufnr) then
    return "the server is still starting (`:Understudy restart` starts it anew)"
  end
  return "the server was stopped, or has ended (`:Understudy start` starts it)"
end

return M
