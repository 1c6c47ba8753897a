// The answers that are the same on every run: help of everything, and the version.
import { Writable } from 'node:stream';
import { createInvocation } from '../../../src/commands/invocation.ts';
import { runCommandLine } from '../../../src/commands/run-command-line.ts';
import { commands, topics } from '../../../src/commands/table.ts';

/** Text by command line, its words joined by spaces. */
export async function collectTexts(): Promise<Record<string, string>> {
  const names = [...commands.keys(), ...topics.keys()];
  const lines = [
    '',
    '-h',
    '--help',
    'help',
    'version',
    '--version',
    'options',
    ...names.flatMap((name) => [`${name} -h`, `${name} --help`, `help ${name}`]),
    ...[...commands.keys()].map((name) => `help ${name} --examples`),
  ];
  const texts: Record<string, string> = {};
  for (const line of lines) texts[line] = await answer(line.split(' ').filter((word) => word !== ''));
  return texts;
}

/** What the command line prints to stdout. Throws where it does not end with 0. */
export async function answer(argv: readonly string[]): Promise<string> {
  let text = '';
  const stdout = new Writable({
    write(chunk: Buffer, _, done) {
      text += chunk.toString();
      done();
    },
  });
  const code = await runCommandLine(argv, { ...createInvocation(), stdout });
  if (code !== 0) throw new Error(`kubectl dorgu ${argv.join(' ')} ended with ${code}`);
  return text;
}
