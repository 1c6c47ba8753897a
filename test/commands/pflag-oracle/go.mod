module kubectl-dorgu/test/commands/pflag-oracle

go 1.25.0

require (
	github.com/spf13/cobra v1.10.0
	github.com/spf13/pflag v1.0.9
)

require github.com/inconshreveable/mousetrap v1.1.0 // indirect
