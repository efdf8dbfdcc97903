-- Edits of the server: all of an edit or nothing of it, and only of what it was made for.

local M = {}

---@param change table
---@return boolean
local function is_text(change)
  return change.kind == nil
end

---@param uri string
---@return boolean
local function exists(uri)
  return vim.uv.fs_stat(vim.uri_to_fname(uri)) ~= nil
end

--- The note of an edit that the user must agree to.
---@param edit lsp.WorkspaceEdit
---@return lsp.ChangeAnnotation?
function M.to_confirm(edit)
  for _, note in pairs(edit.changeAnnotations or {}) do
    if note.needsConfirmation then
      return note
    end
  end
end

--- Why the text of a document is not what an edit was made for.
---@param document lsp.OptionalVersionedTextDocumentIdentifier
---@return string?
local function not_this_text(document)
  local bufnr = vim.uri_to_bufnr(document.uri)
  local name = vim.fs.basename(vim.uri_to_fname(document.uri))
  if vim.api.nvim_buf_is_loaded(bufnr) and not vim.bo[bufnr].modifiable then
    return ("`%s` can't be modified"):format(name)
  end
  local version = document.version
  local known = vim.lsp.util.buf_versions[bufnr]
  if version and version ~= vim.NIL and known and known > 0 and known ~= version then
    return ("`%s` has changed in the meantime"):format(name)
  end
end

--- Why something can't be made at a place: it is taken.
---@param place string?
---@param options table
---@return string?
local function taken(place, options)
  if place and exists(place) and not (options.overwrite or options.ignoreIfExists) then
    return ("`%s` is there already"):format(vim.uri_to_fname(place))
  end
end

--- Why something can't be moved or deleted: it is not there.
---@param source string?
---@param options table
---@return string?
local function lost(source, options)
  if source and not exists(source) and not options.ignoreIfNotExists then
    return ("`%s` is not there any more"):format(vim.uri_to_fname(source))
  end
end

--- Why a change can't be made.
---@param change table
---@return string?
local function obstacle(change)
  local options = change.options or {}
  if change.kind == "create" then
    return taken(change.uri, options)
  elseif change.kind == "delete" then
    return lost(change.uri, options)
  elseif change.kind == "rename" then
    return taken(change.newUri, options) or lost(change.oldUri, options)
  end
  return not_this_text(change.textDocument)
end

--- What takes a change back that was made.
---@param change table
---@return fun()
local function way_back(change)
  if change.kind == "create" then
    local was_there = exists(change.uri)
    return function()
      if not was_there then
        vim.uv.fs_unlink(vim.uri_to_fname(change.uri))
      end
    end
  elseif change.kind == "rename" then
    return function()
      vim.lsp.util.rename(vim.uri_to_fname(change.newUri), vim.uri_to_fname(change.oldUri))
    end
  elseif change.kind == "delete" then
    local path = vim.uri_to_fname(change.uri)
    local read, bytes = pcall(vim.fn.readblob, path)
    return function()
      if read then
        vim.fn.writefile(bytes, path)
      end
    end
  end
  local bufnr = vim.uri_to_bufnr(change.textDocument.uri)
  vim.fn.bufload(bufnr)
  local lines = vim.api.nvim_buf_get_lines(bufnr, 0, -1, false)
  return function()
    vim.api.nvim_buf_set_lines(bufnr, 0, -1, false, lines)
  end
end

--- Makes all changes of an edit; when one fails, those before it are taken back.
---@param edit lsp.WorkspaceEdit
---@param encoding string
---@return string? why nothing was changed
function M.apply(edit, encoding)
  local changes = edit.documentChanges
  if not changes then
    local done, failure = pcall(vim.lsp.util.apply_workspace_edit, edit, encoding)
    return not done and tostring(failure) or nil
  end
  for _, change in ipairs(changes) do
    local why = obstacle(change)
    -- What is made on the way can't be there yet.
    if why and not (is_text(change) and not exists(change.textDocument.uri)) then
      return why
    end
    if is_text(change) and change.textDocument.version == vim.NIL then
      -- Neovim 0.10 knows no null here, and 0.12 nothing else; both pass over 0.
      change.textDocument.version = 0
    end
  end
  return M.in_order(changes, encoding)
end

--- What is said after an edit of several files, which Neovim writes and takes back one by one.
---@param edit lsp.WorkspaceEdit
---@return string? # nothing where it is one file, or where all of it is on disk
function M.unwritten(edit)
  local touched, names = {}, {}
  for _, change in ipairs(edit.documentChanges or {}) do
    touched[change.newUri or change.uri or change.textDocument.uri] = true
  end
  for uri in vim.spairs(touched) do
    local bufnr = vim.fn.bufnr(vim.uri_to_fname(uri))
    if bufnr ~= -1 and vim.bo[bufnr].modified then
      table.insert(names, ("`%s`"):format(vim.fs.basename(vim.uri_to_fname(uri))))
    end
  end
  if vim.tbl_count(touched) > 1 and #names > 0 then
    local told = "Not written yet: %s (`:wa`). `u` is for one file alone."
    return told:format(table.concat(names, ", "))
  end
end

---@param changes table[]
---@param encoding string
---@return string?
function M.in_order(changes, encoding)
  local back = {} ---@type fun()[]
  for _, change in ipairs(changes) do
    local prepared, undo = pcall(way_back, change)
    local one = { documentChanges = { change } }
    local done, failure = prepared, undo
    if prepared then
      done, failure = pcall(vim.lsp.util.apply_workspace_edit, one, encoding)
    end
    if not done then
      for number = #back, 1, -1 do
        pcall(back[number])
      end
      return tostring(failure)
    end
    table.insert(back, undo)
  end
end

return M
