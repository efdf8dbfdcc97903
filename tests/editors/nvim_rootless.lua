-- Opens files of no project, one of them twice, and tells how many servers that took.

local function wait(what, arrived)
  if not vim.wait(60000, arrived, 20) then
    io.stdout:write("\n" .. vim.json.encode({ failure = "never came: " .. what }) .. "\n")
    vim.cmd("cquit 1")
  end
end

local function served()
  wait("the server of " .. vim.api.nvim_buf_get_name(0), function()
    return #vim.lsp.get_clients({ bufnr = 0, name = "understudy" }) > 0
  end)
end

served()
for _, line in ipairs({ "edit", "edit other.py", "edit third.py", "edit" }) do
  vim.cmd(line)
  served()
end
local found = {
  clients = #vim.lsp.get_clients({ name = "understudy" }),
  here = #vim.lsp.get_clients({ bufnr = 0, name = "understudy" }),
  programs = #vim.api.nvim_get_proc_children(vim.fn.getpid()),
}
io.stdout:write("\n" .. vim.json.encode(found) .. "\n")
vim.cmd("qall!")
