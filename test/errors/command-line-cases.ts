// How the errors of the command line itself are met.
import type { commandLineErrors } from '../../src/api/error-codes/command-line.ts';
import { persona, personaYaml, servePersonas, type ErrorCase, type Place } from './error-case.ts';

const hasPersonas = ({ server }: Place) => servePersonas(server, ['shop', 'cart']);

/** By code. */
export const commandLineCases: Record<keyof typeof commandLineErrors, ErrorCase> = {
  UnknownCommand: { args: ['genrate'], says: /^error: unknown command "genrate"/ },
  UnknownFlag: { args: ['version', '--outptu'], says: /^error: unknown flag: --outptu/ },
  BadFlag: { args: ['version', '---'], says: /^error: bad flag syntax: ---/ },
  FlagNeedsValue: {
    args: ['check', '--fail-on'],
    json: ['check', '-o', 'json', '--fail-on'],
    says: /^error: flag needs a value: --fail-on/,
  },
  BadFlagValue: {
    args: ['check', '.', '--fail-on', 'never-ever'],
    says: /^error: invalid value "never-ever" for --fail-on/,
  },
  SelectorInvalid: {
    args: ['persona', 'watch', '-l', 'team=blue=red'],
    says: /^error: label selector "team=blue=red": expected "," at character 10, found "="/,
  },
  UnexpectedArgument: { args: ['version', 'please'], says: /^error: .*please/ },
  MissingArgument: { args: ['check'], says: /^error: expected a file, a folder or -, found none/ },
  BadArgument: { args: ['persona', 'status', 'deployment/shop'], says: /^error: .*"deployment\/shop"/ },
  BadArguments: {
    args: ['persona', 'import', 'shop', '--all-namespaces'],
    says: /^error: a name and --all-namespaces cannot be given together/,
  },
  BadTemplate: {
    args: ['persona', 'list', '-o', 'jsonpath={.items[}'],
    json: false,
    says: /^error: cannot read the JSONPath template/,
  },
  TemplateFailed: {
    args: ['persona', 'list', '-o', 'jsonpath={.items[7]}'],
    json: false,
    prepare: hasPersonas,
    says: /^error: the JSONPath template does not fit the objects/,
  },
  Cancelled: {
    args: ['persona', 'delete', '--all'],
    prepare: hasPersonas,
    stdin: 'n\n',
    isTerminal: true,
    says: /^error: nothing was deleted$/m,
  },
  DiffFailed: {
    args: ['persona', 'diff', '-f', 'persona.yaml'],
    files: { 'persona.yaml': personaYaml() },
    // A document has no use for another program.
    json: false,
    prepare: ({ server }) => {
      servePersonas(server);
      server.inject({ body: persona('shop') }, { fits: ({ method }) => method === 'PATCH' });
    },
    env: { KUBECTL_EXTERNAL_DIFF: '/nonexistent/diff' },
    says: /^error: KUBECTL_EXTERNAL_DIFF: "\/nonexistent\/diff" failed/,
  },
};
