-- What Neovim's own inline completion can show of a line: it writes what comes over what is there.

local M = {}

--- A line as a change leaves it; nothing where that is several lines.
---@param before string
---@param change understudy.LineChange
---@return string?
function M.after(before, change)
  if #change.lines == 1 then
    return before:sub(1, change.from) .. change.lines[1] .. before:sub(change.to + 1)
  end
end

--- Whether Neovim shows a line as it will be: nothing of it goes, something comes in one place behind
--- the cursor, and no part of a letter, and nothing without a width of its own is written.
---@param before string
---@param after string
---@param column integer The cursor's, in bytes.
---@return boolean
function M.fits(before, after, column)
  local same = 0
  while same < #before and before:byte(same + 1) == after:byte(same + 1) do
    same = same + 1
  end
  local rest, written = before:sub(same + 1), after:sub(same + 1)
  local is_letter = written ~= "" and vim.str_utf_start(after, same + 1) == 0
  local only_comes = #written > #rest and vim.endswith(written, rest)
  return only_comes and is_letter and same >= column and not written:find("%c")
end

return M
