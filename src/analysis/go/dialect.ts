// How Go defines names, functions and constants, and how it reads the environment.
import type { CodeSelection } from '../code/code-file.ts';
import type { Dialect } from '../code/dialect.ts';

/** Which files are the application's Go source. */
export const goSelection: CodeSelection = {
  syntax: 'go',
  extensions: ['.go'],
  isLeftOut: (path) =>
    /_test\.go$|\.pb\.go$|_grpc\.pb\.go$|(?:^|\/)mock_[^/]{1,80}\.go$|_mock\.go$|(?:^|\/)(?:_[^/]{0,80}|vendor|testdata|third_party|mocks?|tests?|e2e)\//.test(
      path,
    ),
};

/** Patterns of Go for the port resolver. */
export const goDialect: Dialect = {
  definitions: [
    // port := "8080", const defaultPort = 8080, var addr string = ":8080", port = os.Getenv("PORT")
    /(?<=^[ \t{]{0,40}(?:const[ \t]{1,4}|var[ \t]{1,4}|if[ \t]{1,4})?)(?!(?:const|var|if|return|type|case|for)\b)(?:\w{1,40}\.){0,3}(?<name>[A-Za-z_]\w{0,60})(?:[ \t]{0,4},[ \t]{0,4}\w{1,40})?(?:[ \t]{1,20}\*?[\w.]{1,40})?[ \t]{0,20}:?=(?!=)[ \t]{0,4}(?<value>[^\n]{1,300})/gm,
    // Port: 8080, in a composite literal
    /(?<=^[ \t]{0,40}|[{,][ \t]{0,8})(?<name>[A-Z]\w{0,60}):[ \t]{1,20}(?<value>[^\n]{1,200})/gm,
    // flag.StringVar(&addr, "addr", ":8080", "…"), cmd.Flags().IntVarP(&port, "port", "p", 8080, "…")
    /\.\w{2,12}VarP?\(&(?:\w{1,40}\.){0,3}(?<name>\w{1,60}),(?<value>[^\n]{1,200})/g,
    // viper.SetDefault("port", 8080)
    /\bSetDefault\(\s{0,4}"(?:[\w.-]{1,40}\.)?(?<name>[\w-]{1,40})",(?<value>[^\n]{1,120})/g,
    // cmd.Flags().Int("port", 8080, "…"), flags.StringP("listen-addr", "l", ":8080", "…")
    /\.(?:Int|Uint|Uint16|String)P?\(\s{0,4}"(?<name>[\w-]{1,40})",(?<value>[^\n]{1,120})/g,
    // Port string `env:"PORT" envDefault:"8080"`
    /(?<=^[ \t]{0,40})(?<name>[A-Z]\w{0,60})[ \t]{1,40}\*?[\w.]{1,40}[ \t]{1,40}`(?<value>[^`\n]{1,300})`/gm,
  ],
  environmentReads: [
    /\b(?:os\.Getenv|os\.LookupEnv|\w{0,30}[eE]nv\w{0,20}(?:\.\w{1,20})?)\(\s{0,8}(?:&[\w.]{1,80},\s{0,4})?"(?<name>[A-Za-z_]\w{0,119})"/g,
    /\b(?:env|envconfig):"(?<name>[A-Z_][A-Z0-9_]{0,119})[",]/g,
  ],
  functions: /\bfunc\s{1,4}(?:\([^()\n]{1,80}\)\s{0,4})?(?<name>\w{1,60})\s{0,4}\(/g,
};
