// krew itself, so that tests install with it what they would install.
package main

import "sigs.k8s.io/krew/cmd/krew/cmd"

func main() {
	cmd.Execute()
}
