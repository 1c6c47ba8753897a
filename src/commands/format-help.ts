// The text of `-h`: what the command does, how it is called, its flags; made to fit 24 lines of 80 columns.
import type { ArgInput, FlagInput } from '@oclif/core/interfaces';
import { padEnd } from '../ui/width.ts';
import type { CommandShape } from './flag-spec.ts';
import { product } from './product.ts';

type Flag = FlagInput[string];

/** What `help COMMAND --examples` prints, one command line each. */
export interface Example {
  command: string;
  description: string;
}

/** Help of one command, ending with a line break. */
export function formatHelp(shape: Omit<CommandShape, 'baseFlags'>): string {
  const rows = toFlagRows(shape.flags);
  return [
    shape.summary ?? '',
    '',
    `Usage: ${formatUsage(shape)}`,
    ...formatRows(rows),
    `More: ${product.command} help ${shape.id} --examples, ${product.command} options`,
    '',
  ].join('\n');
}

/** `kubectl dorgu generate [PATH] [flags]`. */
export function formatUsage({ id, args, flags }: Pick<CommandShape, 'id' | 'args' | 'flags'>): string {
  const hasFlags = Object.values(flags).some((flag) => flag.hidden !== true);
  const words = [...Object.values(formatArgs(args)), ...(hasFlags ? ['[flags]'] : [])];
  return [product.command, ...(id === '' ? [] : [id]), ...words].join(' ');
}

function formatArgs(args: ArgInput): string[] {
  return Object.entries(args).map(([name, arg]) => {
    const word = `${name.toUpperCase()}${arg.multiple === true ? '...' : ''}`;
    return arg.required === true ? word : `[${word}]`;
  });
}

/** One line a flag. Flags that share a helpGroup share a line, and the group is its text. */
export function toFlagRows(flags: FlagInput): [label: string, text: string][] {
  const rows: [string, string][] = [];
  const grouped = new Set<string>();
  for (const [name, flag] of Object.entries(flags)) {
    const group = flag.helpGroup;
    if (flag.hidden === true || (group !== undefined && grouped.has(group))) continue;
    if (group === undefined) {
      rows.push([formatLabel(name, flag), flag.summary ?? '']);
      continue;
    }
    grouped.add(group);
    const members = Object.entries(flags).filter(([, other]) => other.helpGroup === group);
    const [first = '', ...others] = members.map(([member, other]) => formatLabel(member, other));
    rows.push([[first, ...others.map((label) => label.trim())].join(', '), group]);
  }
  return rows;
}

const WIDEST_LABEL = 26;

/** Two columns, aligned, indented by two spaces; nothing before the first row where there are none. */
export function formatRows(rows: readonly (readonly [string, string])[]): string[] {
  if (rows.length === 0) return [''];
  // A label that several flags share may be longer than the column: its text then follows where it ends.
  const widths = rows.map(([label]) => label.length).filter((length) => length <= WIDEST_LABEL);
  const width = Math.max(0, ...widths);
  return ['', ...rows.map(([label, text]) => `  ${padEnd(label, width)}  ${text}`.trimEnd()), ''];
}

function formatLabel(name: string, flag: Flag): string {
  const char = flag.char === undefined ? '    ' : `-${flag.char}, `;
  const value = flag.type === 'option' ? ` ${String(flag.helpValue ?? 'VALUE')}` : '';
  return `${char}--${name}${value}`;
}
