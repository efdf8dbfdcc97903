-- Parts of the plugin without a server: what they say, and what they make of what the user says.

local cases = require("nvim_cases")

local case, equal = cases.case, cases.equal

case("what is to be known later is told with the end of what is under way, and kept", function()
  local status = require("understudy.status")
  local notify, messages = vim.notify, {}
  vim.notify = function(message)
    table.insert(messages, message)
  end
  local latest = status.LATEST_MS
  status.add("Not written.")
  status.note("run", { kind = "begin", title = "Taking" })
  equal(messages, {})
  for _ = 1, 2 do
    status.note("run", { kind = "end", message = "✓ Edit: 2 files changed" })
  end
  status.LATEST_MS = 0
  status.add("No end comes.")
  vim.wait(5000, function()
    return #messages == 2
  end, 5)
  vim.notify, status.LATEST_MS = notify, latest
  equal(messages, {
    "Understudy: ✓ Edit: 2 files changed. Not written.",
    "Understudy: No end comes.",
  })
end)

case("every subcommand has a place in the help", function()
  local help = table.concat(vim.fn.readfile(vim.env.NVIM_CLIENT .. "/doc/understudy.txt"), "\n")
  for name in pairs(require("understudy.commands").SUBCOMMANDS) do
    assert(help:find(("*:Understudy-%s*"):format(name), 1, true), name)
  end
  for name in pairs(require("understudy.keymaps").PLUGS) do
    local short = name:match("%-(.+)%)$")
    assert(help:find("  " .. short .. "\n", 1, true), short)
  end
  vim.cmd.helptags(vim.fn.fnameescape(vim.env.NVIM_HELP))
end)

case(
  "words that mean nothing to a command are told, with what there is, and nothing is done",
  function()
    local commands = require("understudy.commands")
    local messages = {}
    local notify = vim.notify
    vim.notify = function(message)
      messages[#messages + 1] = message
    end
    for said, what in pairs({
      ["preview foo"] = "`foo`. It takes no words.",
      ["accept foo bar"] = "`foo bar`. It takes no words.",
      ["stop now"] = "`now`. It takes no words.",
      ["menu foo"] = "`foo`. It takes no words.",
      ["next acme/one acme/two"] = "`acme/two`. It takes the id of a model, or no word.",
      ["runs one two"] = "`two`. It takes the id of a run, or no word.",
      ["trust foo"] = "`foo`. It takes `revoke`, or no word.",
      ["trust revoke foo"] = "`foo`. It takes `revoke`, or no word.",
      ["consent acme other"] = "`other`. It takes a provider, or `revoke` and perhaps one.",
      ["review-lesson foo"] = "`foo`. It knows `action=`, `id=`, `into=`, `words=`.",
      ["import-lessons a.json days=3"] = "`days=3`. It knows `path=`, `tag=`.",
      ["doctor foo"] = "`foo`. It takes no words.",
      ["discard foo"] = "`foo`. It takes no words.",
      ["explain fast"] = "`fast`. It knows `model=`.",
    }) do
      messages = {}
      local words = vim.split(said, " ")
      commands.run({ fargs = words, range = 0 })
      equal(messages, { ("Understudy: `:Understudy %s` does not know %s"):format(words[1], what) })
    end
    vim.notify = notify
  end
)

case("the last window goes on with what it showed before", function(folder)
  local ui = require("understudy.ui")
  vim.cmd.edit(vim.fn.fnameescape(folder .. "/a.txt"))
  local bufnr = vim.api.nvim_get_current_buf()
  local win = vim.api.nvim_get_current_win()
  vim.api.nvim_win_set_buf(win, ui.scratch("text"))
  ui.close(win)
  equal(vim.api.nvim_win_get_buf(win), bufnr)
end)

case("every setting of the plugin is in the help, and others are told", function()
  local config = require("understudy.config")
  local help = table.concat(vim.fn.readfile(vim.env.NVIM_CLIENT .. "/doc/understudy.txt"), "\n")
  for name in pairs(config.merged({ server = "x", filetypes = {} })) do
    assert(help:find(("      %s = "):format(name), 1, true), name)
  end
  equal(config.complaints({ prewiew = "float", inline = "tab" }), {
    '`inline` must be one of true, false, "native".',
    "`prewiew` is no setting of Understudy's plugin.",
  })
end)

case("a setting that can't be what it is counts for nothing, and is told", function()
  local config = require("understudy.config")
  local wrong = {
    server = {},
    filetypes = { 5 },
    root_markers = { "" },
    settings = "all",
    keymaps = { fix = 1, runs = "", nope = "<F5>", why = "<F6>", next = false },
  }
  equal(config.complaints(wrong), {
    "`filetypes` must be a list of file types.",
    "`keymaps.fix` must be a key or false.",
    "`keymaps.runs` must be a key or false.",
    "`keymaps` has no `nope`.",
    "`root_markers` must be a list of file names.",
    "`server` must be the name of a program, or a list of it and its arguments.",
    "`settings` must be a table.",
  })
  local defaults = config.merged({})
  local counts = config.merged(wrong)
  equal(counts.keymaps, { why = "<F6>", next = false })
  counts.keymaps = false
  equal(counts, defaults)
  for _, given in ipairs({ true, "x", 1 }) do
    equal(config.complaints(given), {
      "The configuration of Understudy's plugin must be a table.",
    })
    equal(config.merged(given), defaults)
  end
end)

case("a program of the project does not count as one of `PATH`", function(folder)
  local server = require("understudy.server")
  assert(server.lies_in(folder .. "/bin/understudy", folder))
  assert(not server.lies_in(folder .. "-2/bin/understudy", folder))
  assert(not server.lies_in("/usr/bin/understudy", nil))
end)

case("a table is as wide as its window at most, and yields in its order", function()
  local fit = require("understudy.columns").fit
  local columns = { {}, { yields = 2, from = "left" }, { yields = 1 }, {} }
  local rows =
    { { "ok", "a/long/path.py:3", "model", "" }, { "bad", "π😀.py", "other/model", "" } }
  equal(fit(rows, columns, 80), {
    "ok   a/long/path.py:3  model",
    "bad  π😀.py            other/model",
  })
  equal(fit(rows, columns, 26), { "ok   …th.py:3  model", "bad  π😀.py    other/model" })
  for room = 1, 40 do
    for _, line in ipairs(fit(rows, columns, room)) do
      assert(vim.fn.strdisplaywidth(line) <= room, ("%d: %s"):format(room, line))
    end
  end
  equal(fit({}, columns, 10), {})
end)

case("a run says first what became of it, and all of it fits", function()
  local run = cases.RUN
  local rows = require("understudy.run_text").rows
  local failed = vim.tbl_extend("force", run, { status = "failed", reason = "rate_limited" })
  local kept = vim.tbl_extend("force", run, { became = "kept" })
  local lines = rows({ run, failed, kept }, 93)
  for number, words in ipairs({ "offered     ", "failed, rat…", "kept        " }) do
    equal(vim.fn.strcharpart(lines[number], 8, 14), "  " .. words)
    assert(vim.fn.strdisplaywidth(lines[number]) <= 93, lines[number])
    for _, part in ipairs({ "confirm 0.97", "$0.0123", "12.50 s", "py:1234", "ng-name  ×3" }) do
      assert(lines[number]:find(part, 1, true), lines[number])
    end
  end
  local usual = { path = "cart.py", line = 5, code = "ruff F821", model = "acme/two", attempts = 1 }
  local line = rows({ vim.tbl_extend("force", run, usual, { costUsd = 0, seconds = 0.3 }) }, 93)[1]
  equal(line:sub(9), "  offered  confirm 0.97  free  0.30 s  fix  cart.py:5  ruff F821  acme/two")
end)
