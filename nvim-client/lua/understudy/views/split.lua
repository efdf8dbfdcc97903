-- A preview as a document beside the text, both in diff mode.

local text = require("understudy.text")
local ui = require("understudy.ui")

local M = {}

local namespace = vim.api.nvim_create_namespace("understudy.preview.split")

--- Remembers where the cursor of a window is, and the part of the text around it. Windows in diff
--- mode move each other's.
---@param win integer
---@return fun() # goes back there, also when text came or went above; who works there stays
local function remembered(win)
  local bufnr = vim.api.nvim_win_get_buf(win)
  local view = vim.api.nvim_win_call(win, vim.fn.winsaveview)
  local mark = vim.api.nvim_buf_set_extmark(bufnr, namespace, view.lnum - 1, 0, {})
  return function()
    if vim.api.nvim_win_get_buf(win) ~= bufnr then
      return
    end
    local row = vim.api.nvim_buf_get_extmark_by_id(bufnr, namespace, mark, {})[1]
    vim.api.nvim_buf_del_extmark(bufnr, namespace, mark)
    if not row or vim.api.nvim_get_current_win() == win then
      return
    end
    local line = row + 1
    view.topline = math.max(view.topline + line - view.lnum, 1)
    view.lnum = line
    vim.api.nvim_win_call(win, function()
      vim.fn.winrestview(view)
    end)
  end
end

---@param shown understudy.Shown
---@param encoding string
---@param enter boolean
function M.open(shown, encoding, enter)
  local preview, chosen = require("understudy.preview"), require("understudy.chosen")
  local win = vim.fn.bufwinid(shown.bufnr)
  local side = text.sides(shown.bufnr, shown.edit, encoding)[1]
  if win == -1 or not side then
    require("understudy.views.float").open(shown, encoding, enter)
    return
  end
  local before = vim.api.nvim_get_current_win()
  local buf = ui.scratch(vim.bo[shown.bufnr].filetype)
  ui.fill(buf, side.after)
  local keys = chosen.keys()
  ui.keys(buf, keys)
  local was_diff = vim.wo[win].diff
  local go_back = remembered(win)
  vim.api.nvim_set_current_win(win)
  vim.cmd("rightbelow vertical split")
  local opened = vim.api.nvim_get_current_win()
  vim.api.nvim_win_set_buf(opened, buf)
  vim.api.nvim_win_set_cursor(opened, { math.min(preview.first_line(shown.edit), #side.after), 0 })
  vim.cmd.diffthis()
  vim.api.nvim_win_call(win, vim.cmd.diffthis)
  -- In the middle, so that the lines around it are seen as well.
  vim.cmd.normal({ "zz", bang = true })
  local title = shown.edit.title:gsub("^Understudy: ", "")
  -- A bar for both keeps the texts on the same height.
  local old_bar = vim.wo[win].winbar
  vim.wo[win].winbar = " " .. title:gsub("%%", "%%%%")
  vim.wo[opened].winbar = ui.told_keys(keys, chosen.ORDER) .. "%<"
  ui.hint(shown.told)
  vim.api.nvim_set_current_win(enter and opened or before)
  shown.close = function()
    if vim.api.nvim_win_is_valid(win) then
      vim.wo[win].winbar = old_bar
      if not was_diff then
        vim.api.nvim_win_call(win, vim.cmd.diffoff)
      end
      go_back()
    end
    if vim.api.nvim_win_is_valid(opened) then
      -- It may be the last one, which goes on with the text itself.
      vim.wo[opened].winbar = old_bar
      vim.api.nvim_win_call(opened, vim.cmd.diffoff)
    end
    ui.close(opened)
  end
  preview.stands_in(shown, opened)
end

return M
