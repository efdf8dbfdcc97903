-- API keys that are typed in: in the memory of the server alone, as long as it runs.

local client_of = require("understudy.client")
local ui = require("understudy.ui")

local M = {}

---@param place understudy.KeyPlace
---@return string
local function described(place)
  local state = place.there and "set" or "not set"
  return ("%s (%s, %s)"):format(place.name, table.concat(place.providers, ", "), state)
end

--- Lets the user hand over a key, or take it back.
function M.choose()
  local client = client_of.require()
  if not client then
    return
  end
  client_of.request(client, "understudy/keys", vim.empty_dict(), function(found)
    ui.pick(found.keys, "Whose key?", function(place)
      if place then
        M.ask(client, place.name)
      end
    end, described)
  end)
end

--- Asks for a key. A question that is cancelled changes nothing.
---@param client vim.lsp.Client
---@param name string
function M.ask(client, name)
  local prompt = name .. " (empty takes it back): "
  local asked, typed = pcall(vim.fn.inputsecret, { prompt = prompt, cancelreturn = vim.NIL })
  if not asked or typed == vim.NIL then
    return
  end
  local key = vim.trim(typed)
  local given = { name = name, key = key ~= "" and key or vim.NIL }
  client_of.request(client, "understudy/setKey", given, function()
    ui.tell(key ~= "" and name .. " is set until the server ends." or name .. " is taken back.")
  end)
end

return M
