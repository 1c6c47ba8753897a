// What /metrics says about watches, read from their health when it is asked for.
import { Counter, Gauge, type Registry } from 'prom-client';
import type { WatchHealth } from '../../../src/kube/watch/reflector.ts';

/** A watch by its name. */
export interface WatchSource {
  name: string;
  health(): WatchHealth;
}

/** A registry knows each name once: who shows watches there as well joins those who do. */
const listsOf = new WeakMap<Registry, (() => readonly WatchSource[])[]>();

/** Shows `list()`'s watches under dorgu_watch_*, beside those that are shown there already. */
export function registerWatchMetrics(registry: Registry, list: () => readonly WatchSource[]): void {
  const known = listsOf.get(registry);
  if (known !== undefined) {
    known.push(list);
    return;
  }
  const lists = [list];
  listsOf.set(registry, lists);
  register(registry, () => lists.flatMap((each) => each()));
}

function register(registry: Registry, list: () => readonly WatchSource[]): void {
  const gauge = (name: string, help: string, read: (health: WatchHealth) => number | undefined): void => {
    const shown: Gauge<'watch'> = new Gauge({
      name,
      help,
      labelNames: ['watch'],
      registers: [registry],
      collect: () => {
        shown.reset();
        for (const source of list()) {
          const value = read(source.health());
          if (value !== undefined) shown.set({ watch: source.name }, value);
        }
      },
    });
  };
  gauge('dorgu_watch_objects', 'Objects held', ({ objects }) => objects);
  gauge('dorgu_watch_synced', 'Whether the first list is in', ({ isSynced }) => Number(isSynced));
  gauge('dorgu_watch_failing', 'Whether nothing comes at the moment', ({ failure }) =>
    Number(failure !== undefined),
  );
  gauge('dorgu_watch_last_byte_timestamp_seconds', 'When anything came last', ({ lastByteAtMs }) =>
    lastByteAtMs === undefined ? undefined : lastByteAtMs / 1000,
  );
  gauge('dorgu_watch_last_event_timestamp_seconds', 'When an event came last', ({ lastEventAtMs }) =>
    lastEventAtMs === undefined ? undefined : lastEventAtMs / 1000,
  );
  registerCounters(registry, list);
}

function registerCounters(registry: Registry, list: () => readonly WatchSource[]): void {
  const registers = [registry];
  const byReason = (
    name: string,
    help: string,
    read: (health: WatchHealth) => ReadonlyMap<string, number>,
  ) => {
    const shown: Counter<'watch' | 'reason'> = new Counter({
      name,
      help,
      labelNames: ['watch', 'reason'],
      registers,
      collect: () => {
        shown.reset();
        for (const source of list())
          for (const [reason, count] of read(source.health()))
            shown.inc({ watch: source.name, reason }, count);
      },
    });
  };
  byReason('dorgu_watch_restarts_total', 'Streams ended, by reason', ({ restarts }) => restarts);
  byReason('dorgu_watch_relists_total', 'Whole lists after the first, by reason', ({ relists }) => relists);
  const skipped: Counter<'watch'> = new Counter({
    name: 'dorgu_watch_skipped_total',
    help: 'Events that could not be read',
    labelNames: ['watch'],
    registers,
    collect: () => {
      skipped.reset();
      for (const source of list()) skipped.inc({ watch: source.name }, source.health().skipped);
    },
  });
}
