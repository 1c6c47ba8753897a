// Rules as text: a table of several, a page of one.
import type { DocumentedRule } from '../../rules/rule.ts';
import { formatExceptionExample, formatLevelExample, formatSeverity } from '../../rules/rule-page.ts';
import { formatTable } from '../../ui/table.ts';

/** Widest line of prose, in characters. */
const WIDTH = 80;

/** A table with a line each, ending with a line break. */
export function formatRuleTable(rules: readonly DocumentedRule[]): string {
  const columns = [{ heading: 'RULE' }, { heading: 'SEVERITY' }, { heading: 'ASKS' }];
  const lines = formatTable(
    columns,
    rules.map(({ id, severity, title }) => [id, severity, title]),
  );
  return toPlainQuotes(`${lines.join('\n')}\n`);
}

/** Everything about one rule. */
export function formatRule(rule: DocumentedRule): string {
  const sections: [string, string][] = [
    ['What is asked', wrap(rule.semantics)],
    ['Why', wrap(rule.rationale)],
    ['Severity', wrap(formatSeverity(rule))],
    ['Breaks it', indent(rule.bad)],
    ['Mended', indent(rule.good)],
    ...listSettings(rule),
  ];
  const text = sections.map(([heading, body]) => `${heading}:\n${body}`);
  return toPlainQuotes(`${[`${rule.id}: ${rule.title}`, ...text].join('\n\n')}\n`);
}

function listSettings(rule: DocumentedRule): [string, string][] {
  if (rule.isFixed)
    return [['In a ClusterPersona', indent('It counts the same everywhere; nothing sets it or lifts it.')]];
  return [
    ['In a ClusterPersona, what it counts for', indent(formatLevelExample(rule))],
    ['In a ClusterPersona, an exception', indent(formatExceptionExample(rule))],
  ];
}

/** A rule for programs. */
export function toRuleDocument(rule: DocumentedRule): Record<string, unknown> {
  const { id, title, severity, otherSeverities, semantics, rationale, needsSurroundings, bad, good } = rule;
  return { id, title, severity, otherSeverities, semantics, rationale, needsSurroundings, bad, good };
}

function indent(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}

function wrap(text: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > WIDTH - 2) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return indent([...lines, line].join('\n'));
}

// Terminals without Unicode read it as well.
function toPlainQuotes(text: string): string {
  return text.replaceAll('’', "'");
}
