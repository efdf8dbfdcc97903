-- What `:Understudy` alone offers.

local ui = require("understudy.ui")

local M = {}

---@return { title: string, words: string[] }[]
local function entries()
  local found = {}
  for _, work in ipairs(require("understudy.status").of().work) do
    table.insert(found, { title = "Cancel: " .. work.title, words = { "cancel", work.runId } })
  end
  if require("understudy.chosen").current() then
    vim.list_extend(found, {
      { title = "Preview the fix that waits here", words = { "preview" } },
      { title = "Accept the fix that waits here", words = { "accept" } },
    })
  end
  return vim.list_extend(found, {
    { title = "Fix problems here", words = { "fix" } },
    { title = "Fix all problems in this file", words = { "fix-file" } },
    { title = "Change the code here …", words = { "edit" } },
    { title = "Show runs", words = { "runs" } },
    { title = "Review lessons of failures", words = { "review-lesson" } },
    { title = "Who is asked?", words = { "route" } },
    { title = "What is there, what is missing?", words = { "doctor" } },
    { title = "Hand over an API key", words = { "key" } },
  })
end

--- Shows what can be done now, and does what is picked.
function M.show()
  ui.pick(entries(), "Understudy", function(entry)
    if entry then
      require("understudy").run(unpack(entry.words))
    end
  end, function(entry)
    return entry.title
  end)
end

return M
