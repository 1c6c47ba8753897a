module kubectl-dorgu/test/kube/proxy-oracle

go 1.25.0
