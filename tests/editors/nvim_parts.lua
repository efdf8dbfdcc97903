-- Parts of the plugin without a server: what they do with odd texts, versions and files.

local case, equal = require("nvim_cases").case, require("nvim_cases").equal
local edits = require("understudy.edits")
local text = require("understudy.text")

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

case("Neovim's own inline completion shows what only adds to a line behind the cursor", function()
  local ghost = require("understudy.ghost")
  for number, one in ipairs({
    { "def f()", "def f():", 7, true },
    { "def f()  # π", "def f():  # π", 7, true },
    { "return reslt", "return result", 7, true },
    -- It would stand before the cursor, ...
    { "return reslt", "return result", 12, false },
    { "def f()  # π", "def f():  # π", 12, false },
    -- ... or something of the line goes, or all of it stays,
    { "return countt", "return count", 0, false },
    { "return a", "return b", 0, false },
    { "a = b", "a = (b)", 0, false },
    { "", "", 0, false },
    -- ... or letters would be cut apart, or have no width.
    { "xé", "xèé", 0, false },
    { "a\tb", "ab\tb", 0, false },
    { "a\tb", "a\tbc", 0, true },
  }) do
    local before, after, column, fits = unpack(one)
    assert(ghost.fits(before, after, column) == fits, number)
  end
  local change = { line = 0, from = 7, to = 12, lines = { "result" } }
  equal(ghost.after("return reslt + 1", change), "return result + 1")
  change.lines = { "one", "two" }
  equal(ghost.after("return reslt", change), nil)
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

case("what an edit of several files leaves unwritten is named, each file of it", function(folder)
  local path, other, disk = folder .. "/a.txt", folder .. "/b.txt", folder .. "/c.txt"
  opened(path, { "one" })
  vim.fn.writefile({ "two" }, other)
  vim.fn.writefile({ "three" }, disk)
  local rename = {
    kind = "rename",
    oldUri = vim.uri_from_fname(disk),
    newUri = vim.uri_from_fname(folder .. "/d.txt"),
  }
  local one = { documentChanges = { replacing(path, nil, 0, "new") } }
  local files = { documentChanges = { rename } }
  local all = { documentChanges = { replacing(other, nil, 0, "new"), rename } }
  vim.list_extend(all.documentChanges, one.documentChanges)
  equal(edits.apply(vim.deepcopy(all), "utf-16"), nil)
  local told = "Not written yet: `a.txt`, `b.txt` (`:wa`). `u` is for one file alone."
  equal({ edits.unwritten(all), edits.unwritten(one), edits.unwritten(files) }, { told })
  vim.cmd("silent wall")
  equal(edits.unwritten(all), nil)
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
