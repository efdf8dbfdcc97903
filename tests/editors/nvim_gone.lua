-- Fixes that are gone: with their file, with its name, or because the server says so.

local cases, within = require("nvim_cases"), require("nvim_within")
local preview, ready = require("understudy.preview"), require("understudy.ready")

local case, equal = cases.case, cases.equal
local RESULT = { "result", 1, 11, 16, "result" }

for how, command in pairs({
  ["read again"] = "edit!",
  ["closed and opened"] = "bdelete | edit %s",
  ["given another name"] = "file %s.py",
  ["saved under another name"] = "saveas %s.py",
}) do
  case(("of a file that is %s no fix is shown, drawn or taken"):format(how), function(folder)
    local path = folder .. "/cart.py"
    local uri = vim.uri_from_fname(path)
    local bufnr = within.open(path, RESULT)
    within.at(2)
    equal(within.drawn(bufnr), { "result" })
    preview.show(ready.find("result"), false)
    vim.cmd("silent " .. command:format(path))
    equal({ ready.of(uri), require("understudy").waiting() }, { {}, {} })
    within.settled()
    equal({ within.drawn(vim.api.nvim_get_current_buf()), preview.shown() }, { {} })
    vim.api.nvim_win_set_cursor(0, { 2, 0 })
    equal(require("understudy").accept_inline_or("<Tab>"), "<Tab>")
  end)
end

case("what was asked before a file was read again says nothing about it", function(folder)
  within.open(folder .. "/cart.py", RESULT)
  local is_answered = false
  ready.fetch(within.client().id, vim.uri_from_bufnr(0), function(edits)
    is_answered = #edits == 0
  end)
  vim.cmd("silent edit!")
  cases.wait("an answer", function()
    return is_answered
  end)
  equal(require("understudy").waiting(), {})
end)

case(
  "a buffer is served under its new name at once, and under its own where it is refused",
  function(folder)
    local function opened()
      return vim.tbl_map(
        function(one)
          return { one[1]:match("%w+$"), vim.fs.basename(one[2].textDocument.uri) }
        end,
        vim.tbl_filter(function(one)
          return one[1]:match("/did[OC]")
        end, within.told)
      )
    end
    within.open(folder .. "/other.py")
    within.open(folder .. "/cart.py")
    within.told = {}
    vim.cmd.file(folder .. "/moved.py")
    equal(opened(), { { "didClose", "cart.py" }, { "didOpen", "moved.py" } })
    equal(#vim.lsp.get_clients({ bufnr = 0, name = "understudy" }), 1)
    within.told = {}
    equal(pcall(vim.cmd.file, folder .. "/other.py"), false)
    within.settled()
    equal(opened(), { { "didClose", "moved.py" }, { "didOpen", "moved.py" } })
    within.told = {}
    vim.cmd("silent write")
    equal(opened(), {})
  end
)

case("an edit that the server refuses is asked for anew, and gone", function(folder)
  for name, run in pairs({
    accept = require("understudy.chosen").accept,
    inline = require("understudy.inline").accept,
    parts = function()
      vim.cmd("Understudy parts")
    end,
  }) do
    local bufnr = within.open(folder .. "/cart.py", RESULT)
    within.at(2)
    within.waiting, within.refusal = {}, "It is gone."
    within.messages = {}
    run()
    cases.wait(name, function()
      return #require("understudy").waiting(bufnr) == 0
    end)
    equal({ within.messages, within.drawn(bufnr) }, { { "Understudy: It is gone." }, {} })
  end
end)
