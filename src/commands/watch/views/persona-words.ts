// The cells and facts of a persona that are put together from several of its fields.
import type { PersonaItem } from '../../../protocol/items.ts';

/** `Ready`, `not Ready (Progressing)`; empty where nobody knows. */
export function formatReady({ ready, reason }: PersonaItem): string {
  if (ready === 'True') return 'Ready';
  if (ready === undefined || ready === '') return '';
  const state = ready === 'False' ? 'not Ready' : `Ready ${ready}`;
  return reason === undefined || reason === '' ? state : `${state} (${reason})`;
}

/** `1E 2W 1I`; empty where there is none. */
export function formatIssues({ issues }: PersonaItem): string {
  if (issues === undefined) return '';
  const counts = [
    [issues.errors, 'E'],
    [issues.warnings, 'W'],
    [issues.infos, 'I'],
  ] as const;
  return counts
    .filter(([count]) => count > 0)
    .map(([count, letter]) => `${count}${letter}`)
    .join(' ');
}

/** `1 error and 2 warnings`; empty where there is none. */
export function formatIssueWords({ issues }: PersonaItem): string {
  if (issues === undefined) return '';
  const counts = [
    [issues.errors, 'error'],
    [issues.warnings, 'warning'],
    [issues.infos, 'info'],
  ] as const;
  return counts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}${count === 1 ? '' : 's'}`)
    .join(' and ');
}

/** `Synced` where all is well, `Synced, Degraded` where its health is not. */
export function formatArgo({ argoCD }: PersonaItem): string {
  if (argoCD === undefined) return '';
  const { sync, health } = argoCD;
  return health === '' || health === 'Healthy' ? sync : [sync, health].filter(Boolean).join(', ');
}
