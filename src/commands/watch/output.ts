// What the outputs of a watch have in common, and the two that append: lines for people, JSON lines for programs.
import type { FeedListener } from '../../cluster/follow/feed.ts';
import type { Topic } from '../../protocol/messages.ts';
import { formatJsonLine } from '../../ui/structured.ts';
import { padEnd, measureWidth } from '../../ui/width.ts';
import { toChangeParts, toStateParts, type LineOptions, type LineParts } from './change-line.ts';
import { toFirstChanges, type StateView, type ToDocument } from './view.ts';

/** Shows what a feed tells. */
export interface WatchOutput<T extends Topic> extends FeedListener<T> {
  /** After the end, however it came: a terminal is given back. */
  close(): void;
}

/** Where an output writes, and when it is. */
export interface OutputParts {
  /** Data, to stdout. */
  print: (text: string) => void;
  /** A line for stderr, without its end. */
  note: (text: string) => void;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** What to say where there is nothing to show; undefined for silence. */
  nothing: string | undefined;
}

/** One object a line: the state as `created`, then each change. */
export function createJsonOutput<T extends Topic>(
  { print, note, now, nothing }: OutputParts,
  toDocument: ToDocument<T>,
): WatchOutput<T> {
  const show: WatchOutput<T>['onChange'] = ({ timestamp, eventType, item }) =>
    print(formatJsonLine({ timestamp, eventType, ...toDocument(item) }));
  return {
    onState: (items) => {
      if (items.length === 0 && nothing !== undefined) note(nothing);
      for (const change of toFirstChanges<T>(items, new Date(now()).toISOString())) show(change);
    },
    onChange: show,
    onNotice: note,
    close: () => undefined,
  };
}

/** A line for everything that is there, then one for each change of what is shown. */
export function createLineOutput<T extends Topic>(
  { print, note, now, nothing }: OutputParts,
  view: StateView<T>,
  options: LineOptions,
): WatchOutput<T> {
  let nameWidth = 0;
  const format = ({ time, name, text }: LineParts) => {
    nameWidth = Math.max(nameWidth, measureWidth(name));
    return `${time}  ${padEnd(name, nameWidth)}  ${text}\n`;
  };
  return {
    onState: (items) => {
      if (items.length === 0 && nothing !== undefined) note(nothing);
      const lines = toFirstChanges<T>(items, new Date(now()).toISOString()).map((change) =>
        toStateParts(change, view, options),
      );
      for (const { name } of lines) nameWidth = Math.max(nameWidth, measureWidth(name));
      for (const parts of lines) print(format(parts));
    },
    onChange: (change) => {
      const parts = toChangeParts(change, view, options);
      if (parts !== undefined) print(format(parts));
    },
    onNotice: note,
    close: () => undefined,
  };
}
