-- A proved edit for the line of the cursor, drawn within the text.
--
-- What goes is marked, what comes stands behind it. Where `vim.lsp.inline_completion` of Neovim 0.12
-- is on for our server, that one draws in Insert mode, and this does not.

local config = require("understudy.config")
local ready = require("understudy.ready")
local text = require("understudy.text")

local M = {}

local namespace = vim.api.nvim_create_namespace("understudy.inline")
local group = vim.api.nvim_create_augroup("understudy.inline", {})

---@class understudy.Suggestion
---@field bufnr integer
---@field client_id integer
---@field edit understudy.ReadyEdit
---@field change understudy.LineChange

---@type understudy.Suggestion?
local drawn

--- Follows the cursor in a buffer.
---@param bufnr integer
function M.attach(bufnr)
  vim.api.nvim_clear_autocmds({ group = group, buffer = bufnr })
  vim.api.nvim_create_autocmd(
    { "CursorMoved", "CursorMovedI", "InsertEnter", "InsertLeave", "BufEnter", "BufLeave" },
    { group = group, buffer = bufnr, callback = M.look }
  )
  if config.get().inline == "native" and vim.lsp.inline_completion then
    vim.lsp.inline_completion.enable(true, { bufnr = bufnr })
  end
end

--- Whether Neovim itself draws suggestions of the server now.
---@param bufnr integer
---@return boolean
local function is_native(bufnr)
  if not vim.lsp.inline_completion or not vim.fn.mode():match("^i") then
    return false
  end
  return vim.lsp.inline_completion.is_enabled({ bufnr = bufnr })
end

---@param edit understudy.ReadyEdit
---@param bufnr integer
---@param client_id integer
---@return understudy.LineChange?
local function change_of(edit, bufnr, client_id)
  local client = vim.lsp.get_client_by_id(client_id)
  local is_current = vim.lsp.util.buf_versions[bufnr] == edit.version
  -- What is not fully proved is looked at with its reasons first.
  if not client or not is_current or edit.band == "review" or #edit.files > 0 then
    return nil
  end
  return text.line_change(bufnr, edit.textEdits, client.offset_encoding)
end

--- The edit for the line of the cursor, if there is one.
---@return understudy.Suggestion?
function M.here()
  if config.get().inline == false or vim.fn.mode():match("^[vV\22]") then
    return nil
  end
  local bufnr = vim.api.nvim_get_current_buf()
  local line = vim.api.nvim_win_get_cursor(0)[1] - 1
  local edits = ready.of(vim.uri_from_bufnr(bufnr))
  for number = #edits, 1, -1 do
    local found = ready.find(edits[number].editId)
    local change = found and change_of(found.edit, bufnr, found.client_id)
    if found and change and change.line == line then
      return { bufnr = bufnr, client_id = found.client_id, edit = found.edit, change = change }
    end
  end
end

---@param change understudy.LineChange
---@return vim.api.keyset.set_extmark
local function mark(change)
  local rest = {}
  for number = 2, #change.lines do
    table.insert(rest, { { change.lines[number], "UnderstudyGhost" } })
  end
  return {
    virt_text = { { change.lines[1], "UnderstudyGhost" } },
    virt_text_pos = "inline",
    virt_lines = #rest > 0 and rest or nil,
    right_gravity = false,
  }
end

--- Draws what belongs to the cursor's line, and takes away what does not.
function M.look()
  if drawn and vim.api.nvim_buf_is_valid(drawn.bufnr) then
    vim.api.nvim_buf_clear_namespace(drawn.bufnr, namespace, 0, -1)
  end
  drawn = M.here()
  local shown = require("understudy.preview").shown()
  -- The same edit is not shown twice.
  local is_shown = shown ~= nil and drawn ~= nil and shown.edit.editId == drawn.edit.editId
  if not drawn or is_native(drawn.bufnr) or is_shown then
    drawn = nil
    return
  end
  local change = drawn.change
  if change.to > change.from then
    vim.api.nvim_buf_set_extmark(drawn.bufnr, namespace, change.line, change.from, {
      end_col = change.to,
      hl_group = "UnderstudyGone",
    })
  end
  vim.api.nvim_buf_set_extmark(drawn.bufnr, namespace, change.line, change.to, mark(change))
end

--- Takes the edit within the line.
---@return boolean # whether there is one
function M.accept()
  local native = vim.lsp.inline_completion
  if native and is_native(vim.api.nvim_get_current_buf()) then
    return native.get()
  end
  local found = M.here()
  local client = found and vim.lsp.get_client_by_id(found.client_id)
  if not found or not client then
    return false
  end
  -- Later, since text must not change within a mapping with `expr`.
  vim.schedule(function()
    local take = { editId = found.edit.editId }
    require("understudy.client").execute(client, "understudy.take", take)
  end)
  return true
end

ready.on_change(function(uri)
  if uri == vim.uri_from_bufnr(0) then
    M.look()
  end
end)

require("understudy.highlights")

return M
