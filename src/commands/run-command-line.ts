// From a command line to a finished command: routing, loading, running.
import { routingFlags } from './generated/routing-flags.ts';
import type { Invocation } from './invocation.ts';
import { routeCommandLine, type Route } from './route.ts';
import { commands, loadCommand, topics } from './table.ts';
import { createUnknownCommandError } from './usage-error.ts';

const names = { commands: new Set(commands.keys()), topics: new Set(topics.keys()) };

/** Runs it; resolves to the exit code, rejects with what went wrong. */
export async function runCommandLine(argv: readonly string[], invocation: Invocation): Promise<number> {
  const route = routeCommandLine(argv, names, routingFlags);
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
