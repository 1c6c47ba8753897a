module kubectl-dorgu/test/config/lua-oracle

go 1.25.0

require github.com/yuin/gopher-lua v1.1.2
