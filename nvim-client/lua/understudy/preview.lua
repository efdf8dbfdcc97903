-- An edit that waits, shown beside or within the text.

local attention = require("understudy.attention")
local config = require("understudy.config")
local ready = require("understudy.ready")
local ui = require("understudy.ui")

local M = {}

---@class understudy.Shown
---@field uri string
---@field bufnr integer
---@field client_id integer
---@field edit understudy.ReadyEdit
---@field told string What was checked, by whom, and what it cost.
---@field win integer? The window of its own that it stands in; none for one within the text.
---@field close fun()

---@type understudy.Shown?
local shown
---@type table<string, string> what was told about edits, by their ids
local told_of = {}

--- The server has an edit to be looked at.
---@param client_id integer
---@param offered understudy.Preview
function M.offered(client_id, offered)
  ready.fetch(client_id, offered.uri, function()
    local found = ready.find(offered.editId)
    if found then
      told_of[offered.editId] = offered.told
      M.show(found, attention.is_on(offered.editId))
    end
  end)
end

--- Shows an edit that waits.
---@param found understudy.Found
---@param enter boolean Whether the focus goes there.
function M.show(found, enter)
  M.close()
  local bufnr = vim.uri_to_bufnr(found.uri)
  local client = vim.lsp.get_client_by_id(found.client_id)
  if not client or not vim.api.nvim_buf_is_loaded(bufnr) then
    return
  end
  shown = {
    uri = found.uri,
    bufnr = bufnr,
    client_id = found.client_id,
    edit = found.edit,
    told = told_of[found.edit.editId] or "",
    close = function() end,
  }
  local form = #found.edit.files > 0 and "float" or config.get().preview
  require("understudy.views." .. form).open(shown, client.offset_encoding, enter)
  require("understudy.inline").look()
  vim.api.nvim_exec_autocmds("User", { pattern = "UnderstudyPreview", modeline = false })
end

--- Closes the preview. The edit goes on waiting.
function M.close()
  local one = shown
  shown = nil
  if one then
    one.close()
    require("understudy.inline").look()
  end
end

--- Ties a preview to the window that it stands in: no other text comes there, and it goes when that
--- is closed.
---@param one understudy.Shown
---@param win integer
function M.stands_in(one, win)
  one.win = win
  ui.hold(win)
  vim.api.nvim_create_autocmd("WinClosed", {
    pattern = tostring(win),
    once = true,
    callback = function()
      if shown == one then
        M.close()
      end
    end,
  })
end

---@return understudy.Shown?
function M.shown()
  return shown
end

--- Whether the preview is in sight.
---@return boolean
function M.is_seen()
  if not shown then
    return false
  elseif not shown.win then
    return vim.fn.bufwinid(shown.bufnr) ~= -1
  end
  local page = vim.api.nvim_get_current_tabpage()
  return vim.api.nvim_win_is_valid(shown.win) and vim.api.nvim_win_get_tabpage(shown.win) == page
end

--- Whether the user is in the preview's own window.
---@return boolean
function M.is_in_front()
  return shown ~= nil and shown.win == vim.api.nvim_get_current_win()
end

--- Goes to the preview's own window, on whatever page that is.
---@return boolean # whether there is one
function M.focus()
  local win = shown and shown.win
  return win ~= nil and vim.api.nvim_win_is_valid(win) and pcall(vim.api.nvim_set_current_win, win)
end

--- The line where a document begins to change, from 1.
---@param edit understudy.ReadyEdit
---@return integer
function M.first_line(edit)
  local first = math.huge
  for _, change in ipairs(edit.textEdits) do
    first = math.min(first, change.range.start.line + 1)
  end
  return first < math.huge and first or 1
end

--- What the user has in front: a buffer, or the one that the preview in front is about.
---@return integer bufnr
---@return integer[] cursor
function M.text_in_front()
  if not shown or not M.is_in_front() then
    return vim.api.nvim_get_current_buf(), vim.api.nvim_win_get_cursor(0)
  end
  local win = vim.fn.bufwinid(shown.bufnr)
  local at = { M.first_line(shown.edit), 0 }
  return shown.bufnr, win ~= -1 and vim.api.nvim_win_get_cursor(win) or at
end

--- Carries the preview along with its document, and closes it when its edit is gone.
ready.on_change(function(uri)
  if not shown or shown.uri ~= uri then
    return
  end
  local found = ready.find(shown.edit.editId)
  if not found then
    told_of[shown.edit.editId] = nil
    M.close()
  elseif not vim.deep_equal(found.edit.textEdits, shown.edit.textEdits) then
    M.show(found, false)
  end
end)

return M
