// What of the flags of `persona status` goes together with --watch.
import type { ConnectionFlagValues } from '../../connection-flags.ts';
import type { ObjectFormat } from '../../printers/object-format.ts';
import { createUsageError } from '../../usage-error.ts';
import type { WatchRequest } from '../../watch/watch-topic.ts';

/** The flags of `persona status` as a watch takes them. */
export type WatchedStatusFlags = ConnectionFlagValues & WatchRequest<'personas'>['flags'];

/** The format of a watch. @throws DorguError BadFlagValue (usage) for a format that is one document, or with --exit-code */
export function toWatchFormat(
  format: ObjectFormat,
  flags: { 'exit-code': boolean },
): WatchedStatusFlags['output'] {
  const command = 'persona status';
  if (flags['exit-code'])
    throw createUsageError('BadFlagValue', '--exit-code says how it is, --watch never ends', command);
  if (format.kind === 'json') return 'json';
  if (format.kind === 'people') return format.isWide ? 'wide' : undefined;
  throw createUsageError('BadFlagValue', '--watch goes together with -o wide and -o json alone', command);
}
