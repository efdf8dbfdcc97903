-- What `make lint` asks of the Lua files: nothing unused, nothing global, no long lines.
std = "luajit"
max_line_length = 100
max_cyclomatic_complexity = 10
read_globals = { "vim" }
globals = { "vim.b", "vim.bo", "vim.g", "vim.o", "vim.wo" }
-- Comments hold types, and generated ones may be long.
max_comment_line_length = false
-- Tests answer for the user.
files["**/tests/editors/*.lua"] = { globals = { "vim" } }
files["**/generated/*.lua"] = { max_line_length = false }
