// What the rules warn of in what was generated, as the screen of generate shows it.
import type { ExplainedFinding } from '../../generation/assert-kept.ts';
import { escapeText } from '../../ui/escape.ts';
import { measureWidth, padEnd } from '../../ui/width.ts';
import { quoteWord } from '../shell-word.ts';

/** More than these are for `-o json`. */
const MAX_WARNINGS = 8;

/** A block of lines: rule, file and sentence, and who set what may be behind it; empty where nothing is to warn of. */
export function formatWarnings(findings: readonly ExplainedFinding[], path: string, width: number): string[] {
  const warnings = findings.filter(({ severity, exception }) => severity === 'warning' && !exception);
  if (warnings.length === 0) return [];
  const shown = warnings.slice(0, MAX_WARNINGS);
  const ruleWidth = Math.max(...shown.map(({ rule }) => rule.length));
  const indent = ' '.repeat(ruleWidth + 4);
  const lines = shown.flatMap(({ rule, file, message, settings }) => {
    const line = `  ${padEnd(rule, ruleWidth)}  ${escapeText(`${file}: ${message}`)}`;
    if (settings.length === 0) return [line];
    const reason = escapeText(`set by ${settings.join(', ')}`);
    const full = `${line}    ${reason}`;
    return measureWidth(full) <= width ? [full] : [line, indent + reason];
  });
  const more = warnings.length - shown.length;
  const rest =
    more === 0
      ? []
      : [escapeText(`  and ${more} more: kubectl dorgu generate ${quoteWord(path)} --dry-run -o json`)];
  return ['', 'Against the rules', ...lines, ...rest];
}
