-- Tables that fit their window.

local M = {}

local GAP = "  "
local LEAST = 4

---@class understudy.Column
---@field from? "left" Where a cell that is too long is cut; else at its right end.
---@field yields? integer Which columns get narrower first: those with the highest number.
---@field least? integer How narrow it gets before others get narrower than is good for them.

---@param text string
---@return integer
local function width_of(text)
  return vim.fn.strdisplaywidth(text)
end

--- A text that is no wider than there is room for.
---@param text string
---@param room integer
---@param from "left"?
---@return string
function M.cut(text, room, from)
  if width_of(text) <= room then
    return text
  end
  local all = vim.fn.strchars(text)
  -- Nearly every character takes a column or two.
  local length = math.min(all, room)
  local found = text
  while length > 0 and width_of(found) > room do
    length = length - 1
    local start = from == "left" and all - length or 0
    local kept = vim.fn.strcharpart(text, start, length)
    found = from == "left" and "…" .. kept or kept .. "…"
  end
  return found
end

---@param rows string[][]
---@param count integer
---@return integer[]
local function widths_of(rows, count)
  local widths = {}
  for number = 1, count do
    widths[number] = 0
    for _, row in ipairs(rows) do
      widths[number] = math.max(widths[number], width_of(row[number]))
    end
  end
  return widths
end

---@param widths integer[]
---@return integer
local function sum(widths)
  local total = 0
  for _, width in ipairs(widths) do
    total = total + (width > 0 and width + #GAP or 0)
  end
  return total - #GAP
end

--- The columns that yield, the first of them first.
---@param columns understudy.Column[]
---@return integer[]
local function yielding(columns)
  local order = {}
  for number, column in ipairs(columns) do
    if column.yields then
      table.insert(order, number)
    end
  end
  table.sort(order, function(one, other)
    return columns[one].yields > columns[other].yields
  end)
  return order
end

--- Takes what is too much from the columns that yield: first what they can spare, then the rest.
---@param widths integer[]
---@param columns understudy.Column[]
---@param room integer
local function narrow(widths, columns, room)
  for _, is_good in ipairs({ true, false }) do
    for _, number in ipairs(yielding(columns)) do
      local least = is_good and columns[number].least or LEAST
      local too_much = math.max(sum(widths) - room, 0)
      widths[number] = math.max(widths[number] - too_much, math.min(widths[number], least))
    end
  end
end

--- One line for each row, none wider than there is room for; a column without a word takes none.
---@param rows string[][] Each has a cell for every column.
---@param columns understudy.Column[]
---@param room integer
---@return string[]
function M.fit(rows, columns, room)
  local widths = widths_of(rows, #columns)
  narrow(widths, columns, room)
  return vim.tbl_map(function(row)
    local cells = {}
    for number, column in ipairs(columns) do
      if widths[number] > 0 then
        local cell = M.cut(row[number], widths[number], column.from)
        table.insert(cells, cell .. (" "):rep(widths[number] - width_of(cell)))
      end
    end
    -- Where even the least is too much, the line is cut as a whole.
    return M.cut((table.concat(cells, GAP):gsub("%s+$", "")), room)
  end, rows)
end

return M
