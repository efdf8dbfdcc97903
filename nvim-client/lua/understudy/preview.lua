-- An edit that waits, shown beside or within the text: taken, forgotten, or asked for anew.

local attention = require("understudy.attention")
local client_of = require("understudy.client")
local config = require("understudy.config")
local ready = require("understudy.ready")
local ui = require("understudy.ui")

local M = {}

---@class understudy.Shown
---@field uri string
---@field bufnr integer
---@field client_id integer
---@field edit understudy.ReadyEdit
---@field told string What was checked, by whom, and what it cost.
---@field close fun()
---@field focus fun(): boolean Goes there, where there is somewhere to go.

---@type understudy.Shown?
local shown
---@type table<string, string> what was told about edits, by their ids
local told_of = {}

--- The keys of a window with a preview. Each takes two strokes, so that none is hit by accident.
---@return table<string, { [1]: fun(), [2]: string }>
function M.keys()
  return {
    ga = { M.accept, "accept" },
    gA = { M.accept_all, "accept all" },
    gn = { M.next_model, "next model" },
    gw = { M.why, "why" },
    gx = { M.discard, "discard" },
    q = { M.close, "close" },
  }
end

M.ORDER = { "ga", "gA", "gn", "gw", "gx", "q" }

--- The server has an edit to be looked at.
---@param client_id integer
---@param offered understudy.Preview
function M.offered(client_id, offered)
  ready.fetch(client_id, offered.uri, function()
    local found = ready.find(offered.editId)
    if found then
      told_of[offered.editId] = offered.told
      M.show(found, attention.is_on(offered.editId))
    end
  end)
end

--- Shows an edit that waits.
---@param found { uri: string, client_id: integer, edit: understudy.ReadyEdit }
---@param enter boolean Whether the focus goes there.
function M.show(found, enter)
  M.close()
  local bufnr = vim.uri_to_bufnr(found.uri)
  local client = vim.lsp.get_client_by_id(found.client_id)
  if not client or not vim.api.nvim_buf_is_loaded(bufnr) then
    return
  end
  shown = {
    uri = found.uri,
    bufnr = bufnr,
    client_id = found.client_id,
    edit = found.edit,
    told = told_of[found.edit.editId] or "",
    close = function() end,
    focus = function()
      return false
    end,
  }
  local form = #found.edit.files > 0 and "float" or config.get().preview
  require("understudy.views." .. form).open(shown, client.offset_encoding, enter)
  require("understudy.inline").look()
  vim.api.nvim_exec_autocmds("User", { pattern = "UnderstudyPreview", modeline = false })
end

--- Closes the preview. The edit goes on waiting.
function M.close()
  local one = shown
  shown = nil
  if one then
    one.close()
    require("understudy.inline").look()
  end
end

--- Ties a preview to the window that it stands in: it goes when that is closed.
---@param one understudy.Shown
---@param win integer
function M.stands_in(one, win)
  one.focus = function()
    return vim.api.nvim_win_is_valid(win) and pcall(vim.api.nvim_set_current_win, win)
  end
  vim.api.nvim_create_autocmd("WinClosed", {
    pattern = tostring(win),
    once = true,
    callback = function()
      if shown == one then
        M.close()
      end
    end,
  })
end

---@return understudy.Shown?
function M.shown()
  return shown
end

--- The edit that commands are about: the one that is shown, or on the line, or the latest.
---@return { uri: string, client_id: integer, edit: understudy.ReadyEdit }?
function M.current()
  if shown then
    return ready.find(shown.edit.editId)
  end
  local here = vim.uri_from_bufnr(0)
  local line = vim.api.nvim_win_get_cursor(0)[1] - 1
  local edits = ready.of(here)
  local chosen = edits[#edits]
  for _, edit in ipairs(edits) do
    for _, change in ipairs(edit.textEdits) do
      if change.range.start.line <= line and line <= change.range["end"].line then
        chosen = edit
      end
    end
  end
  return chosen and ready.find(chosen.editId)
end

--- Does something with the edit that is meant, if one waits.
---@param act fun(found: { uri: string, client_id: integer, edit: understudy.ReadyEdit }, client: vim.lsp.Client)
local function with_current(act)
  local found = M.current()
  local client = found and vim.lsp.get_client_by_id(found.client_id)
  if not found or not client then
    ui.tell("No fix waits here.")
    return
  end
  act(found, client)
end

--- Shows the edit that waits here, or goes to where it is shown.
function M.open()
  if shown and shown.focus() then
    return
  end
  with_current(function(found)
    M.show(found, true)
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
    client_of.execute(client, "understudy.discard", { editId = found.edit.editId })
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

--- Carries the preview along with its document, and closes it when its edit is gone.
ready.on_change(function(uri)
  if not shown or shown.uri ~= uri then
    return
  end
  local found = ready.find(shown.edit.editId)
  if not found then
    told_of[shown.edit.editId] = nil
    M.close()
  elseif not vim.deep_equal(found.edit.textEdits, shown.edit.textEdits) then
    M.show(found, false)
  end
end)

return M
