-- A panel in which an explanation grows while it is written.

local client_of = require("understudy.client")
local ui = require("understudy.ui")

local M = {}

---@class understudy.Panel
---@field client_id integer
---@field run string
---@field buf integer
---@field win integer

---@type understudy.Panel?
local panel

---@return boolean
local function is_open()
  return panel ~= nil
    and vim.api.nvim_buf_is_valid(panel.buf)
    and vim.api.nvim_win_is_valid(panel.win)
end

---@param client_id integer
---@param run string
local function open(client_id, run)
  local buf = ui.scratch("markdown")
  local win = ui.reading(buf, false, math.floor(vim.o.lines / 3))
  vim.wo[win].conceallevel = 2
  ui.hold(win)
  panel = { client_id = client_id, run = run, buf = buf, win = win }
  ui.keys(buf, {
    ["<C-c>"] = {
      function()
        local client = vim.lsp.get_client_by_id(client_id)
        if client and panel then
          client_of.execute(client, "understudy.cancel", { runId = panel.run })
        end
      end,
      "cancel",
    },
  })
end

local SAID = {
  writing = "%s writes … (<C-c> cancels)",
  withdrawn = "%s did not finish",
  finished = "By %s",
  failed = "No explanation",
}

--- The text, and below it what it cost or what went wrong.
---@param explanation understudy.Explanation
---@return string[]
local function lines_of(explanation)
  local text, note = explanation.text, explanation.note
  local between = text ~= "" and note ~= "" and "\n\n---\n" or ""
  return vim.split(text .. between .. note, "\n")
end

--- Shows a picture of an explanation, in the place of the one before.
---@param client_id integer
---@param explanation understudy.Explanation
function M.show(client_id, explanation)
  local is_same = panel ~= nil and panel.run == explanation.runId
  if not is_open() then
    if explanation.state == "failed" or is_same and explanation.state ~= "finished" then
      -- The user closed it; the end is shown all the same. That nothing comes is a message.
      return
    end
    open(client_id, explanation.runId)
  end
  panel.run, panel.client_id = explanation.runId, client_id
  ui.fill(panel.buf, lines_of(explanation))
  local model = explanation.model ~= "" and explanation.model or "A model"
  local bar = SAID[explanation.state]:format(model)
  vim.wo[panel.win].winbar = (bar:gsub("%%", "%%%%"))
end

return M
