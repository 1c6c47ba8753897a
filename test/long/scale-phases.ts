// The phases of the scale test: until all is decided, while nothing happens, and while Deployments change.
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KubeClient } from '../../src/kube/client.ts';
import { waitUntil } from '../cluster/wait-until.ts';
import { toMegabytes, type Figure } from './figures.ts';
import { measureChanges, quantile, type Latency } from './latency.ts';
import type { OperatorProcess } from './operator-process.ts';
import type { PersonaEvents } from './persona-events.ts';
import { churnPods } from './pods.ts';
import { readMemory } from './process-memory.ts';
import { countLists, countWrites, type RequestCounts, type Span } from './request-counts.ts';

/** What a run consists of while it lasts. */
export interface Run {
  client: KubeClient;
  events: PersonaEvents;
  operator: OperatorProcess;
  /** How many. */
  personas: number;
  signal: AbortSignal;
  report: (line: string) => void;
  /** Added to by the phases. */
  figures: Figure[];
}

/** As the design has them. */
const targets = {
  settledMb: 130,
  peakMb: 160,
  p99Ms: (personas: number) => (personas <= 1000 ? 75 : 250),
};

/** Until each persona has its status, and nothing has been told of any for five seconds. */
export async function awaitStatuses({ events, operator, personas, figures, signal }: Run): Promise<void> {
  const areAllDecided = (): true | undefined => {
    const death = operator.death();
    if (death !== undefined) throw new Error(death);
    return events.decided.size === personas || undefined;
  };
  await waitUntil('the status of each persona', areAllDecided, { timeoutMs: 900_000, signal });
  const seconds = (events.lastEventAt - operator.startedAt) / 1000;
  figures.push({
    what: `all ${personas} statuses, from the start of the process`,
    value: seconds,
    unit: 's',
  });
  const isSilent = (): true | undefined => performance.now() - events.lastEventAt > 5000 || undefined;
  await waitUntil('silence', isSilent, { timeoutMs: 120_000, signal });
}

/** Reads memory while nothing happens. Returns when that was. */
export async function stayQuiet(run: Run, minutes: number): Promise<Span> {
  const { events, operator, figures, signal, report } = run;
  const from = Date.now();
  const eventsBefore = events.eventCount;
  const resident: number[] = [];
  while (Date.now() < from + minutes * 60_000) {
    await sleep(Math.min(5000, minutes * 6000), undefined, { signal });
    resident.push((await readMemory(operator.pid)).residentBytes);
  }
  report(`RSS every 5 s in MB: ${resident.map((bytes) => toMegabytes(bytes).toFixed(0)).join(' ')}`);
  const settled = quantile(resident.slice(Math.floor(resident.length / 2)), 0.5);
  figures.push({
    what: 'RSS settled: median of the second half of the quiet minutes',
    value: toMegabytes(settled),
    unit: 'MB',
    target: targets.settledMb,
  });
  await readPeak(run, 'until then');
  figures.push({
    what: `events of personas in ${minutes} quiet minutes`,
    value: events.eventCount - eventsBefore,
    unit: '',
    target: 0,
  });
  return { from, until: Date.now() };
}

/** The most memory that it has held so far. */
export async function readPeak({ operator, figures }: Run, when: string): Promise<void> {
  const { peakBytes } = await readMemory(operator.pid);
  const value = toMegabytes(peakBytes);
  figures.push({ what: `RSS at its peak, ${when}`, value, unit: 'MB', target: targets.peakMb });
}

/** Changes one after the other, then as many at once. */
export async function measureLatencies(
  { client, events, personas, figures, report }: Run,
  { count, width }: { count: number; width: number },
): Promise<void> {
  if (count * 2 > personas) throw new Error(`${count} changes, twice, need ${count * 2} personas`);
  const runs = [
    { how: 'one after the other', first: 0, count, width: 1 },
    { how: `${width} at once`, first: count, count, width },
  ];
  for (const { how, ...run } of runs) {
    const began = performance.now();
    const latencies = await measureChanges(client, events, run);
    const seconds = (performance.now() - began) / 1000;
    const load = loadavg()[0]?.toFixed(1);
    report(`${count} changes ${how} in ${seconds.toFixed(1)} s, load average ${load}`);
    figures.push(...toLatencyFigures(`change to status, ${how}`, latencies, targets.p99Ms(personas)));
  }
}

const churnShare = 0.01;

/** Changes Deployments that no phase has changed, one after the other, while pods fall ill and get well. */
export async function measureChurn(
  run: Run,
  { pods, count }: { pods: number; count: number },
): Promise<void> {
  const { client, events, operator, personas, figures, report } = run;
  if (count * 3 > personas) throw new Error(`${count} changes, three times, need ${count * 3} personas`);
  const ending = new AbortController();
  const churn = { pods, deployments: personas, from: count * 3, share: churnShare };
  const churning = churnPods(client, churn, ending.signal);
  const eventsBefore = events.eventCount;
  const { residentBytes } = await readMemory(operator.pid);
  let latencies: Latency[];
  try {
    latencies = await measureChanges(client, events, { first: count * 2, count, width: 1 });
    await sleep(30_000, undefined, { signal: run.signal });
  } finally {
    ending.abort();
  }
  const { changes, perSecond } = await churning;
  report(`${changes} changes of ${pods} pods, ${perSecond.toFixed(0)} a second`);
  figures.push(
    { what: `pods of ${pods} that change a second`, value: Math.round(perSecond), unit: '' },
    { what: 'events of personas meanwhile', value: events.eventCount - eventsBefore, unit: '' },
    { what: 'RSS before the churn', value: toMegabytes(residentBytes), unit: 'MB' },
  );
  const target = targets.p99Ms(personas);
  figures.push(...toLatencyFigures('change to status, in the churn', latencies, target));
  await readPeak(run, 'with the churn');
}

function toLatencyFigures(what: string, latencies: readonly Latency[], target: number): Figure[] {
  // The watch may be faster than the answer.
  const answered = latencies.map(({ fromAnswerMs }) => Math.max(0, fromAnswerMs));
  const sent = latencies.map(({ fromSendingMs }) => fromSendingMs);
  const unit = 'ms';
  return [
    { what: `${what}, from the answer: p50`, value: quantile(answered, 0.5), unit },
    { what: `${what}, from the answer: p99`, value: quantile(answered, 0.99), unit, target },
    { what: `${what}, from the sending: p50`, value: quantile(sent, 0.5), unit },
    { what: `${what}, from the sending: p99`, value: quantile(sent, 0.99), unit },
  ];
}

/** What the API server was asked while nothing happened, and before. */
export function toRequestFigures(quiet: RequestCounts, starting: RequestCounts): Figure[] {
  const listed = (counts: RequestCounts, when: string): Figure[] =>
    [...counts].map(([what, value]) => ({ what: `  ${what} ${when}`, value, unit: '' }));
  return [
    {
      what: 'writes in the quiet minutes, the Lease left out',
      value: countWrites(quiet),
      unit: '',
      target: 0,
    },
    { what: 'lists in the quiet minutes', value: countLists(quiet), unit: '', target: 0 },
    ...listed(quiet, 'in the quiet minutes'),
    ...listed(starting, 'until then'),
  ];
}
