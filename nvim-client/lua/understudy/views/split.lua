-- A preview as a document beside the text, both in diff mode.

local text = require("understudy.text")
local ui = require("understudy.ui")

local M = {}

---@param shown understudy.Shown
---@param encoding string
---@param enter boolean
function M.open(shown, encoding, enter)
  local preview = require("understudy.preview")
  local win = vim.fn.bufwinid(shown.bufnr)
  local side = text.sides(shown.bufnr, shown.edit, encoding)[1]
  if win == -1 or not side then
    require("understudy.views.float").open(shown, encoding, enter)
    return
  end
  local before = vim.api.nvim_get_current_win()
  local buf = ui.scratch(vim.bo[shown.bufnr].filetype)
  ui.fill(buf, side.after)
  local keys = preview.keys()
  ui.keys(buf, keys)
  local was_diff = vim.wo[win].diff
  vim.api.nvim_set_current_win(win)
  vim.cmd("rightbelow vertical split")
  local opened = vim.api.nvim_get_current_win()
  vim.api.nvim_win_set_buf(opened, buf)
  vim.cmd.diffthis()
  vim.api.nvim_win_call(win, vim.cmd.diffthis)
  local title = shown.edit.title:gsub("^Understudy: ", "")
  -- A bar for both keeps the texts on the same height.
  local old_bar = vim.wo[win].winbar
  vim.wo[win].winbar = " " .. title:gsub("%%", "%%%%")
  vim.wo[opened].winbar = "%<" .. ui.told_keys(keys, preview.ORDER)
  ui.hint(shown.told)
  vim.api.nvim_set_current_win(enter and opened or before)
  shown.close = function()
    if vim.api.nvim_win_is_valid(win) then
      vim.wo[win].winbar = old_bar
      if not was_diff then
        vim.api.nvim_win_call(win, vim.cmd.diffoff)
      end
    end
    ui.close(opened)
  end
  preview.stands_in(shown, opened)
end

return M
