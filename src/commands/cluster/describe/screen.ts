// The screen of `cluster describe`: one page, abnormal things in colour, absent things not at all.
import type { ClusterPersonaStatus } from '../../../api/personas.ts';
import type { ClusterDescription } from '../../../cluster/discover-description.ts';
import type { Symbols } from '../../../ui/symbols.ts';
import { measureWidth, padEnd } from '../../../ui/width.ts';
import { cleanText, colourText, foldText, placeUnder } from '../../persona/status/place-text.ts';
import { TEXT_COLUMN, type Row, type Tone, type Window } from '../../persona/status/screen-model.ts';
import { formatAddonTable } from './addon-table.ts';
import { formatResourceTable } from './resource-table.ts';
import { listApplicationRows } from './application-rows.ts';
import { listClusterRows } from './cluster-rows.ts';

/** Where the phase stands in the first line, where there is room. */
const stateColumn = 65;

const tones: Record<NonNullable<ClusterPersonaStatus['phase']>, Tone> = {
  Ready: undefined,
  Degraded: 'warning',
  Discovering: 'warning',
  Unknown: 'warning',
};

/** What the screen is made with. `fallbackName` names a cluster without a ClusterPersona. */
export interface DescribeOptions {
  now: Date;
  window: Window;
  symbols: Symbols;
  fallbackName: string;
}

/** Lines, without line breaks. Pure: the same description at the same time gives the same screen. */
export function formatDescription(description: ClusterDescription, options: DescribeOptions): string[] {
  const { window, symbols, now } = options;
  const parts = [
    formatTitle(description, options),
    formatRows(listClusterRows(description, now), window),
    formatAddonTable(description.addons, window),
    formatRows(listApplicationRows(description), window),
  ];
  parts[1]?.push(...formatResourceTable(description.status, window, symbols));
  return parts
    .filter((lines) => lines.length > 0)
    .flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

/** `production-eu: production`, and the phase. */
export function formatTitle(
  { persona, status }: Pick<ClusterDescription, 'persona' | 'status'>,
  { window, fallbackName }: Pick<DescribeOptions, 'window' | 'fallbackName'>,
): string[] {
  const environment = persona === undefined ? '' : `: ${persona.spec.environment ?? 'development'}`;
  const title = cleanText(`${persona?.metadata.name ?? fallbackName}${environment}`, window);
  const phase = status.phase ?? 'Unknown';
  const state = colourText(phase, tones[phase], window);
  const column = Math.max(measureWidth(title) + 2, Math.min(stateColumn, window.width - phase.length));
  return column + phase.length <= window.width
    ? [padEnd(title, column) + state]
    : [...foldText('', title, window), state];
}

/** The label, the text, and to the right or below it what to type. */
export function formatRows(rows: readonly Row[], window: Window): string[] {
  return rows.flatMap(({ label, main, tone, side }) => {
    const start = padEnd(label, TEXT_COLUMN);
    const text = cleanText(main, window);
    const lines = foldText(start, text, window, tone);
    if (side === undefined) return lines;
    const width = measureWidth(start) + measureWidth(text) + 4 + measureWidth(side);
    if (lines.length === 1 && width <= window.width) return [`${lines[0] ?? ''}    ${side}`];
    return [...lines, placeUnder(side, TEXT_COLUMN, window)];
  });
}
