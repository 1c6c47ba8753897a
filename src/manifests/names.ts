// Names that Kubernetes takes, made from whatever the source calls a thing.
import { createHash } from 'node:crypto';

/** Longest DNS label, and so the longest name of a Service or value of a label. */
export const maxLabelLength = 63;

/** Longest name of a CronJob, whose Jobs' names append eleven characters, and of a StatefulSet, whose pods have it in a label with a hash. */
export const maxShortNameLength = 52;

const transliterations: readonly (readonly [RegExp, string])[] = [
  [/[äæ]/g, 'ae'],
  [/[öœ]/g, 'oe'],
  [/ü/g, 'ue'],
  [/ß/g, 'ss'],
  [/ø/g, 'o'],
  [/ł/g, 'l'],
  [/đ|ð/g, 'd'],
  [/þ/g, 'th'],
];

/** Lower-case ASCII for what has one: `Über` is `ueber`, `Café` is `cafe`. The rest is left for the caller to replace. */
function toAscii(text: string): string {
  let result = text.normalize('NFC').toLowerCase();
  for (const [pattern, replacement] of transliterations) result = result.replace(pattern, replacement);
  return result.normalize('NFKD').replace(/\p{Mark}/gu, '');
}

/**
 * A DNS-1035 label (letter first, at most `maxLength` characters), fit for every kind of object. Longer names are cut and
 * get six hex digits of their whole text, so that two of them stay apart. What has no usable character is called `app`.
 */
export function toDnsName(text: string, maxLength = maxLabelLength): string {
  const label = toAscii(text.slice(0, 1000))
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  if (label === '') return 'app';
  const name = /^[a-z]/.test(label) ? label : `app-${label}`;
  if (name.length <= maxLength) return name;
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 6);
  return `${name.slice(0, maxLength - 7).replace(/-$/, '')}-${hash}`;
}

/** Names in the order given, each different: a taken one gets `-2`, `-3` … */
export function toUniqueNames(
  texts: readonly { text: string; maxLength?: number }[],
  taken: Iterable<string> = [],
): string[] {
  const seen = new Set(taken);
  return texts.map(({ text, maxLength = maxLabelLength }) => {
    const wanted = toDnsName(text, maxLength);
    let name = wanted;
    for (let count = 2; seen.has(name); count += 1) {
      const suffix = `-${count}`;
      name = wanted.slice(0, maxLength - suffix.length).replace(/-$/, '') + suffix;
    }
    seen.add(name);
    return name;
  });
}

/** A port name: at most 15 of a-z, 0-9 and single dashes, at least one letter; undefined where nothing is left. */
export function toPortName(text: string): string | undefined {
  const name = toAscii(text.slice(0, 100))
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 15)
    .replace(/^-|-$/g, '');
  return /[a-z]/.test(name) ? name : undefined;
}

/** Whether a variable of this name can be set in a container and stand in a ConfigMap or Secret. */
export function isVariableName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_.-]{0,252}$/.test(name);
}

/** A tag that registries take; `latest` and nothing give undefined, because neither says what runs. */
export function toImageTag(version: string): string | undefined {
  const tag = version
    .slice(0, 128)
    .replace(/[^A-Za-z0-9_.-]+/g, '-')
    .replace(/^[.-]+/, '');
  return tag === '' || tag.toLowerCase() === 'latest' ? undefined : tag;
}
