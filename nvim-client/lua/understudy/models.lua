-- The models that can be asked, as a list to read.

local M = {}

---@param price any
---@return string
local function dollars(price)
  return type(price) == "number" and ("$%.2f"):format(price) or "?"
end

---@param model table
---@return string
local function line(model)
  local price = model.costTier
  if price ~= "free" then
    price = ("%s (%s in, %s out per million)"):format(
      price,
      dollars(model.priceIn),
      dollars(model.priceOut)
    )
  end
  local paused = type(model.paused) == "string" and "  paused: " .. model.paused or ""
  return ("%-32s %s, %s%s"):format(model.id, model.locality, price, paused)
end

---@param models table[]
function M.show(models)
  require("understudy.report").show(vim.tbl_map(line, models), "understudy-models")
end

return M
