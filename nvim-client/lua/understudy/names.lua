-- Buffers that get their name later, or another one: each is served under the name that it has.

local M = {}

local LATER = "understudy.named"
local RENAMED = "understudy.renamed"

---@type table<integer, true> buffers that are served once they have a name
local unnamed = {}
---@type table<integer, true> buffers that are closed for the server while they get another name
local between = {}

--- Starts the server for a buffer that has no name, once it has one: its file type is not told again.
---@param bufnr integer
---@param begin fun(bufnr: integer)
function M.once_named(bufnr, begin)
  unnamed[bufnr] = true
  -- For any buffer: those of a buffer alone are gone when it gets its name.
  vim.api.nvim_create_autocmd({ "BufFilePost", "BufWritePost" }, {
    group = vim.api.nvim_create_augroup(LATER, {}),
    callback = function(event)
      if unnamed[event.buf] and require("understudy.absence").is_served(event.buf) then
        unnamed[event.buf] = nil
        begin(event.buf)
      end
    end,
  })
end

--- No buffer is served any more only because it gets a name.
function M.forget()
  unnamed, between = {}, {}
end

---@param bufnr integer
---@param begin fun(bufnr: integer)
local function serve_again(bufnr, begin)
  if between[bufnr] and vim.api.nvim_buf_is_loaded(bufnr) then
    begin(bufnr)
  end
  between[bufnr] = nil
end

--- Closes a buffer that gets another name under its old one, and opens it under the new one. Neovim
--- does so only when it is written, and until then the server would know it by a name that is gone.
---@param client_of fun(bufnr: integer): vim.lsp.Client?
---@param begin fun(bufnr: integer)
function M.follow(client_of, begin)
  local group = vim.api.nvim_create_augroup(RENAMED, {})
  vim.api.nvim_create_autocmd("BufFilePre", {
    group = group,
    callback = function(event)
      local client = client_of(event.buf)
      if client then
        between[event.buf] = true
        vim.lsp.buf_detach_client(event.buf, client.id)
        -- Where the new name is refused, nothing tells.
        vim.schedule(function()
          serve_again(event.buf, begin)
        end)
      end
    end,
  })
  vim.api.nvim_create_autocmd("BufFilePost", {
    group = group,
    callback = function(event)
      serve_again(event.buf, begin)
    end,
  })
end

return M
