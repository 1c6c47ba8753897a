// The NAME of a ClusterPersona on a command line, spelt as kubectl's users spell names.
import { createUsageError } from '../usage-error.ts';

/** What kubectl takes before the slash for our kind. */
export const clusterPersonaKinds: ReadonlySet<string> = new Set([
  'cp',
  'cpersona',
  'clusterpersona',
  'clusterpersonas',
  'clusterpersona.dorgu.io',
  'clusterpersonas.dorgu.io',
]);

const namePattern = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** `prod` for `prod` and `clusterpersona/prod`; undefined where none is given. @throws DorguError BadArgument (usage) */
export function parseClusterPersonaName(text: string | undefined, command: string): string | undefined {
  if (text === undefined) return undefined;
  const slash = text.indexOf('/');
  const name =
    slash >= 0 && clusterPersonaKinds.has(text.slice(0, slash).toLowerCase()) ? text.slice(slash + 1) : text;
  if (name.length <= 253 && namePattern.test(name)) return name;
  throw createUsageError(
    'BadArgument',
    `expected the NAME of a ClusterPersona, lower-case letters, digits, - and ., found ${JSON.stringify(text.slice(0, 300))}`,
    command,
  );
}
