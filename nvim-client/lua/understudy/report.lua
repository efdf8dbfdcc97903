-- Texts to be read, in a window of their own: reports of the server, lists, answers.

local ui = require("understudy.ui")

local M = {}

--- Shows a text; `q` closes it.
---@param lines string[]
---@param filetype string
---@return integer buffer
function M.show(lines, filetype)
  local buf = ui.scratch(filetype)
  ui.fill(buf, lines)
  ui.reading(buf, true, math.min(#lines, math.floor(vim.o.lines / 2)))
  return buf
end

local FILETYPES = { md = "markdown", diff = "diff" }

--- Shows a document that the server made; it goes with the server, so its text is kept here.
---@param path string
---@return boolean
function M.open(path)
  local read, lines = pcall(vim.fn.readfile, path)
  if not read then
    return false
  end
  local buf = M.show(lines, FILETYPES[path:match("%.(%w+)$")] or "text")
  pcall(vim.api.nvim_buf_set_name, buf, "understudy://" .. vim.fs.basename(path))
  return true
end

return M
