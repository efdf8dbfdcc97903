-- Texts and lines: what a document will be, and which part of a line changes.

local M = {}

local NEWER = vim.fn.has("nvim-0.11") == 1
local diff = vim.text and vim.text.diff or vim.diff

--- A column in the units of a client, from one in bytes.
---@param line string
---@param byte integer
---@param encoding string
---@return integer
function M.to_units(line, byte, encoding)
  local column = math.min(byte, #line)
  if encoding == "utf-8" then
    return column
  end
  if NEWER then
    return vim.str_utfindex(line, encoding, column, false)
  end
  ---@diagnostic disable-next-line: param-type-mismatch, missing-parameter
  local utf32, utf16 = vim.str_utfindex(line, column)
  return encoding == "utf-32" and utf32 or utf16
end

--- A column in bytes, from one in the units of a client. One behind the end is the end.
---@param line string
---@param units integer
---@param encoding string
---@return integer
function M.to_bytes(line, units, encoding)
  if encoding == "utf-8" then
    return math.min(units, #line)
  end
  if NEWER then
    return vim.str_byteindex(line, encoding, units, false)
  end
  ---@diagnostic disable-next-line: param-type-mismatch
  local fits, byte = pcall(vim.str_byteindex, line, units, encoding == "utf-16")
  return fits and byte or #line
end

--- An LSP range from lines and columns in bytes, all from 0; the end is not part of it.
---@param bufnr integer
---@param from { [1]: integer, [2]: integer }
---@param to { [1]: integer, [2]: integer }
---@param encoding string
---@return lsp.Range
function M.range(bufnr, from, to, encoding)
  local function place(at)
    local line = vim.api.nvim_buf_get_lines(bufnr, at[1], at[1] + 1, false)[1] or ""
    return { line = at[1], character = M.to_units(line, at[2], encoding) }
  end
  return { start = place(from), ["end"] = place(to) }
end

--- The lines of a buffer with all changes made. They speak about the text as it is.
---@param bufnr integer
---@param changes lsp.TextEdit[]
---@param encoding string
---@return string[]
function M.after(bufnr, changes, encoding)
  local lines = vim.api.nvim_buf_get_lines(bufnr, 0, -1, false)
  local buf = vim.api.nvim_create_buf(false, true)
  -- Where the user has it otherwise for all buffers, as `nvim -M` does, it is so for this one, too.
  vim.bo[buf].modifiable = true
  vim.api.nvim_buf_set_lines(buf, 0, -1, false, lines)
  vim.lsp.util.apply_text_edits(vim.deepcopy(changes), buf, encoding)
  local found = vim.api.nvim_buf_get_lines(buf, 0, -1, false)
  vim.api.nvim_buf_delete(buf, { force = true })
  return found
end

---@class understudy.LineChange
---@field line integer From 0.
---@field from integer Where the part that goes begins, in bytes.
---@field to integer Where it ends.
---@field lines string[] What comes in its place.

--- The one line that a change is about; nothing where it is about several.
---@param bufnr integer
---@param changes lsp.TextEdit[]
---@param encoding string
---@return understudy.LineChange?
function M.line_change(bufnr, changes, encoding)
  local change = changes[1]
  if #changes ~= 1 or change.range.start.line ~= change.range["end"].line then
    return nil
  end
  local number = change.range.start.line
  local line = vim.api.nvim_buf_get_lines(bufnr, number, number + 1, false)[1]
  if not line then
    return nil
  end
  return {
    line = number,
    from = M.to_bytes(line, change.range.start.character, encoding),
    to = M.to_bytes(line, change.range["end"].character, encoding),
    lines = vim.split(change.newText, "\r?\n"),
  }
end

---@class understudy.Side
---@field name string
---@field before string[]
---@field after string[]

---@param text string?|vim.NIL
---@return string[]
local function lines_of(text)
  if type(text) ~= "string" then
    return {}
  end
  local lines = vim.split(text, "\r?\n")
  if lines[#lines] == "" then
    table.remove(lines)
  end
  return lines
end

--- What an edit does, document by document; the one that it waits for comes first.
---@param bufnr integer
---@param edit understudy.ReadyEdit
---@param encoding string
---@return understudy.Side[]
function M.sides(bufnr, edit, encoding)
  local found = {} ---@type understudy.Side[]
  if #edit.textEdits > 0 then
    table.insert(found, {
      name = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(bufnr), ":t"),
      before = vim.api.nvim_buf_get_lines(bufnr, 0, -1, false),
      after = M.after(bufnr, edit.textEdits, encoding),
    })
  end
  for _, file in ipairs(edit.files) do
    local to = type(file.newUri) == "string" and file.newUri or file.uri
    table.insert(found, {
      name = vim.fn.fnamemodify(vim.uri_to_fname(to), ":t"),
      before = lines_of(file.before),
      after = lines_of(file.after),
    })
  end
  return found
end

---@param lines string[]
---@return string
local function joined(lines)
  return #lines > 0 and table.concat(lines, "\n") .. "\n" or ""
end

--- A unified diff of one document, with its name above.
---@param side understudy.Side
---@return string[]
function M.unified(side)
  local found = diff(joined(side.before), joined(side.after), { ctxlen = 3 }) --[[@as string]]
  local lines = vim.split(vim.trim(found), "\n")
  table.insert(lines, 1, ("+++ b/%s"):format(side.name))
  table.insert(lines, 1, ("--- a/%s"):format(side.name))
  return lines
end

--- The parts that change: where, how many lines go, and what comes.
---@param side understudy.Side
---@return { first: integer, count: integer, lines: string[] }[]
function M.hunks(side)
  local found = {}
  local indices = diff(joined(side.before), joined(side.after), { result_type = "indices" })
  for _, hunk in
    ipairs(indices --[[@as integer[][] ]])
  do
    local start, count, new_start, new_count = unpack(hunk)
    table.insert(found, {
      -- Where nothing goes, diff names the line before.
      first = count == 0 and start or start - 1,
      count = count,
      lines = vim.list_slice(side.after, new_start, new_start + new_count - 1),
    })
  end
  return found
end

return M
