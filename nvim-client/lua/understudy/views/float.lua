-- A preview as a diff in a window above the text.

local text = require("understudy.text")
local ui = require("understudy.ui")

local M = {}

---@param told string
---@param width integer
---@return string[]
local function wrapped(told, width)
  local lines, line = {}, ""
  for word in told:gmatch("%S+") do
    if line ~= "" and vim.fn.strdisplaywidth(line .. " " .. word) > width then
      table.insert(lines, line)
      line = word
    else
      line = line == "" and word or line .. " " .. word
    end
  end
  if line ~= "" then
    table.insert(lines, line)
  end
  return lines
end

--- What a person reads: what was found out, where it is seen however long the diff below it is.
---@param shown understudy.Shown
---@param encoding string
---@return string[] lines
---@return integer # how many of them are above the diff
function M.lines(shown, encoding)
  local lines = wrapped(shown.told, math.min(math.floor(vim.o.columns * 0.8), 100))
  local told = #lines
  if told > 0 then
    table.insert(lines, "")
  end
  for _, side in ipairs(text.sides(shown.bufnr, shown.edit, encoding)) do
    vim.list_extend(lines, text.unified(side))
  end
  return lines, told
end

---@param shown understudy.Shown
---@param encoding string
---@param enter boolean
function M.open(shown, encoding, enter)
  local preview, chosen = require("understudy.preview"), require("understudy.chosen")
  local buf = ui.scratch("diff")
  local lines, told = M.lines(shown, encoding)
  ui.fill(buf, lines)
  local namespace = vim.api.nvim_create_namespace("understudy.preview")
  for number = 0, told - 1 do
    vim.api.nvim_buf_set_extmark(buf, namespace, number, 0, { line_hl_group = "UnderstudyTold" })
  end
  local keys = chosen.keys()
  ui.keys(buf, keys)
  local first = shown.edit.textEdits[1]
  local win = vim.fn.bufwinid(shown.bufnr)
  local below = nil
  if first and win ~= -1 then
    below = { win = win, line = first.range["end"].line }
  end
  local opened = ui.float(buf, {
    title = (shown.edit.title:gsub("^Understudy: ", "")),
    footer = ui.told_keys(keys, chosen.ORDER),
    enter = enter,
    below = below,
  })
  shown.close = function()
    ui.close(opened)
  end
  preview.stands_in(shown, opened)
end

return M
