-- What the server is told of this client.

local M = {}

--- What we know beside LSP, and what is said where no model can be asked.
local OURS = {
  previews = true,
  status = true,
  explanations = true,
  contexts = true,
  addingModels = "`:Understudy key` takes an API key, "
    .. "and `:Understudy models` tells which models there are.",
}

--- Those of Neovim and ours, and how whole an edit of several files stays.
---@return lsp.ClientCapabilities
function M.all()
  return vim.tbl_deep_extend("force", vim.lsp.protocol.make_client_capabilities(), {
    experimental = { understudy = OURS },
    workspace = {
      workspaceEdit = {
        documentChanges = true,
        failureHandling = "undo",
        changeAnnotationSupport = { groupsOnLabel = false },
      },
    },
  })
end

return M
