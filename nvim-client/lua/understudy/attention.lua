-- Whether somebody waits for a fix. Who does something else meanwhile keeps the focus.

local M = {}

---@class understudy.Stand Where the user is, and what the text is like there.
---@field win integer
---@field tick integer
---@field cursor integer[]

--- Where the user was when they asked for something, by its run.
---@type table<string, understudy.Stand>
local begun = {}

--- Where the user is just now.
---@return understudy.Stand
function M.stand()
  return {
    win = vim.api.nvim_get_current_win(),
    tick = vim.b.changedtick,
    cursor = vim.api.nvim_win_get_cursor(0),
  }
end

--- Notes where the user was when they asked for a run, so that its preview may take the focus.
---@param run_id string
---@param stand understudy.Stand
function M.begins(run_id, stand)
  begun[run_id] = stand
end

--- Whether the user waits for a run, and did nothing else since they asked.
---@param run_id string
---@return boolean
function M.is_on(run_id)
  local stand = begun[run_id]
  begun[run_id] = nil
  return vim.fn.mode() == "n" and vim.deep_equal(M.stand(), stand)
end

return M
