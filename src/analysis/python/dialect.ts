// How Python defines names, functions and constants, and how it reads the environment.
import type { Dialect } from '../code/dialect.ts';
import type { CodeSelection } from '../code/code-file.ts';

/** Which files are the application's Python source. */
export const pythonSelection: CodeSelection = {
  syntax: 'python',
  extensions: ['.py'],
  isLeftOut: (path) =>
    /(?:^|\/)(?:tests?|testing|docs?|migrations|alembic|e2e|benchmarks?|\.github)\//.test(path) ||
    /(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest|[^/]*_pb2(?:_grpc)?|noxfile|tasks)\.py$/.test(path),
};

/** Patterns of Python for the port resolver. */
export const pythonDialect: Dialect = {
  definitions: [
    // PORT = 8080, self.port: int = 8080, port = os.environ.get(…)
    /(?<=^[ \t]{0,40})(?:[A-Za-z_]\w{0,30}\.)?(?<name>[A-Za-z_]\w{0,60})[ \t]{0,4}(?::[ \t]{0,4}[\w[\]., |]{1,60}?)?[ \t]{0,4}=(?!=)[ \t]{0,4}(?<value>[^\n]{1,300})/gm,
    // add_argument("--port", "-p", type=int, default=8000), @click.option("--port", default=8000), typer defaults
    /(?:add_argument|option|define|Option|DEFINE_\w{3,10})\(\s{0,8}(?:["']-\w["'],\s{0,8})?["'](?:--)?(?<name>\w{1,40})["'](?<value>[^()\n]{0,80}(?:\n[^()\n]{0,80}){0,4}?\bdefault\s{0,4}=\s{0,4}[^\n]{1,120})/g,
    // def main(port: int = 8000)
    /(?<![\w.])(?<name>\w{0,20}port)(?=\s{0,4}:)(?<=[(,]\s{0,40}\w{1,24})\s{0,4}:\s{0,4}(?:int|str)\s{0,4}=\s{0,4}(?<value>[^,)\n]{1,80})/g,
    // "server.socket_port": 8080, PORT in a dict or a call
    /["'](?<name>[A-Za-z_]\w{0,40})["']\s{0,4}:\s{0,4}(?<value>\d{2,5})\b/g,
  ],
  environmentReads: [
    /\benviron\s{0,2}\[\s{0,4}["'](?<name>[A-Za-z_]\w{0,119})["']/g,
    /\b(?:environ\s{0,2}\.\s{0,2}(?:get|setdefault|pop)|(?:os\.)?getenv|(?:\w{0,20}[eE]nv|config|decouple\.config)(?:\.(?:str|int|bool|list|url|db|json|float|get|db_url|cache|email|dict|path|decimal|log_level|date|datetime))?|env\w{0,20})\(\s{0,8}["'](?<name>[A-Za-z_]\w{0,119})["']/g,
  ],
  functions: /\bdef\s{1,4}(?<name>\w{1,60})\s{0,4}\(/g,
};
