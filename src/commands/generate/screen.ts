// The screen of generate around its table: how long it took, what was written, what a person has to decide, what comes next.
import type { GenerationPlan } from '../../generation/plan.ts';
import type { FileStatus } from '../../output/plan-files.ts';
import { escapeText } from '../../ui/escape.ts';
import { measureWidth, padEnd } from '../../ui/width.ts';
import { quoteWord } from '../shell-word.ts';
import { countFiles, formatFiles } from './file-list.ts';
import { formatWarnings } from './warnings.ts';

/** More notes than this are a list for another command. */
const MAX_NOTES = 8;

/** What the screen shows of a plan. */
export type PlanView = Pick<GenerationPlan, 'application' | 'files' | 'decisions' | 'findings' | 'next'> & {
  outputDir: string;
  /** The application's folder as a person typed it. */
  path: string;
};

/** `shop: 2 components in 31 files (0.2 s)`. */
export function formatHeadline({ application }: Pick<PlanView, 'application'>, elapsedMs: number): string {
  const { name, components, fileCount } = application;
  const parts = `${count(components.length, 'component')} in ${count(fileCount, 'file')}`;
  return `${escapeText(name)}: ${parts} (${(elapsedMs / 1000).toFixed(1)} s)`;
}

/** Below the table; lines. `isWritten` false is a dry run. */
export function formatOutcome(view: PlanView, isWritten: boolean, width: number): string[] {
  const { files, decisions, path, outputDir } = view;
  const folder = path === '.' ? outputDir : `${path.replace(/\/+$/, '')}/${outputDir}`;
  return [
    `${isWritten ? 'Written to' : 'Would be written to'} ${escapeText(folder)}: ${countFiles(files)}`,
    ...formatFiles(files, outputDir, width),
    ...files.flatMap(formatEdit),
    ...formatNotes(view),
    ...formatWarnings(view.findings, path, width),
    ...(decisions.length === 0 ? [] : ['', 'To decide', ...formatDecisions(decisions, width)]),
    '',
    ...formatNext(view),
  ];
}

/** What became of a person's edits; of a file as it was before the run. */
export function formatEdit({ path, status }: PlanView['files'][number]): string[] {
  const what = EDITS[status];
  return what === undefined ? [] : [`  ${escapeText(path)} ${what}`];
}

const EDITS: { readonly [S in FileStatus]?: string } = {
  merged: 'has your edits beside what is new',
  deleted: 'was deleted by hand, and stays away; --force brings it back',
  orphaned: 'is no longer generated, and stays: it was changed by hand',
};

/** What was read and has no place in a manifest, or was not read; the first ones, and where the others are listed. */
function formatNotes({ application, path }: PlanView): string[] {
  const messages = [...new Set(application.notes.map(({ message }) => message))];
  if (messages.length === 0) return [];
  const shown = messages.slice(0, MAX_NOTES).map((message) => `  ${escapeText(message)}`);
  const more = messages.length - shown.length;
  const rest = more === 0 ? [] : [escapeText(`  and ${more} more: kubectl dorgu analyze ${quoteWord(path)}`)];
  return ['', 'Not in the manifests', ...shown, ...rest];
}

/** Topic, sentence, and the command that settles it: on the same line where the window is wide enough. */
function formatDecisions(decisions: PlanView['decisions'], width: number): string[] {
  const topicWidth = Math.max(...decisions.map(({ topic }) => topic.length));
  const indent = ' '.repeat(topicWidth + 4);
  return decisions.flatMap(({ topic, message, command }) => {
    const line = `  ${padEnd(topic, topicWidth)}  ${escapeText(message)}`;
    if (command === undefined) return [line];
    const full = `${line}    ${escapeText(command)}`;
    return measureWidth(full) <= width ? [full] : [line, indent + escapeText(command)];
  });
}

/** Where the commands run, and both ways to a running application. */
function formatNext({ next: { register, apply, reach }, path }: PlanView): string[] {
  const there = path === '.' ? '' : `cd ${quoteWord(path)} && `;
  const direct = [apply, ...(reach === undefined ? [] : [reach])].join(' && ');
  if (register === undefined) return [escapeText(`Next: ${there}${direct}`)];
  return [
    escapeText(`Next: ${there}git add -A . && git commit && git push, then ${register}`),
    escapeText(`      or, without GitOps: ${direct}`),
  ];
}

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;
