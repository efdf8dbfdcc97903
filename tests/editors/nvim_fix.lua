-- Fixes line 3 of the open file as a user does, and prints what the user was shown, as JSON.
-- With FOREIGN=1, another server has reported the problem, and its diagnostic is handed over.

local shown = { menus = {}, questions = {} }

local function finish(failure)
  shown.failure = failure
  shown.version = vim.version().minor
  io.stdout:write("\n" .. vim.json.encode(shown) .. "\n")
  vim.cmd(failure and "cquit 1" or "qall!")
end

local function wait(what, arrived)
  if not vim.wait(30000, arrived, 20) then
    finish("never came: " .. what)
  end
end

vim.ui.select = function(items, options, choose)
  local titles = {}
  for _, item in ipairs(items) do
    table.insert(titles, item.title or item.action.title)
  end
  local list = items[1].action and shown.menus or shown.questions
  table.insert(list, { prompt = options.prompt, titles = titles })
  choose(items[1], 1)
end
vim.fn.confirm = function(text)
  table.insert(shown.questions, { prompt = text, titles = { "Yes", "No" } })
  return 1
end

wait("the server", function()
  local client = vim.lsp.get_clients({ bufnr = 0, name = "understudy" })[1]
  return client ~= nil and client.initialized
end)
vim.api.nvim_win_set_cursor(0, { 3, 12 })
if os.getenv("FOREIGN") then
  local from = vim.api.nvim_create_namespace("another server")
  local place = { lnum = 2, col = 11, end_lnum = 2, end_col = 16 }
  local found = vim.tbl_extend("error", place, {
    message = '"reslt" is not defined',
    source = "Pyright",
    code = "reportUndefinedVariable",
  })
  vim.diagnostic.set(from, 0, { found })
end
if os.getenv("FOREIGN") then
  vim.fn.maparg("<leader>f", "n", false, true).callback()
else
  vim.lsp.buf.code_action()
end
wait("the edit", function()
  return vim.api.nvim_buf_get_lines(0, 2, 3, true)[1] == "    return result"
end)
vim.cmd("silent write")
finish(nil)
