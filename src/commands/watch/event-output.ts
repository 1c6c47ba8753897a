// What has happened to personas, as lines: a log, on a terminal too.
import type { FeedChange } from '../../cluster/follow/feed.ts';
import type { EventItem, OccurrenceItem, ValidationItem } from '../../protocol/items.ts';
import { escapeText } from '../../ui/escape.ts';
import { measureWidth, padEnd } from '../../ui/width.ts';
import { formatTime, type LineOptions } from './change-line.ts';
import type { OutputParts, WatchOutput } from './output.ts';
import { formatItemName, toFirstChanges, type ToDocument } from './view.ts';

/** Those that are there in the order in which they happened, then each as it happens. What expires is no news. */
export function createEventOutput(
  { print, note, now, nothing }: OutputParts,
  options: LineOptions,
): WatchOutput<'events'> {
  const widths = [0, 0, 0];
  const show = ({ item, timestamp }: FeedChange<'events'>) => {
    const cells = [formatItemName(item), typeOf(item), reasonOf(item)].map(escapeText);
    for (const [index, cell] of cells.entries())
      widths[index] = Math.max(widths[index] ?? 0, measureWidth(cell));
    const [name = '', type = '', reason = ''] = cells.map((cell, index) => padEnd(cell, widths[index] ?? 0));
    const shownType = typeOf(item) === 'Normal' ? type : options.palette.warning(type);
    const start = `${timeOf(item, timestamp)}  ${name}  ${shownType}  ${reason}  `;
    const lines = listTexts(item, options).map((text) => escapeText(text).replaceAll('…', options.ellipsis));
    for (const line of lines) print(`${start}${line}\n`);
  };
  return {
    onState: (items) => {
      if (items.length === 0 && nothing !== undefined) note(nothing);
      const changes = toFirstChanges<'events'>(items, new Date(now()).toISOString());
      // Stable: what has no time that can be read keeps its place at the front.
      changes.sort((left, right) => instantOf(left.item) - instantOf(right.item));
      for (const change of changes) show(change);
    },
    onChange: (change) => {
      if (change.eventType !== 'deleted' && isNews(change)) show(change);
    },
    onNotice: note,
    close: () => undefined,
  };
}

/** Everything but what orders states. */
export const toEventDocument: ToDocument<'events'> = ({ resourceVersion: _, ...item }) => item;

const typeOf = (item: EventItem) =>
  item.kind === 'occurrence' ? item.type : item.passed ? 'Normal' : 'Warning';

const reasonOf = (item: EventItem) => (item.kind === 'occurrence' ? item.reason : 'Validation');

const instantOf = ({ at }: EventItem) => Date.parse(at) || 0;

const timeOf = ({ at }: EventItem, timestamp: string) => formatTime(at === '' ? timestamp : at);

function listTexts(item: EventItem, { isWide, ellipsis }: LineOptions): string[] {
  return item.kind === 'occurrence'
    ? [formatOccurrence(item, ellipsis)]
    : [formatValidation(item, isWide), ...(isWide ? item.issues.map(formatIssue) : [])];
}

/** `message ×3`, with an x where the locale has no more than ASCII. */
function formatOccurrence({ message, count }: OccurrenceItem, ellipsis: string): string {
  return count > 1 ? `${message} ${ellipsis === '…' ? '×' : 'x'}${count}` : message;
}

function formatValidation({ passed, issueCount, issues }: ValidationItem, isWide: boolean): string {
  const counted = `${issueCount} issue${issueCount === 1 ? '' : 's'}`;
  const verdict = passed ? 'passed' : 'failed';
  if (issueCount === 0) return verdict;
  const [first] = issues;
  if (isWide || first === undefined) return `${verdict}, ${counted}`;
  return `${verdict}, ${counted}: ${formatIssue(first)}${issueCount > 1 ? ' …' : ''}`;
}

function formatIssue({ severity, rule, message }: ValidationItem['issues'][number]): string {
  return [severity, [rule, message].filter(Boolean).join(': ')].filter(Boolean).join(' ');
}

/** A validation is told again only where it says something else. */
function isNews({ item, previous }: FeedChange<'events'>): boolean {
  if (item.kind !== 'validation' || previous?.kind !== 'validation') return true;
  const tell = ({ passed, issueCount, issues }: ValidationItem) =>
    JSON.stringify([passed, issueCount, issues]);
  return tell(item) !== tell(previous);
}
