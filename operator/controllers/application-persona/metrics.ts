// What /metrics tells of personas: phases, findings and status writes, kept up as personas are judged.
import { Counter, Gauge } from 'prom-client';
import { isCounted } from '../../../src/rules/judge.ts';
import type { JudgedWorkload } from '../../../src/status/judge-application.ts';
import type { Metrics } from '../../manager/metrics.ts';

/** What is counted of one persona. */
export interface Counted {
  namespace: string;
  team: string;
  phase: string;
  workloads: readonly JudgedWorkload[];
}

/** How a status write ended; `stale`: the object had changed meanwhile. */
export type WriteOutcome = 'written' | 'stale' | 'gone' | 'refused' | 'failed';

/** Keeps the figures. */
export interface PersonaMetrics {
  /** What holds for the persona now, in place of what held before. */
  count(key: string, counted: Counted): void;
  forget(key: string): void;
  countWrite(outcome: WriteOutcome): void;
}

/** Namespaces, teams and rules multiply: beyond so many series those that are new share one a rule. */
const maxSeries = 5000;
const others = 'other';

interface Series {
  labels: { namespace: string; team: string; rule: string; severity: string };
  count: number;
}

interface Contribution {
  phase: string;
  series: readonly Series[];
}

/** The metrics of the controller. `isShown`: followers show nothing, so that a sum over replicas is right. */
export function createPersonaMetrics({ registry }: Metrics, isShown: () => boolean): PersonaMetrics {
  const byPersona = new Map<string, Contribution>();
  const series = new Map<string, Series>();
  const phases = new Map<string, number>();
  const writes = new Counter({
    name: 'dorgu_status_writes_total',
    help: 'Status writes by kind and how they ended.',
    labelNames: ['kind', 'outcome'],
    registers: [registry],
  });
  new Gauge({
    name: 'dorgu_findings',
    help: 'Findings that count, by namespace, team, rule and severity.',
    labelNames: ['namespace', 'team', 'rule', 'severity'],
    registers: [registry],
    collect() {
      this.reset();
      if (isShown()) for (const { labels, count } of series.values()) this.set(labels, count);
    },
  });
  new Gauge({
    name: 'dorgu_personas',
    help: 'Personas by phase.',
    labelNames: ['phase'],
    registers: [registry],
    collect() {
      this.reset();
      if (isShown()) for (const [phase, count] of phases) this.set({ phase }, count);
    },
  });
  const forget = (key: string) => {
    const before = byPersona.get(key);
    if (before === undefined) return;
    byPersona.delete(key);
    phases.set(before.phase, (phases.get(before.phase) ?? 1) - 1);
    for (const one of before.series) {
      one.count -= 1;
      if (one.count === 0) series.delete(keyOf(one.labels));
    }
  };
  return {
    count(key, counted) {
      forget(key);
      const added = listSeries(counted).map((labels) => addTo(series, labels));
      byPersona.set(key, { phase: counted.phase, series: added });
      phases.set(counted.phase, (phases.get(counted.phase) ?? 0) + 1);
    },
    forget,
    countWrite: (outcome) => writes.inc({ kind: 'ApplicationPersona', outcome }),
  };
}

function listSeries({ namespace, team, workloads }: Counted): Series['labels'][] {
  const findings = workloads.flatMap((workload) => workload.findings).filter(isCounted);
  return findings.map(({ rule, severity }) => ({ namespace, team, rule, severity }));
}

function addTo(series: Map<string, Series>, wanted: Series['labels']): Series {
  const isKnown = series.has(keyOf(wanted));
  const labels = isKnown || series.size < maxSeries ? wanted : { ...wanted, namespace: others, team: others };
  const found = series.get(keyOf(labels)) ?? { labels, count: 0 };
  found.count += 1;
  series.set(keyOf(labels), found);
  return found;
}

function keyOf({ namespace, team, rule, severity }: Series['labels']): string {
  return JSON.stringify([namespace, team, rule, severity]);
}
