// From a command line to a finished command: routing, loading, running.
import { toFlagSpecs, type FlagSpec } from './flag-spec.ts';
import type { Invocation } from './invocation.ts';
import { routeCommandLine, type Route } from './route.ts';
import { commands, loadCommand, topics } from './table.ts';
import { createUnknownCommandError } from './usage-error.ts';

const names = { commands: new Set(commands.keys()), topics: new Set(topics.keys()) };

/** Runs it; resolves to the exit code, rejects with what went wrong. */
export async function runCommandLine(argv: readonly string[], invocation: Invocation): Promise<number> {
  const route = await findRoute(argv);
  switch (route.kind) {
    case 'command':
      return runCommand(route.name, route.argv, invocation);
    case 'unknown':
      throw createUnknownCommandError(route.word, route.topic, listNames(route.topic));
    case 'root':
    case 'topic':
      return showOverview(route, invocation);
  }
}

/** Only flags before the command's name make it necessary to know every command's flags. */
async function findRoute(argv: readonly string[]): Promise<Route> {
  const specs = argv[0]?.startsWith('-') === true || topics.has(argv[0] ?? '') ? await collectSpecs() : [];
  return routeCommandLine(argv, names, specs);
}

/** Every flag of every command: a test holds that a name takes a value in all of them or in none. */
async function collectSpecs(): Promise<FlagSpec[]> {
  const classes = await Promise.all([...commands.values()].map(async ({ load }) => (await load()).default));
  return classes.flatMap((command) => toFlagSpecs(command));
}

async function runCommand(name: string, argv: string[], invocation: Invocation): Promise<number> {
  const [command, { createOclifConfig }] = await Promise.all([
    loadCommand(name),
    import('./oclif-config.ts'),
  ]);
  if (command === undefined) throw createUnknownCommandError(name, '', commands.keys());
  return new command(argv, createOclifConfig(), invocation).execute();
}

async function showOverview(
  route: Route & { kind: 'root' | 'topic' },
  invocation: Invocation,
): Promise<number> {
  if (route.kind === 'root' && route.argv.includes('--version')) return runCommand('version', [], invocation);
  // What is left are flags: those of every command are understood, others are told apart here.
  await runCommand(
    'help',
    [...route.argv, ...(route.kind === 'topic' ? [route.name] : [])].filter(isNotHelp),
    invocation,
  );
  return 0;
}

const isNotHelp = (token: string) => token !== '-h' && token !== '--help';

/** What may stand at this place. */
function listNames(topic: string): string[] {
  const prefix = topic === '' ? '' : `${topic} `;
  const all = [...commands.keys(), ...topics.keys()].filter((name) => name.startsWith(prefix));
  return all.map((name) => name.slice(prefix.length).split(' ')[0] ?? '');
}
