-- What the user wrote behind a subcommand: read, and what means nothing there told.

local M = {}

--- The member of an argument that words without a name fill.
local FREE = {
  edit = "instruction",
  refactor = "kind",
  tests = "kind",
  cancel = "runId",
  ["show-run"] = "runId",
  ["show-prompt"] = "runId",
  ["classify-failure"] = "category",
  ["remember-run"] = "words",
  ["contribute-lessons"] = "file",
  ["import-lessons"] = "path",
  ["revoke-lessons"] = "source",
}

--- Where words without a name are a sentence, which may hold anything: the members that still count.
local PROSE = {
  edit = { model = true },
  ["remember-run"] = { runId = true },
}

--- Members that are looked up in the editor.
local SEEN = { uri = true, range = true, diagnostics = true }

---@param name string
---@param word string
---@return string? member
---@return string? value
local function named(name, word)
  local member, value = word:match("^(%a+)=(.+)$")
  if member and (not PROSE[name] or PROSE[name][member]) then
    return member, value
  end
end

--- What may be said with a name, as a sentence.
---@param members table<string, true>
---@return string
local function told(members)
  local names = {}
  for member in pairs(members) do
    if not SEEN[member] then
      table.insert(names, ("`%s=`"):format(member))
    end
  end
  table.sort(names)
  return #names > 0 and ("It knows %s."):format(table.concat(names, ", ")) or "It takes no words."
end

---@param name string
---@param odd string[]
---@param instead string
---@return string?
local function complaint(name, odd, instead)
  if #odd > 0 then
    local words = table.concat(odd, " ")
    return ("`:Understudy %s` does not know `%s`. %s"):format(name, words, instead)
  end
end

--- Reads `model=…` and the like, and the rest.
---@param name string
---@param members table<string, true>
---@param words string[]
---@return table<string, any>
---@return string? # what is said of words that mean nothing to the command
function M.read(name, members, words)
  local found, rest, odd = {}, {}, {}
  for _, word in ipairs(words) do
    local member, value = named(name, word)
    if not member then
      table.insert(rest, word)
    elseif members[member] then
      found[member] = tonumber(value) or value
    else
      table.insert(odd, word)
    end
  end
  if FREE[name] and #rest > 0 then
    found[FREE[name]] = table.concat(rest, " ")
  else
    vim.list_extend(odd, rest)
  end
  return found, complaint(name, odd, told(members))
end

--- What is said of words that mean nothing to a command that takes none with a name.
---@param name string
---@param takes understudy.Takes
---@param words string[]
---@return string?
function M.too_many(name, takes, words)
  return complaint(name, vim.list_slice(words, takes.count(words) + 1), takes.told)
end

return M
