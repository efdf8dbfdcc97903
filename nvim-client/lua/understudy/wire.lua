-- What Neovim by itself tells the server and asks it, as far as the plugin has to know of it.

local ready = require("understudy.ready")

local M = {}

local BEGINS_ANEW = { ["textDocument/didOpen"] = true, ["textDocument/didClose"] = true }

--- Hears which documents are closed or opened anew, and has Neovim draw only what it draws as it will be.
---@param rpc vim.lsp.rpc.PublicClient
---@return vim.lsp.rpc.PublicClient # the same
function M.heard(rpc)
  local notify, request = rpc.notify, rpc.request
  rpc.notify = function(method, params)
    if BEGINS_ANEW[method] then
      ready.begins_anew(params.textDocument.uri)
    end
    return notify(method, params)
  end
  rpc.request = function(method, params, answered, ...)
    if method ~= "textDocument/inlineCompletion" then
      return request(method, params, answered, ...)
    end
    return request(method, params, function(failure, found)
      answered(failure, found and require("understudy.inline").sieved(found))
    end, ...)
  end
  return rpc
end

return M
