-- The configuration of a Neovim that is tried out: the plugin, and ears for what the user is shown.

local trial = { menus = {}, messages = {}, choose = {} }
_G.trial = trial

vim.opt.runtimepath:prepend(vim.env.NVIM_CLIENT)
-- One that was only unpacked does not find the parsers that it came with.
for _, folder in ipairs(vim.fn.glob(vim.env.VIMRUNTIME .. "/../../../lib/*/nvim", false, true)) do
  vim.opt.runtimepath:append(folder)
end
vim.o.swapfile = false
vim.o.laststatus = 2
vim.o.termguicolors = true
vim.o.statusline = " %f %=%{%v:lua.require'understudy'.status()%} "
vim.g.understudy = vim.json.decode(vim.env.NVIM_CONFIG or "{}")

--- Lists are answered by whoever drives the test: with the first entry that holds the word.
vim.ui.select = function(items, options, choose)
  local titles = {}
  for _, item in ipairs(items) do
    titles[#titles + 1] = (options.format_item or tostring)(item)
  end
  table.insert(trial.menus, { prompt = options.prompt, titles = titles })
  for number, title in ipairs(titles) do
    for _, word in ipairs(trial.choose) do
      if title:find(word, 1, true) then
        choose(items[number], number)
        return
      end
    end
  end
  choose(nil)
end

vim.notify = function(text)
  table.insert(trial.messages, text)
end

--- Whether a float or a split of ours is there, with everything that it shows.
function trial.window(filetype)
  for _, win in ipairs(vim.api.nvim_list_wins()) do
    local buf = vim.api.nvim_win_get_buf(win)
    if vim.bo[buf].filetype == filetype then
      return table.concat(vim.api.nvim_buf_get_lines(buf, 0, -1, false), "\n")
    end
  end
end

--- What is drawn within the text, without being there.
function trial.drawn(bufnr)
  local found = {}
  for name, id in pairs(vim.api.nvim_get_namespaces()) do
    if vim.startswith(name, "understudy.") then
      for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(bufnr, id, 0, -1, { details = true })) do
        for _, part in ipairs(mark[4].virt_text or {}) do
          table.insert(found, part[1])
        end
        for _, line in ipairs(mark[4].virt_lines or {}) do
          table.insert(found, vim.trim(line[1][1]))
        end
      end
    end
  end
  return found
end

--- Who is asked, as soon as the server has said it.
function trial.status()
  return require("understudy.status").of(1).model
end

function trial.text(bufnr)
  return table.concat(vim.api.nvim_buf_get_lines(bufnr, 0, -1, false), "\n") .. "\n"
end

--- Evaluates Lua, and gives JSON.
function trial.ask(code)
  local found = assert(loadstring("return " .. code))()
  return vim.json.encode(found)
end
