-- Lessons of failures: what is said of them, handed to others, and taken from others.

local client_of = require("understudy.client")
local ui = require("understudy.ui")

local M = {}

local EVIDENCE = { title = "Show the evidence of all lessons" }

--- The hash of the bytes that were shown last.
---@type string?
local shown

--- The members of a request; the buffer in front says which workspace is meant.
---@param more table<string, any>
---@return table<string, any>
local function about(more)
  local is_file = vim.bo.buftype == "" and vim.api.nvim_buf_get_name(0) ~= ""
  local here = is_file and { uri = vim.uri_from_bufnr(0) } or {}
  local found = vim.tbl_extend("error", here, more)
  return next(found) and found or vim.empty_dict()
end

---@param left_out understudy.LeftOut[]
local function tell_left_out(left_out)
  for _, one in ipairs(left_out) do
    ui.tell(("`%s` is left out: %s."):format(one.id, one.why))
  end
end

---@param lesson understudy.LessonRow
---@return string
local function entry(lesson)
  local words = lesson.words:gsub("%s+", " ")
  local runs = ("%d runs with it, %d without"):format(lesson.uses, lesson.held)
  return ("%-8s %s  (%s, %s)"):format(lesson.state, words, lesson.id, runs)
end

---@param lessons understudy.LessonRow[]
---@return integer
local function waiting(lessons)
  return #vim.tbl_filter(function(one)
    return one.state == "waiting"
  end, lessons)
end

---@param client vim.lsp.Client
---@param said table<string, string>
---@param done? fun()
local function say(client, said, done)
  client_of.request(client, "learning/review", about(said), function(found)
    ui.tell(found.told)
    if done then
      done()
    end
  end)
end

--- Asks what is said of a lesson, and says it.
---@param client vim.lsp.Client
---@param lesson understudy.LessonRow
---@param done fun()
local function ask(client, lesson, done)
  local choices = vim.list_extend(vim.deepcopy(lesson.choices), { EVIDENCE })
  ui.pick(choices, lesson.words:gsub("%s+", " "), function(choice)
    if not choice then
      return
    end
    if not choice.action then
      client_of.execute(client, "understudy.lessons", about({}))
      return
    end
    local said = { id = choice.id, action = choice.action }
    said.into = choice.into ~= "" and choice.into or nil
    if choice.action ~= "edit" then
      say(client, said, done)
      return
    end
    vim.ui.input({ prompt = "In which words? ", default = lesson.words }, function(words)
      said.words = vim.trim(words or "")
      if said.words ~= "" then
        say(client, said, done)
      end
    end)
  end, function(choice)
    return choice.title
  end)
end

--- Lets the user say something of one lesson after the other, as long as some wait for that.
---@param client vim.lsp.Client
---@param said? table<string, string> What was written behind the command: it is said at once.
function M.review(client, said)
  if said and said.id and said.action then
    say(client, said)
    return
  end
  client_of.request(client, "learning/list", about({}), function(found)
    local lessons = found.lessons ---@type understudy.LessonRow[]
    if #lessons == 0 then
      ui.tell("Nothing has been learned yet, and nothing waits for your review.")
      return
    end
    local waits = waiting(lessons)
    local title = ("Which lesson? %d of %d wait for your review"):format(waits, #lessons)
    ui.pick(lessons, title, function(lesson)
      if lesson then
        ask(client, lesson, function()
          if waits > 1 then
            M.review(client)
          end
        end)
      end
    end, entry)
  end)
end

--- Shows the exact bytes that others would get; with a file or a repository, hands over just these.
---@param client vim.lsp.Client
---@param said table<string, string> `file`, or `upstream` and `fork`
function M.contribute(client, said)
  local is_meant = said.file or said.upstream or said.fork
  if is_meant and not shown then
    ui.warn("Look at what others would get first: `:Understudy contribute-lessons`.")
    return
  end
  local asked = { upstream = said.upstream, fork = said.fork, hash = is_meant and shown or nil }
  client_of.request(client, "learning/contribute", about(asked), function(found)
    tell_left_out(found.leftOut)
    if not is_meant then
      -- The server opens the bytes by itself.
      shown = found.what == "shown" and found.hash or nil
    end
    ui.tell(found.told)
    if said.file then
      M.write(vim.fn.expand(said.file), found)
    end
  end)
end

--- Writes confirmed bytes as they are.
---@param path string
---@param contribution understudy.Contribution
function M.write(path, contribution)
  local file, why = io.open(path, "wb")
  if not file then
    ui.warn(("`%s` can't be written: %s"):format(path, why))
    return
  end
  file:write(contribution.payload)
  file:close()
  ui.tell(("The lessons were written to %s."):format(path))
end

--- Puts lessons of others into the queue; with `dry-run` behind the file, only shows what would change.
---@param client vim.lsp.Client
---@param said table<string, string> `path`, `tag`
function M.import(client, said)
  if not said.path then
    vim.ui.input({ prompt = "Lessons of others: ", completion = "file" }, function(path)
      if path and path ~= "" then
        M.import(client, { path = path, tag = said.tag })
      end
    end)
    return
  end
  local path, dry = said.path:gsub("%s+dry%-run$", "")
  local asked = { path = vim.fn.fnamemodify(vim.fn.expand(path), ":p"), tag = said.tag }
  asked.dryRun = dry > 0 or nil
  client_of.request(client, "learning/import", about(asked), function(found)
    tell_left_out(found.leftOut)
    ui.tell(found.told)
  end)
end

---@param source understudy.LessonSource
---@return string
local function of_source(source)
  local at = os.date("%Y-%m-%d %H:%M", math.floor(source.importedMs / 1000))
  return ("%s: %d lessons of %s, %s"):format(source.tag, source.lessons, source.file, at)
end

---@param client vim.lsp.Client
---@param source string
local function delete(client, source)
  client_of.request(client, "learning/revoke", { source = source }, function(found)
    ui.tell(found.told)
  end)
end

--- Deletes all lessons of a source: of the one that is named, or of the file that is picked.
---@param client vim.lsp.Client
---@param said table<string, string> `source`
function M.revoke(client, said)
  if said.source then
    delete(client, tostring(said.source))
    return
  end
  client_of.request(client, "learning/sources", vim.empty_dict(), function(found)
    if #found.sources == 0 then
      ui.tell("No lessons of others were imported.")
      return
    end
    ui.pick(found.sources, "Whose lessons are to go?", function(source)
      if source then
        delete(client, source.hash)
      end
    end, of_source)
  end)
end

return M
