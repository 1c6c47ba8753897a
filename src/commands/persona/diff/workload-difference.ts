// What the rules hold against a workload, as two texts: what runs, and what the persona asks for.
import type { ApplicationPersona } from '../../../api/personas.ts';
import type { JudgedWorkload } from '../../../cluster/judge-persona.ts';
import { isCounted } from '../../../rules/judge.ts';
import type { Finding } from '../../../rules/finding.ts';
import type { Difference } from './difference.ts';

/**
 * One difference a workload, its findings gravest first: a comment with the rule, then the field. Information and what an exception
 * lifts is no difference. A persona without any workload is one.
 */
export function toWorkloadDifferences(
  persona: ApplicationPersona,
  judged: readonly JudgedWorkload[],
): Difference[] {
  const { name, namespace = '' } = persona.metadata;
  if (judged.length === 0) {
    const after = `# no workload of the namespace is named or labelled ${persona.spec.name}\n`;
    return [{ name: `dorgu.io.v1.ApplicationPersona.${namespace}.${name}`, before: undefined, after }];
  }
  return judged.map(({ workload, findings }) => {
    const different = findings.filter((finding) => isCounted(finding) && finding.severity !== 'info');
    return {
      name: `${workload.apiVersion.replace('/', '.')}.${workload.kind}.${workload.namespace}.${workload.name}`,
      before: different.map((finding) => formatFinding(finding, finding.actual)).join(''),
      after: different.map((finding) => formatFinding(finding, describeExpected(finding))).join(''),
    };
  });
}

/** Two lines whatever the texts hold: nobody can forge a third. */
function formatFinding({ severity, rule, message, field, object }: Finding, value: string): string {
  const place = object === undefined ? field : `${object} ${field}`;
  return `# ${severity} ${rule}: ${toLine(message)}\n${toLine(place)}: ${toLine(value)}\n`;
}

const toLine = (text: string) => text.replaceAll(/[\r\n\u2028\u2029]+/g, ' ');

/** Where the short values say the same, the difference is in the sentence. */
function describeExpected({ actual, expected, message }: Finding): string {
  return actual === expected ? `${expected} (${message})` : expected;
}
