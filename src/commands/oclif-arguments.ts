// Hands scanned arguments to oclif's parser in the one spelling that it reads without surprises, and takes its guard off the values again.
import type { ScannedArguments } from './scan-arguments.ts';

/** Put before a value that oclif would take for one of the command's flags; no argument can contain it. */
const GUARD = '\0';

/** Flags first, each once (the last setting wins, as in pflag), then `--` and the positionals. */
export function toOclifArguments({ flags, positionals }: ScannedArguments): string[] {
  const settings = new Map<string, string[]>();
  for (const { spec, value } of flags) {
    const words = toWords(spec.name, spec.allowNo, value);
    const earlier = spec.isMultiple ? (settings.get(spec.name) ?? []) : [];
    settings.set(spec.name, [...earlier, ...words]);
  }
  return [...[...settings.values()].flat(), '--', ...positionals];
}

function toWords(name: string, allowNo: boolean, value: string | boolean): string[] {
  if (typeof value === 'string') return [`--${name}`, value.startsWith('-') ? GUARD + value : value];
  if (value) return [`--${name}`];
  return allowNo ? [`--no-${name}`] : [];
}

/** The value without its guard; lists value by value, anything else as it is. */
export function withoutGuard(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutGuard);
  return typeof value === 'string' && value.startsWith(GUARD) ? value.slice(GUARD.length) : value;
}
