// One change as one line of text: when, of what, what it was, what it is, and why.
import type { FeedChange } from '../../cluster/follow/feed.ts';
import type { Topic } from '../../protocol/messages.ts';
import { escapeText } from '../../ui/escape.ts';
import type { Palette } from '../../ui/palette.ts';
import { formatItemName, type Fact, type StateView } from './view.ts';

/** How lines look. */
export interface LineOptions {
  isWide: boolean;
  palette: Palette;
  /** Stands for `…` in our own texts. */
  ellipsis: string;
}

/** The parts of a line. */
export interface LineParts {
  /** RFC 3339, in whole seconds. */
  time: string;
  name: string;
  /** Escaped and coloured. */
  text: string;
}

/** What the watch began with: everything that is known. */
export function toStateParts<T extends Topic>(
  { item, timestamp }: FeedChange<T>,
  view: StateView<T>,
  options: LineOptions,
): LineParts {
  const facts = view.facts(item, options.isWide).filter(({ isNothing }) => isNothing !== true);
  return toParts(timestamp, item, [paintFacts(facts, options)], view.why(item), options);
}

/** What has changed alone; undefined where nothing that is shown has. */
export function toChangeParts<T extends Topic>(
  change: FeedChange<T>,
  view: StateView<T>,
  options: LineOptions,
): LineParts | undefined {
  const { eventType, item, previous, timestamp } = change;
  const now = view.facts(item, options.isWide);
  const known = (facts: readonly Fact[]) => facts.filter(({ isNothing }) => isNothing !== true);
  if (eventType === 'deleted')
    return toParts(timestamp, item, [paintFacts(known(now), options), 'deleted'], '', options);
  if (previous === undefined)
    return toParts(timestamp, item, ['created', paintFacts(known(now), options)], view.why(item), options);
  const before = new Map(view.facts(previous, options.isWide).map((fact) => [fact.name, fact]));
  const isNews = ({ name, text }: Fact) => before.get(name)?.text !== text;
  const news = now.filter(isNews);
  if (news.length > 0) {
    const olds = news.map(({ name }) => before.get(name)).filter((fact) => fact !== undefined);
    return toParts(
      timestamp,
      item,
      [paintFacts(olds, { ...options, isPlain: true }), paintFacts(news, options)],
      view.why(item),
      options,
    );
  }
  if (view.why(item) === view.why(previous)) return undefined;
  return toParts(timestamp, item, [paintFacts(known(now).slice(0, 1), options)], view.why(item), options);
}

function toParts(
  timestamp: string,
  item: { name: string; namespace?: string },
  states: readonly string[],
  why: string,
  options: LineOptions,
): LineParts {
  return {
    time: formatTime(timestamp),
    name: escapeText(formatItemName(item)),
    text: [states.filter((state) => state !== '').join(' -> '), clean(why, options)]
      .filter((part) => part !== '')
      .join('  '),
  };
}

function paintFacts(facts: readonly Fact[], options: LineOptions & { isPlain?: boolean }): string {
  return facts
    .map(({ text, tone }) => {
      const shown = clean(text, options);
      return tone === undefined || options.isPlain === true ? shown : options.palette[tone](shown);
    })
    .join(', ');
}

const clean = (text: string, { ellipsis }: LineOptions) => escapeText(text).replaceAll('…', ellipsis);

/** In whole seconds and UTC, as kubectl writes times; what is no time stays out of the way. */
export function formatTime(timestamp: string): string {
  const ms = Date.parse(timestamp);
  return Number.isNaN(ms) ? '-' : new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
