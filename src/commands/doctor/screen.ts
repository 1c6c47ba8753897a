// What doctor found, for people: a line a check, and under it what mends it.
import type { Check, CheckVerdict } from '../../cluster/doctor/check.ts';
import { escapeText } from '../../ui/escape.ts';
import type { Palette } from '../../ui/palette.ts';
import { padEnd } from '../../ui/width.ts';

const words: Readonly<Record<CheckVerdict, string>> = {
  ok: 'ok',
  warning: 'warning',
  failed: 'FAILED',
  unknown: 'unknown',
  skipped: 'skipped',
};

const wordWidth = Math.max(...Object.values(words).map((word) => word.length));

/** Lines, in the order of the checks; never cut, so that commands can be copied. Those that were not come to share one. */
export function formatChecks(checks: readonly Check[], palette: Palette): string[] {
  const nameWidth = Math.max(...checks.map(({ name }) => name.length));
  const indent = ' '.repeat(wordWidth + nameWidth + 4);
  const lines = checks
    .filter(({ blockedBy }) => blockedBy === undefined)
    .flatMap(({ name, verdict, message, fix }) => {
      const word = colour(padEnd(words[verdict], wordWidth), verdict, palette);
      const line = `${word}  ${padEnd(name, nameWidth)}  ${escapeText(message)}`;
      return fix === undefined ? [line] : [line, `${indent}fix: ${escapeText(fix)}`];
    });
  return [...lines, ...formatBlocked(checks)];
}

function formatBlocked(checks: readonly Check[]): string[] {
  const blocked = checks.filter(({ blockedBy }) => blockedBy !== undefined);
  const [first] = blocked;
  if (first === undefined) return [];
  const names = blocked.map(({ name }) => name).join(', ');
  return [`${words.skipped}  ${names}: ${first.blockedBy} comes first`];
}

/** The last word: how many are to be mended. */
export function formatVerdict(checks: readonly Check[]): string {
  const count = (verdict: CheckVerdict) => checks.filter((check) => check.verdict === verdict).length;
  const [failed, warned, unknown] = [count('failed'), count('warning'), count('unknown')];
  if (failed + warned + unknown === 0) return 'all is well';
  const parts = [
    ...(failed === 0 ? [] : [`${failed} failed`]),
    ...(warned === 0 ? [] : [`${warned} ${warned === 1 ? 'warning' : 'warnings'}`]),
    ...(unknown === 0 ? [] : [`${unknown} could not be looked at`]),
  ];
  return parts.join(', ');
}

function colour(text: string, verdict: CheckVerdict, palette: Palette): string {
  if (verdict === 'failed') return palette.failing(text);
  return verdict === 'warning' || verdict === 'unknown' ? palette.warning(text) : text;
}
