// Which metrics alerts and the dashboard read.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { configFolder } from './bundle.ts';

const folder = join(configFolder, 'components/monitoring');

/** An alert, as far as tests look. */
export interface Alert {
  alert: string;
  expr: string;
  for: string;
  annotations: { summary: string; description: string; runbook_url: string };
}

/** In the order of the file. */
export function listAlerts(): Alert[] {
  const rule = parse(readFileSync(join(folder, 'alerts.yaml'), 'utf8')) as {
    spec: { groups: { rules: Alert[] }[] };
  };
  return rule.spec.groups.flatMap(({ rules }) => rules);
}

/** Every query of alerts and panels. */
export function listQueries(): string[] {
  const { panels } = JSON.parse(readFileSync(join(folder, 'dashboard.json'), 'utf8')) as {
    panels: { targets?: { expr: string }[] }[];
  };
  return [
    ...listAlerts().map(({ expr }) => expr),
    ...panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
  ];
}

/** Metrics that a query reads, sorted; series of a histogram under its own name. */
export function listMetrics(query: string): string[] {
  const bare = query
    .replaceAll(/\{[^}]*\}/g, '')
    .replaceAll(/\[[^\]]*\]/g, '')
    .replaceAll(/\b(by|on|without) *\([^)]*\)/g, '');
  const names = [...bare.matchAll(/\b([a-z][a-z0-9_]*)\b(?! *\()/g)].map(([, name = '']) => name);
  return [
    ...new Set(
      names.filter((name) => name !== 'and' && name !== 'or').map((name) => name.replace(/_bucket$/, '')),
    ),
  ].sort();
}
