// On what a watch is shown: a live table on a terminal that can, lines elsewhere, JSON for programs.
import type { Topic } from '../../protocol/messages.ts';
import type { ColourMode } from '../../ui/colour.ts';
import { processClock } from '../../ui/live/pacer.ts';
import { createPalette } from '../../ui/palette.ts';
import { createSymbols } from '../../ui/symbols.ts';
import { isColoured, type Invocation } from '../invocation.ts';
import type { LineOptions } from './change-line.ts';
import { createJsonOutput, createLineOutput, type OutputParts, type WatchOutput } from './output.ts';
import { createTableOutput } from './table-output.ts';
import type { StateView, ToDocument } from './view.ts';

/** How a topic is shown: what has a state as a table, what happens as a log. */
export type TopicShow<T extends Topic> = { toDocument: ToDocument<T> } & (
  { view: StateView<T> } | { createLog: (parts: OutputParts, options: LineOptions) => WatchOutput<T> }
);

/** What the command line asks for. */
export interface OutputChoice {
  format: 'wide' | 'json' | undefined;
  hasNamespace: boolean;
  color: ColourMode | undefined;
}

/** Whether a terminal shows what is printed, and does what it is told. */
export function isLiveTerminal({ stdout, env }: Pick<Invocation, 'stdout' | 'env'>): boolean {
  const term = env['TERM'] ?? '';
  return stdout.isTTY === true && term !== 'dumb' && (term !== '' || process.platform === 'win32');
}

/** An output that has not written anything yet. `onQuit`: a person at the terminal wants the end. */
export function createOutput<T extends Topic>(
  show: TopicShow<T>,
  { format, hasNamespace, color }: OutputChoice,
  { invocation, onQuit, ...parts }: OutputParts & { invocation: Invocation; onQuit: () => void },
): WatchOutput<T> {
  if (format === 'json') return createJsonOutput(parts, show.toDocument);
  const { stdout, stderr, stdin, env } = invocation;
  const isWide = format === 'wide';
  const palette = createPalette(isColoured(stdout, env, color));
  const { ellipsis } = createSymbols(env, process.platform);
  if (!('view' in show)) return show.createLog(parts, { isWide, palette, ellipsis });
  if (!isLiveTerminal(invocation)) return createLineOutput(parts, show.view, { isWide, palette, ellipsis });
  return createTableOutput(show.view, {
    ...parts,
    terminal: { output: stdout, input: stdin, process },
    clock: processClock,
    choice: { hasNamespace, isWide },
    palette,
    ellipsis,
    isNoteShown: stderr.isTTY === true,
    onQuit,
  });
}
