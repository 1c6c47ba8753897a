// Host names of siblings in variables: compose takes `user_service`, a Service has to be called `user-service`.

/** What compose lets a service be called; anything else is no host. */
const hostName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,252}$/;

/** Those siblings whose Service is called otherwise than their name, by that name. */
export function findRenamedHosts(
  siblings: ReadonlyMap<string, { name: string }>,
): ReadonlyMap<string, string> {
  const renamed = [...siblings].filter(([name, sibling]) => hostName.test(name) && name !== sibling.name);
  return new Map(renamed.map(([name, sibling]) => [name, sibling.name]));
}

/** Replaces a renamed host where it stands as one: alone, after `//`, `@`, `,` or a space, and before a port, path, comma or end. */
export function replaceHosts(value: string, renamed: ReadonlyMap<string, string>): string {
  if (renamed.size === 0) return value;
  return value.replace(
    /(^|\/\/|[@,\s=])([A-Za-z0-9][A-Za-z0-9._-]{0,252})(?=[:/,?\s]|$)/g,
    (_, before: string, host: string) => `${before}${renamed.get(host) ?? host}`,
  );
}
