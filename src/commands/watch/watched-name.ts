// The NAME on the command line of a watch: it need not exist yet, so what can never exist is said at once.
import { createUsageError } from '../usage-error.ts';

const namePattern = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const MAX_LENGTH = 253;

/** The name; `kinds/NAME` is one too. Undefined where none is given. @throws DorguError BadArgument (usage) */
export function parseWatchedName(
  text: string | undefined,
  kinds: ReadonlySet<string>,
  command: string,
): string | undefined {
  if (text === undefined) return undefined;
  const slash = text.indexOf('/');
  const name = slash >= 0 && kinds.has(text.slice(0, slash).toLowerCase()) ? text.slice(slash + 1) : text;
  if (name.length <= MAX_LENGTH && namePattern.test(name)) return name;
  throw createUsageError(
    'BadArgument',
    `expected a NAME of lower-case letters, digits, - and ., found ${JSON.stringify(text.slice(0, 300))}`,
    command,
  );
}

/** For a name that nothing has yet. */
export function formatNotYet(
  kind: string,
  { namespace, name }: { namespace?: string; name: string },
): string {
  const place = namespace === undefined ? '' : ` in namespace ${JSON.stringify(namespace)}`;
  return `no ${kind} ${JSON.stringify(name)}${place} yet: waiting`;
}
