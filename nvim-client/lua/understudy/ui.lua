-- Messages, questions and windows.

local M = {}

local PREFIX = "Understudy: "

---@param text string
---@param level? integer
function M.tell(text, level)
  -- Plugins that show messages take the title; without one the text says who speaks.
  vim.notify(PREFIX .. text, level or vim.log.levels.INFO, { title = "Understudy" })
end

---@param text string
function M.warn(text)
  M.tell(text, vim.log.levels.WARN)
end

--- Says something in the command line that is not worth keeping, cut to what fits there.
---@param text string
function M.hint(text)
  if text == "" or not require("understudy.config").get().messages then
    return
  end
  local line = (PREFIX .. text):gsub("%s+", " ")
  local room = math.max(vim.v.echospace, 20)
  if vim.fn.strdisplaywidth(line) > room then
    line = vim.fn.strcharpart(line, 0, room - 1) .. "…"
  end
  vim.api.nvim_echo({ { line } }, false, {})
end

---@generic T
---@param items T[]
---@param prompt string
---@param chosen fun(item: T?)
---@param format? fun(item: T): string
function M.pick(items, prompt, chosen, format)
  vim.ui.select(items, { prompt = prompt, format_item = format, kind = "understudy" }, chosen)
end

--- A buffer that is no file.
---@param filetype string
---@return integer
function M.scratch(filetype)
  local buf = vim.api.nvim_create_buf(false, true)
  vim.bo[buf].bufhidden = "wipe"
  vim.bo[buf].swapfile = false
  vim.bo[buf].modifiable = false
  -- What comes with a filetype may fail, for one where a parser is missing; the text is worth more.
  vim.api.nvim_buf_call(buf, function()
    vim.cmd(("silent! setlocal filetype=%s"):format(filetype))
  end)
  return buf
end

--- Writes into a buffer of ours.
---@param buf integer
---@param lines string[]
function M.fill(buf, lines)
  vim.bo[buf].modifiable = true
  vim.api.nvim_buf_set_lines(buf, 0, -1, false, lines)
  vim.bo[buf].modifiable = false
  vim.bo[buf].modified = false
end

--- Keys of a window of ours.
---@param buf integer
---@param keys table<string, { [1]: fun(), [2]: string }>
function M.keys(buf, keys)
  for key, one in pairs(keys) do
    vim.keymap.set("n", key, one[1], { buffer = buf, nowait = true, desc = one[2] })
  end
end

--- A line that tells the keys: `ga accept  gx discard`.
---@param keys table<string, { [1]: fun(), [2]: string }>
---@param order string[]
---@return string
function M.told_keys(keys, order)
  local told = {}
  for _, key in ipairs(order) do
    table.insert(told, ("%s %s"):format(key, keys[key][2]))
  end
  return (" %s "):format(table.concat(told, "  "))
end

---@class understudy.FloatOptions
---@field title string
---@field footer? string
---@field enter boolean
---@field below? { win: integer, line: integer } A line that it is not to cover.

---@param lines string[]
---@return integer width
---@return integer height
local function size(lines)
  local width = 40
  for _, line in ipairs(lines) do
    width = math.max(width, vim.fn.strdisplaywidth(line))
  end
  local most = math.max(math.floor(vim.o.columns * 0.9), 20)
  local high = math.max(math.floor(vim.o.lines * 0.7), 3)
  return math.min(width + 1, most), math.min(#lines, high)
end

--- Where a window of some size goes so that it leaves a line free.
---@param below { win: integer, line: integer }
---@param height integer
---@return vim.api.keyset.win_config
local function beside(below, height)
  local at = vim.fn.screenpos(below.win, below.line + 1, 1)
  local room = vim.o.lines - vim.o.cmdheight - at.row - 3
  local above = at.row > 0 and height > room and at.row - 3 > room
  return {
    relative = "win",
    win = below.win,
    bufpos = { below.line, 0 },
    anchor = above and "SW" or "NW",
    row = above and 0 or 1,
    col = 0,
  }
end

--- A window above the others.
---@param buf integer
---@param options understudy.FloatOptions
---@return integer window
function M.float(buf, options)
  local width, height = size(vim.api.nvim_buf_get_lines(buf, 0, -1, false))
  width = math.max(width, vim.fn.strdisplaywidth(options.footer or "") + 2)
  width = math.min(width, vim.o.columns - 4)
  local centre = {
    relative = "editor",
    row = math.max(math.floor((vim.o.lines - height) / 2) - 1, 0),
    col = math.max(math.floor((vim.o.columns - width) / 2), 0),
  }
  local place = options.below and beside(options.below, height) or centre
  local title = vim.fn.strcharpart(options.title, 0, width - 4)
  local win = vim.api.nvim_open_win(
    buf,
    options.enter,
    vim.tbl_extend("error", place, {
      width = width,
      height = math.max(height, 1),
      border = "rounded",
      style = "minimal",
      title = (" %s "):format(title),
      footer = options.footer,
      footer_pos = options.footer and "right" or nil,
    })
  )
  vim.wo[win].wrap = false
  vim.wo[win].cursorline = false
  return win
end

--- A window of its own at the bottom, with a buffer of ours.
---@param buf integer
---@param enter boolean
---@param height integer
---@return integer window
function M.split(buf, enter, height)
  local before = vim.api.nvim_get_current_win()
  vim.cmd(("keepalt botright %dsplit"):format(math.max(height, 1)))
  local win = vim.api.nvim_get_current_win()
  vim.api.nvim_win_set_buf(win, buf)
  vim.wo[win].number = false
  vim.wo[win].relativenumber = false
  vim.wo[win].signcolumn = "no"
  if not enter then
    vim.api.nvim_set_current_win(before)
  end
  return win
end

--- A window of its own at the bottom for words, which are wrapped; `q` closes it.
---@param buf integer
---@param enter boolean
---@param height integer
---@return integer window
function M.reading(buf, enter, height)
  local win = M.split(buf, enter, height)
  vim.wo[win].wrap = true
  vim.wo[win].linebreak = true
  M.keys(buf, {
    q = {
      function()
        M.close(win)
      end,
      "close",
    },
  })
  return win
end

--- Keeps other texts out of a window with a bar or keys of ours, while ours is there.
---@param win integer
function M.hold(win)
  vim.wo[win].winfixbuf = true
  vim.api.nvim_create_autocmd("BufWipeout", {
    buffer = vim.api.nvim_win_get_buf(win),
    once = true,
    callback = function()
      if vim.api.nvim_win_is_valid(win) then
        vim.wo[win].winfixbuf = false
      end
    end,
  })
end

--- Closes a window; the last one can't be closed, so it shows what it showed before.
---@param win integer?
function M.close(win)
  if not win or not vim.api.nvim_win_is_valid(win) or pcall(vim.api.nvim_win_close, win, true) then
    return
  end
  vim.wo[win].winfixbuf = false
  vim.api.nvim_win_call(win, function()
    local before = vim.fn.bufnr("#")
    vim.cmd(before > 0 and ("buffer %d"):format(before) or "enew")
  end)
end

return M
