-- A preview within the text: what goes is marked, what comes stands below as virtual lines.

local text = require("understudy.text")
local ui = require("understudy.ui")

local M = {}

local namespace = vim.api.nvim_create_namespace("understudy.preview.inline")

---@param line string
---@return { [1]: string, [2]: string }[]
local function drawn(line)
  -- Blanks up to the edge, so that the colour is a bar like that of a real line.
  return { { line .. (" "):rep(math.max(vim.o.columns - #line, 0)), "UnderstudyAdd" } }
end

--- Goes to where a text begins to change, in a window that shows it.
---@param shown understudy.Shown
local function go_to(shown)
  local win = vim.fn.bufwinid(shown.bufnr)
  if vim.api.nvim_get_current_buf() ~= shown.bufnr and win ~= -1 then
    vim.api.nvim_set_current_win(win)
  end
  if vim.api.nvim_get_current_buf() == shown.bufnr then
    local first = require("understudy.preview").first_line(shown.edit)
    vim.api.nvim_win_set_cursor(0, { first, 0 })
  end
end

---@param shown understudy.Shown
---@param encoding string
---@param enter boolean
function M.open(shown, encoding, enter)
  local side = text.sides(shown.bufnr, shown.edit, encoding)[1]
  local bufnr = shown.bufnr
  shown.close = function()
    if vim.api.nvim_buf_is_valid(bufnr) then
      vim.api.nvim_buf_clear_namespace(bufnr, namespace, 0, -1)
    end
  end
  for _, hunk in ipairs(text.hunks(side)) do
    for line = hunk.first, hunk.first + hunk.count - 1 do
      vim.api.nvim_buf_set_extmark(bufnr, namespace, line, 0, {
        line_hl_group = "UnderstudyDelete",
      })
    end
    if #hunk.lines > 0 then
      local above = hunk.count == 0 and hunk.first == 0
      local at = above and 0 or hunk.first + math.max(hunk.count, 0) - 1
      vim.api.nvim_buf_set_extmark(bufnr, namespace, math.max(at, 0), 0, {
        virt_lines = vim.tbl_map(drawn, hunk.lines),
        virt_lines_above = above,
      })
    end
  end
  if enter then
    go_to(shown)
  end
  local title = shown.edit.title:gsub("^Understudy: ", "")
  ui.hint(title .. " — :Understudy accept, next, why, discard")
end

return M
