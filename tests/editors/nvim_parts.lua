-- Parts of the plugin without a server: what they do with odd texts, versions and files.

vim.opt.runtimepath:prepend(vim.env.NVIM_CLIENT)
local edits = require("understudy.edits")
local text = require("understudy.text")

local ran = 0

--- Runs one case in a folder of its own; a failure ends Neovim with its name.
local function case(name, run)
  local folder = vim.fn.tempname()
  vim.fn.mkdir(folder, "p")
  local done, failure = pcall(run, folder)
  ran = ran + 1
  if not done then
    io.stdout:write(("\n%s: %s\n"):format(name, failure))
    vim.cmd("cquit 1")
  end
end

local function equal(found, wanted)
  assert(vim.deep_equal(found, wanted), vim.inspect(found) .. " is not " .. vim.inspect(wanted))
end

local function opened(path, lines)
  vim.fn.writefile(lines, path)
  vim.cmd.edit(vim.fn.fnameescape(path))
  return vim.api.nvim_get_current_buf()
end

local function replacing(path, version, line, new)
  return {
    textDocument = { uri = vim.uri_from_fname(path), version = version or vim.NIL },
    edits = {
      {
        range = {
          start = { line = line, character = 0 },
          ["end"] = { line = line, character = 3 },
        },
        newText = new,
      },
    },
  }
end

case("columns are those of each encoding, also behind wide letters", function()
  local line = "π😀e\u{301}x"
  for encoding, units in pairs({ ["utf-8"] = 9, ["utf-16"] = 5, ["utf-32"] = 4 }) do
    equal(text.to_units(line, 9, encoding), units)
    equal(text.to_bytes(line, units, encoding), 9)
    equal(text.to_bytes(line, 99, encoding), #line)
  end
end)

case("a document after an edit has all its changes, and the buffer has none", function(folder)
  local bufnr = opened(folder .. "/a.txt", { "one", "two", "three" })
  local first, last = replacing("x", nil, 0, "eins").edits[1], replacing("x", nil, 2, "").edits[1]
  equal(text.after(bufnr, { first, last }, "utf-16"), { "eins", "two", "ee" })
  equal(vim.api.nvim_buf_get_lines(bufnr, 0, -1, false), { "one", "two", "three" })
end)

case("a document after an edit is known where nothing may be modified", function(folder)
  local bufnr = opened(folder .. "/a.txt", { "one" })
  vim.go.modifiable = false
  local done, found = pcall(text.after, bufnr, { replacing("x", nil, 0, "eins").edits[1] }, "utf-8")
  vim.go.modifiable = true
  assert(done, found)
  equal(found, { "eins" })
end)

case("hunks name the place of lines that only come", function()
  local side = { name = "a", before = { "one", "two" }, after = { "zero", "one", "two", "three" } }
  equal(text.hunks(side), {
    { first = 0, count = 0, lines = { "zero" } },
    { first = 2, count = 0, lines = { "three" } },
  })
end)

case("an edit for another version is refused, and nothing changes", function(folder)
  local path = folder .. "/a.txt"
  local bufnr = opened(path, { "one" })
  vim.lsp.util.buf_versions[bufnr] = 7
  local why = edits.apply({ documentChanges = { replacing(path, 6, 0, "new") } }, "utf-16")
  assert(why and why:find("has changed in the meantime"), why)
  equal(vim.api.nvim_buf_get_lines(bufnr, 0, -1, false), { "one" })
  equal(edits.apply({ documentChanges = { replacing(path, 7, 0, "new") } }, "utf-16"), nil)
  equal(vim.api.nvim_buf_get_lines(bufnr, 0, -1, false), { "new" })
end)

case("files and texts change together", function(folder)
  local path, made = folder .. "/a.txt", folder .. "/made.txt"
  local bufnr = opened(path, { "one" })
  local create = { kind = "create", uri = vim.uri_from_fname(made) }
  local changes = { replacing(path, nil, 0, "new"), create, replacing(made, nil, 0, "text\n") }
  equal(edits.apply({ documentChanges = changes }, "utf-16"), nil)
  equal(vim.api.nvim_buf_get_lines(bufnr, 0, -1, false), { "new" })
  equal(vim.api.nvim_buf_get_lines(vim.uri_to_bufnr(create.uri), 0, 1, false), { "text" })
end)

case("what fails half way is taken back", function(folder)
  local path, other, made = folder .. "/a.txt", folder .. "/b.txt", folder .. "/made.txt"
  local first, second = opened(path, { "one" }), opened(other, { "two" })
  local create = { kind = "create", uri = vim.uri_from_fname(made) }
  vim.bo[second].modifiable = true
  local broken = replacing(other, nil, 0, "new")
  broken.edits[1].range = "nowhere"
  local changes = { replacing(path, nil, 0, "new"), create, broken }
  assert(edits.apply({ documentChanges = changes }, "utf-16"))
  equal(vim.api.nvim_buf_get_lines(first, 0, -1, false), { "one" })
  equal(vim.uv.fs_stat(made), nil)
end)

case("a place that is taken is found out before anything changes", function(folder)
  local path, other = folder .. "/a.txt", folder .. "/b.txt"
  local bufnr = opened(path, { "one" })
  vim.fn.writefile({ "there" }, other)
  local rename = {
    kind = "rename",
    oldUri = vim.uri_from_fname(path),
    newUri = vim.uri_from_fname(other),
  }
  local why =
    edits.apply({ documentChanges = { replacing(path, nil, 0, "new"), rename } }, "utf-16")
  assert(why and why:find("is there already"), why)
  equal(vim.api.nvim_buf_get_lines(bufnr, 0, -1, false), { "one" })
  equal(vim.fn.readfile(other), { "there" })
end)

case("what is to be agreed to is named", function()
  local note = { label = "Risky", needsConfirmation = true }
  equal(edits.to_confirm({ changeAnnotations = { a = note } }), note)
  equal(edits.to_confirm({ changeAnnotations = { a = { label = "Safe" } } }), nil)
  equal(edits.to_confirm({}), nil)
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
  local bufnr = opened(folder .. "/a.txt", { "one" })
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
  local run = {
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

io.stdout:write(("\n%d cases passed\n"):format(ran))
vim.cmd("qall!")
