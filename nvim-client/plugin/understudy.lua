-- What Neovim loads at its start: names only. All else is loaded when it is needed.

if vim.g.loaded_understudy then
  return
end
vim.g.loaded_understudy = true

if vim.fn.has("nvim-0.10") == 0 then
  vim.notify("Understudy needs Neovim 0.10 or newer.", vim.log.levels.WARN)
  return
end

vim.api.nvim_create_user_command("Understudy", function(given)
  require("understudy.commands").run(given)
end, {
  nargs = "*",
  range = true,
  desc = "Understudy: see :help :Understudy",
  complete = function(...)
    return require("understudy.commands").complete(...)
  end,
})

local keymaps = require("understudy.keymaps")
for name, one in pairs(keymaps.PLUGS) do
  vim.keymap.set(one.modes, name, one.run, { desc = "Understudy: " .. one.desc })
end
keymaps.apply()

require("understudy.client").follow_config()
