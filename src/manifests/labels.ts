// The labels of every generated object, and which of them select pods.
import { compareText } from '../api/compare-text.ts';

/** Label keys and values. */
export type Labels = Record<string, string>;

/** What the labels of a component are made of; names are DNS-safe. */
export interface LabelSource {
  name: string;
  partOf: string;
  version: string;
  role: string;
  extra: Readonly<Labels>;
}

const prefix = 'app.kubernetes.io/';

/** Keys that settings cannot change: selectors and the persona's matching depend on them. */
const reservedKeys = new Set([`${prefix}name`, `${prefix}instance`]);

/** A label value (63 of A-Z, a-z, 0-9, `-_.`, alphanumeric ends) made from free text; undefined where nothing is left. */
export function toLabelValue(text: string): string | undefined {
  const value = text
    .slice(0, 1000)
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^A-Za-z0-9_.-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 63)
    .replace(/[^A-Za-z0-9]+$/, '');
  return value === '' ? undefined : value;
}

/** Whether Kubernetes takes the key: an optional DNS subdomain and a slash, then 63 characters. */
export function isLabelKey(key: string): boolean {
  const slash = key.lastIndexOf('/');
  const domain = slash === -1 ? undefined : key.slice(0, slash);
  if (!/^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/.test(key.slice(slash + 1))) return false;
  return domain === undefined || isDnsSubdomain(domain);
}

/** Whether the text is a DNS-1123 subdomain of at most 253 characters. */
export function isDnsSubdomain(text: string): boolean {
  return (
    text.length <= 253 && text.split('.').every((part) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(part))
  );
}

/** The two labels that never change: what Deployments, Services and budgets select by. */
export function selectorLabels(name: string): Labels {
  return { [`${prefix}name`]: name, [`${prefix}instance`]: name };
}

/** The one label that a NetworkPolicy selects pods by. */
export function instanceLabel(name: string): Labels {
  return { [`${prefix}instance`]: name };
}

/** All labels of a component's objects, sorted by key. */
export function componentLabels({ name, partOf, version, role, extra }: LabelSource): Labels {
  return sortedLabels([
    ...Object.entries({
      ...selectorLabels(name),
      [`${prefix}version`]: version,
      [`${prefix}component`]: role,
      [`${prefix}part-of`]: partOf,
      [`${prefix}managed-by`]: 'dorgu',
    }),
    ...Object.entries(extra).filter(([key]) => isLabelKey(key) && !reservedKeys.has(key)),
  ]);
}

/** Labels of what belongs to the whole application. */
export function applicationLabels(name: string): Labels {
  return sortedLabels([
    [`${prefix}part-of`, name],
    [`${prefix}managed-by`, 'dorgu'],
  ]);
}

/** Entries as a map sorted by key, later ones winning, values made valid. */
function sortedLabels(entries: readonly (readonly [string, string])[]): Labels {
  const valid = new Map<string, string>();
  for (const [key, text] of entries) {
    const value = toLabelValue(text);
    if (value !== undefined) valid.set(key, value);
  }
  return sortedRecord(valid);
}

/** A map as a plain object, sorted by key; safe for any key. */
export function sortedRecord(entries: Iterable<readonly [string, string]>): Record<string, string> {
  return Object.fromEntries([...entries].sort(([left], [right]) => compareText(left, right)));
}
