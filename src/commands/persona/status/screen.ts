// The screen of `persona status`: what a person should know of one persona, abnormal things in colour, absent things not at all.
import type { PersonaReport } from '../../../cluster/inspect-persona.ts';
import type { ApplicationPersonaStatus } from '../../../api/personas.ts';
import { listAdvice } from './advice-section.ts';
import { listCauses } from './cause-section.ts';
import { listIssues } from './issue-section.ts';
import { listJudgementRows } from './judgement-rows.ts';
import type { Screen, Section, Tone } from './screen-model.ts';
import { listOperatorRows } from './operator-rows.ts';
import { listWorkloadRows } from './workload-rows.ts';

/** How much to show, and as of when. */
export interface ScreenOptions {
  now: Date;
  /** Also owners, further images, fields of findings that have a suggestion, and every finding. */
  isWide: boolean;
}

const TONES: Record<NonNullable<ApplicationPersonaStatus['phase']>, Tone> = {
  Failed: 'failing',
  Degraded: 'warning',
  Pending: 'warning',
  Active: undefined,
};

/** Pure: the same report at the same time gives the same screen. */
export function toScreen(report: PersonaReport, options: ScreenOptions): Screen {
  const { persona, status } = report;
  const { metadata } = persona;
  const phase = status.phase ?? 'Unknown';
  const isEnding = metadata.deletionTimestamp !== undefined;
  return {
    title: formatTitle(report),
    state: isEnding ? `${phase}, being deleted` : phase,
    tone: isEnding || status.phase === undefined ? 'warning' : TONES[status.phase],
    rows: [
      ...listJudgementRows(report, options),
      ...listWorkloadRows(report, options),
      ...listOperatorRows(status, options),
      ...(options.isWide ? listOwnerRows(report) : []),
    ],
    sections: [
      ...listCauses(report),
      listIssues(status.validation, options),
      listAdvice(report, options),
    ].filter((section): section is Section => section !== undefined),
  };
}

function formatTitle({ persona: { metadata, spec } }: PersonaReport): string {
  const name = spec.name === metadata.name ? metadata.name : `${metadata.name} (application ${spec.name})`;
  return `${name} in ${metadata.namespace ?? ''}: ${[spec.type, spec.tier].filter(Boolean).join(', ')}`;
}

function listOwnerRows({ persona }: PersonaReport): Screen['rows'] {
  const { team, owner, oncall, runbook } = persona.spec.ownership ?? {};
  const parts = [team, owner, oncall === undefined ? undefined : `on call ${oncall}`];
  const main = parts.filter((part) => part !== undefined && part !== '').join(', ');
  return main === '' && runbook === undefined ? [] : [{ label: 'Owner', main, side: runbook }];
}
