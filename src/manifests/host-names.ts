// Host names of siblings in variables: compose takes `user_service`, a Service has to be called `user-service`.
import { toDnsName } from './names.ts';

/** What compose lets a service be called; anything else is no host. */
const hostName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,252}$/;

/** What siblings are called by, themselves or as an alias, where a Service has to be called otherwise. */
export function findRenamedHosts(
  named: readonly { name: string; component: { name: string; aliases?: readonly string[] } }[],
): ReadonlyMap<string, string> {
  const pairs = named.flatMap(({ name, component }) => [
    [component.name, name] as const,
    ...(component.aliases ?? []).map((alias) => [alias, toDnsName(alias)] as const),
  ]);
  return new Map(pairs.filter(([host, name]) => hostName.test(host) && host !== name));
}

/** Replaces a renamed host where it stands as one: alone, after `//`, `@`, `,` or a space, and before a port, path, comma or end. */
export function replaceHosts(value: string, renamed: ReadonlyMap<string, string>): string {
  if (renamed.size === 0) return value;
  return value.replace(
    /(^|\/\/|[@,\s=])([A-Za-z0-9][A-Za-z0-9._-]{0,252})(?=[:/,?\s]|$)/g,
    (_, before: string, host: string) => `${before}${renamed.get(host) ?? host}`,
  );
}
