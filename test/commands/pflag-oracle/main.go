// Reads declarations of flags and command lines as JSON, one object a line, and prints how pflag and cobra read them.
// It is kubectl's side of the comparison in ../pflag.runtime.test.ts.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Flag is one declaration; Kind is bool, string, strings, or optional: a string that means "client" where the flag stands alone.
type Flag struct {
	Name  string `json:"name"`
	Short string `json:"short"`
	Kind  string `json:"kind"`
}

// Command is a path such as "persona status" with the flags that only it takes.
type Command struct {
	Path  string `json:"path"`
	Flags []Flag `json:"flags"`
}

// Question is one line of input: a program (flags of every command, and its commands) and command lines for it.
type Question struct {
	Flags    []Flag     `json:"flags"`
	Commands []Command  `json:"commands"`
	Lines    [][]string `json:"lines"`
}

// Answer is what became of one command line. Sets are in the order of the line, up to where it failed.
type Answer struct {
	Command     string     `json:"command"`
	Sets        [][]string `json:"sets"`
	Positionals []string   `json:"positionals"`
	// Error is empty, or one of syntax, unknown, missing, invalid, other.
	Error string `json:"error"`
}

func main() {
	if err := answerAll(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func answerAll(in io.Reader, out io.Writer) error {
	decoder := json.NewDecoder(bufio.NewReader(in))
	writer := bufio.NewWriter(out)
	encoder := json.NewEncoder(writer)
	for {
		var question Question
		if err := decoder.Decode(&question); errors.Is(err, io.EOF) {
			return writer.Flush()
		} else if err != nil {
			return err
		}
		for _, line := range question.Lines {
			if err := encoder.Encode(answer(question, line)); err != nil {
				return err
			}
		}
	}
}

func answer(question Question, line []string) Answer {
	result := Answer{Sets: [][]string{}, Positionals: []string{}}
	var err error
	if len(question.Commands) == 0 {
		flags := pflag.NewFlagSet("program", pflag.ContinueOnError)
		flags.Usage = func() {}
		declare(flags, question.Flags, &result)
		err = flags.Parse(line)
		result.Positionals = append(result.Positionals, flags.Args()...)
	} else {
		err = run(question, line, &result)
	}
	result.Error = classify(err)
	if err != nil {
		result.Positionals = []string{}
	}
	return result
}

// run executes a cobra program whose commands note that they were called.
func run(question Question, line []string, result *Answer) error {
	root := &cobra.Command{Use: "program", SilenceErrors: true, SilenceUsage: true}
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetHelpCommand(&cobra.Command{Use: "no-help", Hidden: true})
	root.SetOut(io.Discard)
	root.SetErr(io.Discard)
	declare(root.PersistentFlags(), question.Flags, result)
	byPath := map[string]*cobra.Command{"": root}
	for _, declared := range question.Commands {
		words := strings.Split(declared.Path, " ")
		parent := root
		for depth, word := range words {
			path := strings.Join(words[:depth+1], " ")
			if byPath[path] == nil {
				byPath[path] = &cobra.Command{Use: word}
				parent.AddCommand(byPath[path])
			}
			parent = byPath[path]
		}
		declare(parent.Flags(), declared.Flags, result)
		parent.Args = cobra.ArbitraryArgs
		parent.RunE = func(_ *cobra.Command, args []string) error {
			result.Command = declared.Path
			result.Positionals = append(result.Positionals, args...)
			return nil
		}
	}
	// Nil arguments would mean those of this process.
	root.SetArgs(append([]string{}, line...))
	return root.Execute()
}

// recorder is a flag's value that notes every setting in the order of the command line.
type recorder struct {
	flag   Flag
	result *Answer
	value  pflag.Value
}

func (r recorder) String() string { return r.value.String() }
func (r recorder) Type() string   { return r.value.Type() }
func (r recorder) Set(text string) error {
	if err := r.value.Set(text); err != nil {
		return err
	}
	set := text
	if r.flag.Kind == "bool" {
		set = r.value.String()
	}
	r.result.Sets = append(r.result.Sets, []string{r.flag.Name, set})
	return nil
}

func declare(flags *pflag.FlagSet, declared []Flag, result *Answer) {
	for _, flag := range declared {
		real := pflag.NewFlagSet("", pflag.ContinueOnError)
		switch flag.Kind {
		case "bool":
			real.BoolP(flag.Name, flag.Short, false, "")
		case "strings":
			real.StringArrayP(flag.Name, flag.Short, nil, "")
		default:
			real.StringP(flag.Name, flag.Short, "", "")
		}
		made := real.Lookup(flag.Name)
		if flag.Kind == "optional" {
			made.NoOptDefVal = "client"
		}
		made.Value = recorder{flag, result, made.Value}
		flags.AddFlag(made)
	}
}

func classify(err error) string {
	var syntax *pflag.InvalidSyntaxError
	var unknown *pflag.NotExistError
	var missing *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &syntax):
		return "syntax"
	case errors.As(err, &unknown):
		return "unknown"
	case errors.As(err, &missing):
		return "missing"
	case errors.As(err, &invalid):
		return "invalid"
	default:
		return "other"
	}
}
