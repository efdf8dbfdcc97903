-- Colours, each linked to one that every colour scheme has.

local LINKS = {
  UnderstudyAdd = "DiffAdd",
  UnderstudyDelete = "DiffDelete",
  UnderstudyGone = "DiffDelete",
  UnderstudyGhost = "DiffAdd",
  UnderstudyTold = "Comment",
  UnderstudyGood = "DiagnosticOk",
  UnderstudyBad = "DiagnosticError",
  UnderstudyHeading = "Title",
}

for name, link in pairs(LINKS) do
  vim.api.nvim_set_hl(0, name, { link = link, default = true })
end

return LINKS
