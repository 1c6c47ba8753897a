// Random damage to an object: a field replaced, removed or doubled somewhere in it.
import fc from 'fast-check';

type Path = readonly (string | number)[];

/** Every place in a JSON value, the value itself left out. */
function listPaths(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  const inner = entries.flatMap(([key, item]) => listPaths(item, [...path, key]));
  return path.length === 0 ? inner : [path, ...inner];
}

/** Values that are wrong in most places, and right in some. */
const strange = fc.constantFrom<unknown>(
  null, true, false, 0, 1, -1, 1.5, 100, 101, 65_535, 65_536, 2 ** 31, 2 ** 53 - 1, [], {}, [null], [{}], [''], '', ' ', 'a', 'abc',
  'A', 'a-', 'a/b', '/', '/a', '*', '0', '1', '-1', '.5', '1.', '100m', '1Gi', '64Mi', '1e3', '1e99', '1e999', '0.0000000001', '1E',
  '25%', '0%', '100%', '101%', '30s', '24h', '25h', '1h1h', '0s', '1.5s', '5', '10.0.0.0/8', '10.0.0.0/33', '::/0', 'true', 'off',
  'a.example.com', 'a..b', 'x'.repeat(63), 'x'.repeat(64), 'x'.repeat(253), 'x'.repeat(300), 'é', '\u0661', '\u{1f600}', 'a\nb', 'a\tb',
  '\u001b[0m', '2027-01-01T00:00:00Z', '2027-02-30T00:00:00Z', '2027-01-01', '2027-01-01T24:00:00Z', '2027-01-01T00:00:00+25:00', 'Active', 'UDP', 'api', 'In',
  { a: 'b' }, { requests: { cpu: '2' } }, ['a', 'a'], [{ name: 'a' }, { name: 'a' }], [{ port: 1 }, { port: 1, protocol: 'UDP' }],
); // prettier-ignore

const damage = fc.oneof(
  { weight: 8, arbitrary: strange.map((value) => () => value) },
  { weight: 1, arbitrary: fc.constant(() => undefined) },
  { weight: 1, arbitrary: fc.constant((value: unknown) => (Array.isArray(value) ? [...(value as unknown[]), ...(value as unknown[])] : undefined)) },
); // prettier-ignore

/** Copies of `object` with one to three places below `top` damaged. */
export function mutationsOf(
  object: Record<string, unknown>,
  top: string,
): fc.Arbitrary<Record<string, unknown>> {
  const paths = listPaths(object[top]).filter((path) => path.length > 0);
  const places = fc.array(fc.tuple(fc.constantFrom(...paths), damage), { minLength: 1, maxLength: 3 });
  return places.map((changes) => {
    const copy = JSON.parse(JSON.stringify(object)) as Record<string, unknown>;
    for (const [path, change] of changes) changeAt(copy[top], path, change);
    return JSON.parse(JSON.stringify(copy)) as Record<string, unknown>;
  });
}

function changeAt(value: unknown, [key, ...rest]: Path, change: (value: unknown) => unknown): void {
  if (typeof value !== 'object' || value === null || key === undefined || !Object.hasOwn(value, key)) return;
  const holder = value as Record<string | number, unknown>;
  if (rest.length > 0) changeAt(holder[key], rest, change);
  else holder[key] = change(holder[key]);
}
