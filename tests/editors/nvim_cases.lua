-- Cases that are played in one Neovim after the other: each in a folder of its own.

vim.opt.runtimepath:prepend(vim.env.NVIM_CLIENT)
vim.o.swapfile = false

local M = {}

local ran = 0

--- A row of the list of runs.
M.RUN = {
  startedMs = 0,
  task = "fix",
  path = "a/folder/with/a/long/name/and/others/cart.py",
  line = 1234,
  code = "basedpyright reportUndefinedVariable",
  model = "a_provider/a-model-with-a-long-name",
  status = "offered",
  reason = "",
  band = "confirm",
  score = 0.97,
  costUsd = 0.0123,
  seconds = 12.5,
  became = "",
  attempts = 3,
}

--- What every case of a file begins with.
M.before = function() end

--- Runs one case; a failure ends Neovim with its name.
---@param name string
---@param run fun(folder: string)
function M.case(name, run)
  local folder = vim.fn.tempname()
  vim.fn.mkdir(folder, "p")
  local done, failure = xpcall(function()
    M.before()
    run(folder)
  end, debug.traceback)
  ran = ran + 1
  if not done then
    io.stdout:write(("\n%s: %s\n"):format(name, failure))
    vim.cmd("cquit 1")
  end
end

function M.equal(found, wanted)
  assert(vim.deep_equal(found, wanted), vim.inspect(found) .. " is not " .. vim.inspect(wanted))
end

---@param what string
---@param arrived fun(): any
function M.wait(what, arrived)
  assert(vim.wait(5000, arrived, 5), "never came: " .. what)
end

--- Ends Neovim once all files are through.
function M.finish()
  io.stdout:write(("\n%d cases passed\n"):format(ran))
  vim.cmd("qall!")
end

return M
