-- A proved edit for the line of the cursor, drawn within the text.
--
-- What goes is marked, what comes stands behind it. Where `vim.lsp.inline_completion` of Neovim 0.12
-- is on for our server, that one draws in Insert mode what it can show as it will be, and this the rest.

local config = require("understudy.config")
local ghost = require("understudy.ghost")
local ready = require("understudy.ready")
local text = require("understudy.text")

local M = {}

local namespace = vim.api.nvim_create_namespace("understudy.inline")
local group = vim.api.nvim_create_augroup("understudy.inline", {})
local MOVES = { "CursorMoved", "CursorMovedI", "ModeChanged", "BufEnter", "BufLeave", "WinEnter" }

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
  vim.api.nvim_create_autocmd(MOVES, { group = group, buffer = bufnr, callback = M.look })
  if config.get().inline == "native" and vim.lsp.inline_completion then
    vim.lsp.inline_completion.enable(true, { bufnr = bufnr })
  end
end

--- Neovim's own inline completion, where it draws suggestions of servers now.
---@param bufnr integer
---@return table?
local function native(bufnr)
  local found = vim.lsp.inline_completion
  local is_on = found and vim.fn.mode():match("^i") and found.is_enabled({ bufnr = bufnr })
  return is_on and found or nil
end

--- The line of a suggestion as it will be, where Neovim's own inline completion shows it so.
---@param found understudy.Suggestion
---@return string?
local function shown_by_neovim(found)
  local number = found.change.line
  local line = vim.api.nvim_buf_get_lines(found.bufnr, number, number + 1, false)[1]
  local after = ghost.after(line, found.change)
  local column = vim.api.nvim_win_get_cursor(0)[2]
  return after and ghost.fits(line, after, column) and after or nil
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

--- Whether a suggestion is seen already: in the preview, or drawn by Neovim.
---@param found understudy.Suggestion
---@return boolean
local function is_seen(found)
  local preview = require("understudy.preview")
  local shown = preview.is_seen() and preview.shown()
  local is_shown = shown and shown.edit.editId == found.edit.editId
  return is_shown or native(found.bufnr) ~= nil and shown_by_neovim(found) ~= nil
end

--- Draws what belongs to the cursor's line, and takes away what does not.
function M.look()
  if drawn and vim.api.nvim_buf_is_valid(drawn.bufnr) then
    vim.api.nvim_buf_clear_namespace(drawn.bufnr, namespace, 0, -1)
  end
  local found = M.here()
  drawn = found and not is_seen(found) and found or nil
  if not drawn then
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

--- Of what the server suggests, what Neovim's own inline completion may show: no more than the edit
--- that is drawn here otherwise, and only where nothing else is shown than what comes.
---@param items lsp.InlineCompletionItem[]|lsp.InlineCompletionList
---@return lsp.InlineCompletionItem[]
function M.sieved(items)
  local found = M.here()
  local after = found and shown_by_neovim(found)
  return vim.tbl_filter(function(item)
    return item.insertText == after
  end, items.items or items)
end

--- What Neovim puts in: of ours, what still fits.
---@param item vim.lsp.inline_completion.Item
---@return vim.lsp.inline_completion.Item?
local function still(item)
  local client = vim.lsp.get_client_by_id(item.client_id)
  local is_own = client ~= nil and require("understudy.client").is_own(client)
  local found = is_own and M.here()
  local after = found and shown_by_neovim(found)
  return (not is_own or item.insert_text == after) and item or nil
end

--- Takes the edit within the line.
---@return boolean # whether there is one
function M.accept()
  local found = M.here()
  local by_neovim = (not found or shown_by_neovim(found)) and native(vim.api.nvim_get_current_buf())
  if by_neovim and by_neovim.get({ on_accept = still }) then
    return true
  end
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

ready.on_change(M.look)

require("understudy.highlights")

return M
