// Renders folders of manifests as helm and kustomize do, for tests that ask whether both say the same.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strings"

	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	"helm.sh/helm/v3/pkg/lint"
	"helm.sh/helm/v3/pkg/lint/support"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

type request struct {
	// helm or kustomize.
	How    string
	Folder string
	// helm only.
	Namespace   string
	Values      map[string]any
	APIVersions []string
}

type answer struct {
	// YAML documents.
	Documents []string `json:"documents"`
	// What helm lint says from warnings on.
	Complaints []string `json:"complaints"`
	Error      string   `json:"error,omitempty"`
}

func main() {
	var requests []request
	if err := json.NewDecoder(os.Stdin).Decode(&requests); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	out := json.NewEncoder(os.Stdout)
	for _, one := range requests {
		found, err := render(one)
		if err != nil {
			found.Error = err.Error()
		}
		if err := out.Encode(found); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func render(one request) (answer, error) {
	if one.How == "kustomize" {
		return kustomize(one.Folder)
	}
	return helm(one)
}

func kustomize(folder string) (answer, error) {
	built, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(filesys.MakeFsOnDisk(), folder)
	if err != nil {
		return answer{}, err
	}
	text, err := built.AsYaml()
	return answer{Documents: []string{string(text)}}, err
}

func helm(one request) (answer, error) {
	found := answer{}
	linted := lint.All(one.Folder, one.Values, one.Namespace, true)
	for _, message := range linted.Messages {
		if message.Severity >= support.WarningSev {
			found.Complaints = append(found.Complaints, message.Error())
		}
	}
	chart, err := loader.Load(one.Folder)
	if err != nil {
		return found, err
	}
	capabilities := chartutil.DefaultCapabilities.Copy()
	capabilities.APIVersions = append(capabilities.APIVersions, one.APIVersions...)
	release := chartutil.ReleaseOptions{Name: chart.Name(), Namespace: one.Namespace, IsInstall: true, Revision: 1}
	values, err := chartutil.ToRenderValues(chart, one.Values, release, capabilities)
	if err != nil {
		return found, err
	}
	texts, err := engine.Render(chart, values)
	if err != nil {
		return found, err
	}
	names := make([]string, 0, len(texts))
	for name := range texts {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		if !strings.HasSuffix(name, "NOTES.txt") && strings.TrimSpace(texts[name]) != "" {
			found.Documents = append(found.Documents, texts[name])
		}
	}
	return found, nil
}
