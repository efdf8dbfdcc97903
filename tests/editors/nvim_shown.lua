-- Fixes that wait: which of them is shown and meant, and what the windows of ours do.

local cases, within = require("nvim_cases"), require("nvim_within")
local preview, ready = require("understudy.preview"), require("understudy.ready")

local case, equal = cases.case, cases.equal

local RESULT = { "result", 1, 11, 16, "result" }
local TWO = { "two", 3, 6, 8, "two" }

case("what is in front is meant, then the cursor's line, then what is in sight", function(folder)
  local chosen = require("understudy.chosen")
  local function meant()
    local found = chosen.current()
    return found and found.edit.editId
  end
  for _, form in ipairs({ "inline", "float", "split" }) do
    within.form(form)
    local cart = within.open(folder .. "/cart.py", RESULT, TWO)
    within.at(2)
    preview.show(ready.find("result"), false)
    equal(meant(), "result")
    within.at(4)
    equal(meant(), "two")
    within.at(1)
    equal(meant(), "result")
    if form ~= "inline" then
      within.at(4)
      chosen.open()
      equal(preview.shown().edit.editId, "two")
      equal(meant(), "two")
      vim.cmd.wincmd("p")
      preview.show(ready.find("result"), true)
      equal(meant(), "result")
      preview.focus()
      equal(meant(), "result")
      vim.cmd.tabnew()
      equal(meant(), nil)
      -- It is gone to, wherever it is.
      chosen.open()
      equal({ vim.api.nvim_get_current_win(), meant() }, { preview.shown().win, "result" })
      preview.close()
      vim.cmd("silent tabonly | silent only")
      vim.api.nvim_set_current_buf(cart)
      preview.show(ready.find("result"), false)
    end
    -- The text goes out of sight, and the inline preview with it.
    vim.cmd.new()
    vim.cmd(vim.fn.bufwinnr(cart) .. "close")
    within.open(folder .. "/other.py", { "theirs", 1, 11, 16, "result" })
    within.at(2)
    equal(meant(), "theirs")
    chosen.accept()
    equal(within.commands(), { { "understudy.take", { editId = "theirs" } } })
    preview.close()
    vim.cmd("silent only | silent %bwipeout!")
  end
end)

case(
  "on a line with several fixes, the one that is shown is meant, then the one that is drawn",
  function(folder)
    local bufnr = within.open(folder .. "/cart.py", RESULT, { "later", 1, 0, 0, "", 2 })
    within.at(2)
    equal(within.drawn(bufnr), { "result" })
    equal(require("understudy.chosen").current().edit.editId, "result")
    preview.show(ready.find("later"), false)
    equal(require("understudy.chosen").current().edit.editId, "later")
  end
)

case("a preview within the text is gone to where its text is in sight", function(folder)
  within.form("inline")
  local cart = within.open(folder .. "/cart.py", TWO)
  preview.show(ready.find("two"), false)
  vim.cmd.new(folder .. "/notes.txt")
  require("understudy.chosen").open()
  equal({ vim.api.nvim_get_current_buf(), vim.fn.line(".") }, { cart, 4 })
  vim.cmd("only | edit " .. folder .. "/notes.txt")
  require("understudy.chosen").open()
  equal(within.messages, { "Understudy: No fix waits here, but in `cart.py`." })
  equal(vim.fn.line("."), 1)
end)

case("with a preview in front, commands are about its text", function(folder)
  -- Beside the text, the cursors of both windows are on the same line.
  for form, line in pairs({ float = 1, split = 3 }) do
    within.form(form)
    local cart = within.open(folder .. "/cart.py", TWO)
    local uri = vim.uri_from_bufnr(cart)
    within.at(2)
    preview.show(ready.find("two"), true)
    assert(vim.api.nvim_get_current_buf() ~= cart)
    within.commands()
    vim.cmd("Understudy fix-file")
    vim.cmd("Understudy explain")
    local found = within.commands()
    equal(found[1], { "understudy.fixFile", { uri = uri } })
    equal({ found[2][1], found[2][2].uri }, { "understudy.explain", uri })
    equal(found[2][2].range.start.line, line)
    -- Lines that were chosen in a diff are no lines of the text.
    vim.cmd("1,2Understudy fix")
    equal(within.messages, { "Understudy: It does not run for this buffer: it is no file." })
    within.messages = {}
    preview.close()
  end
end)

case("no other text comes into a window with a bar and keys of ours", function(folder)
  local function refused()
    local buf = vim.api.nvim_get_current_buf()
    local done = pcall(vim.cmd.edit, folder .. "/other.py")
    return not done and vim.api.nvim_get_current_buf() == buf
  end
  for _, form in ipairs({ "float", "split" }) do
    within.form(form)
    local cart = within.open(folder .. "/cart.py", RESULT)
    preview.show(ready.find("result"), true)
    equal(refused(), true)
    vim.cmd.new()
    equal(refused(), false)
    vim.cmd.close({ bang = true })
    preview.focus()
    -- What is asked for there comes beside it.
    local report = require("understudy.report").show({ "words" }, "text")
    equal(vim.api.nvim_get_current_buf(), report)
    vim.cmd.close()
    preview.focus()
    vim.cmd("silent! only")
    preview.close()
    equal({ vim.api.nvim_get_current_buf(), refused() }, { cart, false })
  end
  local said = { runId = "RUN", state = "finished", text = "It sums.", note = "", model = "" }
  require("understudy.explain").show(within.client().id, said)
  vim.cmd.wincmd("b")
  equal(refused(), true)
  -- Without its text, the window is like any other.
  vim.cmd("silent only | bwipeout!")
  equal(refused(), false)
end)

case(
  "`c` in the view of runs cancels the run of the line, or the one that is shown",
  function(folder)
    for number, id in ipairs({ "1", "2" }) do
      local own = { runId = "R" .. id, job = "J" .. id, path = "cart.py", line = 2 }
      within.runs[number] = vim.tbl_extend("force", cases.RUN, own)
    end
    within.open(folder .. "/cart.py")
    local runs = require("understudy.runs")
    runs.open()
    local function until_shown(words)
      cases.wait(words, function()
        local shown = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n")
        return shown:find(words, 1, true)
      end)
    end
    local function cancelled(line)
      vim.api.nvim_win_set_cursor(0, { line, 0 })
      vim.cmd.normal("c")
      return within.commands()
    end
    within.answer = { cancelled = 0 }
    until_shown("cart.py:2")
    within.commands()
    equal(cancelled(2), { { "understudy.cancel", { runId = "J2" } } })
    cases.wait("a word", function()
      return vim.deep_equal(within.messages, { "Understudy: This run is not under way." })
    end)
    runs.open("R1")
    until_shown("# fix")
    within.commands()
    for line = 1, vim.api.nvim_buf_line_count(0) do
      equal(cancelled(line), { { "understudy.cancel", { runId = "J1" } } })
    end
    within.settled()
    within.messages, within.runs = {}, {}
    runs.open()
    until_shown("No runs yet")
    within.commands()
    equal(cancelled(1), {})
    assert(within.messages[1]:find("No run is on this line.", 1, true), within.messages[1])
    equal(pcall(vim.cmd.edit, folder .. "/other.py"), false)
    vim.cmd.close()
  end
)
