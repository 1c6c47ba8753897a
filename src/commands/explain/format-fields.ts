// Explained fields as text: a page of one, a table of several.
import type { FieldExplanation, FileExplanation } from '../../generation/explain-file.ts';
import { escapeText } from '../../ui/escape.ts';
import { formatTable } from '../../ui/table.ts';

/** Longer values are cut in a table. */
const widestValue = 48;

const origins: Readonly<Record<FieldExplanation['from'], string>> = {
  person: 'you',
  setting: 'settings',
  evidence: 'source',
  model: 'language model',
  convention: 'convention',
};

/** A page where there is one field, else two lines for each; a table where one is asked for. */
export function formatFields({ file, fields }: FileExplanation, asTable: boolean): string {
  const [only] = fields;
  if (asTable) return formatFieldTable(fields);
  if (only && fields.length === 1) return formatPage(file, only);
  const lines = fields.flatMap((one) => [
    `${one.field}: ${cut('value' in one ? show(one.value) : '(deleted)')}`,
    `    ${origins[one.from]}: ${formatWhy(one)}`,
  ]);
  return `${lines.map(escapeText).join('\n')}\n`;
}

function formatFieldTable(fields: readonly FieldExplanation[]): string {
  const columns = ['FIELD', 'VALUE', 'FROM', 'WHY'].map((heading) => ({ heading }));
  const rows = fields.map((one) =>
    [one.field, cut(show(one.value)), origins[one.from], formatWhy(one)].map(escapeText),
  );
  return `${formatTable(columns, rows).join('\n')}\n`;
}

function formatPage(file: string, one: FieldExplanation): string {
  const rows: [string, string][] = [
    ['from', origins[one.from]],
    ['because', one.because],
    ...(one.generated === undefined ? [] : [['generated', show(one.generated)] as [string, string]]),
    ...one.evidence
      .slice(0, 8)
      .map(({ file: source, line, reason }, index): [string, string] => [
        index === 0 ? 'evidence' : '',
        `${line === undefined ? source : `${source}:${line}`}    ${reason}`,
      ]),
    ...one.setBy.map((setter): [string, string] => ['set by', setter]),
    ...(one.setBy.length > 0 || one.settings.length === 0
      ? []
      : [['settings', one.settings.join(', ')] as [string, string]]),
    ...(one.rule === undefined ? [] : [['rule', `kubectl dorgu explain ${one.rule}`] as [string, string]]),
  ];
  const value = 'value' in one ? show(one.value) : '(deleted)';
  const lines = rows.map(([name, text]) => `  ${name.padEnd(10)}${escapeText(text)}`);
  return `${escapeText(`${file} ${one.field}: ${value}`)}\n\n${lines.join('\n')}\n`;
}

function formatWhy({ because, evidence, setBy }: FieldExplanation): string {
  const [first] = evidence;
  const place = first && (first.line === undefined ? first.file : `${first.file}:${first.line}`);
  const source = setBy[0] ?? place;
  return source === undefined ? because : `${because} (${source})`;
}

const show = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined ? '-' : JSON.stringify(value);

const cut = (text: string): string =>
  text.length <= widestValue ? text : `${text.slice(0, widestValue - 1)}…`;
