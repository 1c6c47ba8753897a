// A report as workflow commands, which GitHub Actions shows at the lines of a pull request.
import type { PlacedFinding } from '../check-report.ts';
import { isCounted } from '../count-findings.ts';
import { escapeText } from '../../ui/escape.ts';
import { formatObject } from '../object-name.ts';
import type { Severity } from '../../rules/finding.ts';
import { findSource } from './show-place.ts';

const commands: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'notice' };

/** One command a finding that counts. */
export function formatGithubAnnotations(findings: readonly PlacedFinding[]): string[] {
  return findings.filter(isCounted).map((finding) => {
    const { severity, rule, object, message, suggestion } = finding;
    const { path, region } = findSource(finding);
    const properties = [
      ...(path === undefined ? [] : [`file=${escapeProperty(path)}`]),
      ...(path === undefined || region === undefined ? [] : [`line=${region.line}`, `col=${region.column}`]),
      `title=${escapeProperty(rule)}`,
    ];
    const subject = object === undefined ? '' : `${formatObject(object)}: `;
    const lines = [`${subject}${message}`, ...(suggestion === undefined ? [] : suggestion.split('\n'))];
    return `::${commands[severity]} ${properties.join(',')}::${lines.map(escapeData).join('%0A')}`;
  });
}

function escapeData(text: string): string {
  return escapeText(text).replaceAll('%', '%25');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
