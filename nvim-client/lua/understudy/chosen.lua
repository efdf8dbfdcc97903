-- The fix that commands are about, and what is done with it.

local attention = require("understudy.attention")
local client_of = require("understudy.client")
local preview = require("understudy.preview")
local ready = require("understudy.ready")
local ui = require("understudy.ui")

local M = {}

--- The keys of a window with a preview. Each takes two strokes, so that none is hit by accident.
---@return table<string, { [1]: fun(), [2]: string }>
function M.keys()
  return {
    ga = { M.accept, "accept" },
    gA = { M.accept_all, "accept all" },
    gn = { M.next_model, "next model" },
    gw = { M.why, "why" },
    gx = { M.discard, "discard" },
    q = { preview.close, "close" },
  }
end

M.ORDER = { "ga", "gA", "gn", "gw", "gx", "q" }

---@param edit understudy.ReadyEdit
---@param line integer From 0.
---@return boolean
local function changes(edit, line)
  return vim.iter(edit.textEdits):any(function(change)
    return change.range.start.line <= line and line <= change.range["end"].line
  end)
end

--- The edit on the line of the cursor: the one that is shown, else the one that is drawn, else the newest.
---@param edits understudy.ReadyEdit[] Oldest first.
---@return understudy.ReadyEdit?
local function on_line(edits)
  local line = vim.api.nvim_win_get_cursor(0)[1] - 1
  local here = vim.tbl_filter(function(edit)
    return changes(edit, line)
  end, edits)
  local shown = preview.is_seen() and preview.shown()
  local is_here = shown
    and vim.iter(here):any(function(edit)
      return edit.editId == shown.edit.editId
    end)
  if shown and is_here then
    return shown.edit
  end
  local drawn = require("understudy.inline").here()
  return drawn and drawn.edit or here[#here]
end

--- The edit that commands are about: the one on the line, or else in sight, or the newest of the
--- document. In the window of a preview, only that one is in sight.
---@return understudy.Found?
function M.current()
  local edits = ready.of(vim.uri_from_bufnr(0))
  local shown = preview.is_seen() and preview.shown()
  local edit = on_line(edits) or shown and shown.edit or edits[#edits]
  return edit and ready.find(edit.editId)
end

--- Says that no fix waits here, and where some do.
function M.tell_none()
  local names = vim.tbl_map(function(uri)
    return ("`%s`"):format(vim.fs.basename(vim.uri_to_fname(uri)))
  end, ready.documents())
  table.sort(names)
  local where = #names > 0 and (", but in %s"):format(table.concat(names, ", ")) or ""
  ui.tell(("No fix waits here%s."):format(where))
end

--- Does something with the edit that is meant, if one waits.
---@param act fun(found: understudy.Found, client: vim.lsp.Client)
local function with_current(act)
  local found = M.current()
  local client = found and vim.lsp.get_client_by_id(found.client_id)
  if not found or not client then
    M.tell_none()
    return
  end
  act(found, client)
end

--- Shows the edit that waits here, or goes to where it is shown.
function M.open()
  local shown, found = preview.shown(), M.current()
  local is_shown = shown and (not found or found.edit.editId == shown.edit.editId)
  if is_shown and preview.focus() then
    return
  end
  with_current(function(one)
    preview.show(one, true)
  end)
end

---@param client vim.lsp.Client
---@param edit_id string
---@param done? fun(gone: boolean)
local function take(client, edit_id, done)
  client_of.execute(client, "understudy.take", { editId = edit_id }, function()
    ready.gone(edit_id, done or function() end)
  end)
end

--- Takes the edit.
function M.accept()
  with_current(function(found, client)
    take(client, found.edit.editId)
  end)
end

--- Takes it and every other proved edit of the document; what is for review is left to a look.
function M.accept_all()
  with_current(function(found, client)
    local function further()
      ready.fetch(client.id, found.uri, function(edits)
        for _, edit in ipairs(edits) do
          if edit.band ~= "review" then
            take(client, edit.editId, function(gone)
              if gone then
                further()
              end
            end)
            return
          end
        end
      end)
    end
    take(client, found.edit.editId, function(gone)
      if gone then
        further()
      end
    end)
  end)
end

--- Forgets the edit.
function M.discard()
  with_current(function(found, client)
    local edit_id = found.edit.editId
    client_of.execute(client, "understudy.discard", { editId = edit_id }, function(answer)
      if not answer.discarded then
        ready.look_again(edit_id)
      end
    end)
  end)
end

--- Asks for the same thing once more.
---@param client vim.lsp.Client
---@param edit understudy.ReadyEdit
---@param model string?
local function ask_again(client, edit, model)
  local argument = vim.tbl_extend("force", edit.arguments, { model = model })
  local stand = attention.stand()
  client_of.execute(client, edit.command, argument, function(answer)
    attention.begins(answer.runId, stand)
  end)
end

--- Asks whoever comes first for the same thing once more.
function M.again()
  with_current(function(found, client)
    ask_again(client, found.edit, nil)
  end)
end

--- Asks another model for the same thing; its edit takes this one's place.
---@param model? string
function M.next_model(model)
  with_current(function(found, client)
    local others = found.edit.others
    if model or #others == 1 then
      ask_again(client, found.edit, model or others[1])
    elseif #others == 0 then
      ui.tell("No other model is known. `:Understudy key` or the settings add some.")
    else
      ui.pick(others, "Which model is asked?", function(choice)
        if choice then
          ask_again(client, found.edit, choice)
        end
      end)
    end
  end)
end

--- Shows the run that found the edit.
function M.why()
  with_current(function(found)
    require("understudy.runs").open(found.edit.runIds[1])
  end)
end

return M
