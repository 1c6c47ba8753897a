// Writes src/commands/generated/routing-flags.ts: what finding a command's name has to know of flags, so that no command is loaded to find another.
import { compareText } from '../../../src/api/compare-text.ts';
import { toFlagSpecs, type RoutingFlag } from '../../../src/commands/flag-spec.ts';
import { commands } from '../../../src/commands/table.ts';
import { header, type GeneratedFile } from './generated-file.ts';

/** One file: the flags of all commands, each once. */
export async function generateRoutingFlags(): Promise<GeneratedFile[]> {
  const text = `// The flags of all commands, as far as they decide where a command's name may be. ${header} the flags of src/commands.
import type { RoutingFlag } from '../flag-spec.ts';

/** By name and letter; a flag that commands declare differently stands here for each way. */
export const routingFlags: readonly RoutingFlag[] = [
${(await collectRoutingFlags()).map((flag) => `  ${JSON.stringify(flag)},`).join('\n')}
];
`;
  return [{ path: 'src/commands/generated/routing-flags.ts', text }];
}

/** In the order of their names. A test holds that a spelling takes a value in all commands or in none. */
export async function collectRoutingFlags(): Promise<RoutingFlag[]> {
  const classes = await Promise.all([...commands.values()].map(async ({ load }) => (await load()).default));
  const flags = classes
    .flatMap((command) => toFlagSpecs(command))
    .map(({ name, char, aliases, kind, bareValue }) => ({
      name,
      ...(char === undefined ? {} : { char }),
      aliases,
      kind,
      ...(bareValue === undefined ? {} : { bareValue }),
    }));
  const unique = new Map(flags.map((flag) => [JSON.stringify(flag), flag]));
  return [...unique.entries()].sort(([left], [right]) => compareText(left, right)).map(([, flag]) => flag);
}
