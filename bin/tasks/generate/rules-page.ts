// Writes docs/reference/rules.md: every rule with what it asks, from the rules' own constants.
import { documentedRules, familyOf, familyTitles } from '../../../src/rules/documented-rules.ts';
import type { DocumentedRule } from '../../../src/rules/rule.ts';
import { formatSeverity, rulesPage, toRuleAnchor } from '../../../src/rules/rule-page.ts';
import { header } from './generated-file.ts';
import type { GeneratedFile } from './generated-file.ts';

const introduction = `# Rules

A rule compares a workload with its persona and with the ClusterPersona. The same rules answer in \`generate\`, \`check\`,
\`persona status\` and \`persona diff\`, at admission, and in the operator. \`kubectl dorgu explain RULE\` prints a rule's entry.

## What a rule counts for

\`\`\`yaml
apiVersion: dorgu.io/v1
kind: ClusterPersona
metadata:
  name: production
spec:
  name: production
  rules:
    - id: security/* # a family, or one rule
      level: deny
      enforceFrom: "2030-03-01T00:00:00Z"
      namespaceSelector:
        matchLabels: { tier: public }
    - id: image/tag
      level: "off"
  exceptions:
    - rule: security/read-only-root
      namespace: store
      persona: shop
      container: shop
      reason: mended with release 2.0
      until: "2030-06-30T00:00:00Z"
\`\`\`

- A finding of severity error counts as \`deny\`, a warning as \`warn\`, a note as \`info\`. Of the entries of \`spec.rules\` that fit,
  by id or family and by the labels of the namespace, **the last one holds**: write the general first, the special after it.
- \`"off"\` drops a rule's findings; \`info\`, \`warn\` and \`deny\` make them info, warning and error. Until \`enforceFrom\` a \`deny\` is a \`warn\`.
  A note of a rule whose findings are graver (it is met, in another way than expected) is never raised.
- An exception lifts the findings that fit all it names; they stay visible as excepted, and neither count nor refuse. \`until\` is an
  instant with its zone; from then on the exception is ignored, without anybody having to remove it. A time that cannot be read is over.
- Whether a \`deny\` refuses is the mode: the operator's \`advisory\` or \`enforcing\`, which a namespace's label \`dorgu.io/mode\` may tighten
  or loosen, and a persona's annotation of the same name may only tighten. An update is refused only for what it makes new or worse.
- A persona cannot ask for less than the ClusterPersona: \`enforceNonRoot\`, \`enforceReadOnlyRoot\` and the Pod Security Standard hold
  whatever \`policies.security\` of the persona says.
- Values that are malformed (a quantity \`abc\`, a port \`http://\`) are findings of the rule that reads them.
`;

/** The page. */
export function generateRulesPage(): GeneratedFile[] {
  const families = [...new Set(documentedRules.map(familyOf))];
  const sections = families.map((family) => {
    const own = documentedRules.filter((rule) => familyOf(rule) === family);
    return [`## ${family}: ${familyTitles.get(family) ?? ''}`, ...own.map(formatEntry)].join('\n\n');
  });
  const rows = documentedRules.map(
    (rule) => `| [${rule.id}](#${toRuleAnchor(rule)}) | ${rule.severity} | ${rule.title} |`,
  );
  const table = ['| rule | severity | asks |', '| --- | --- | --- |', ...rows].join('\n');
  const text = [`<!-- ${header} src/rules. -->`, introduction, `## All rules\n\n${table}`, ...sections].join(
    '\n\n',
  );
  return [{ path: rulesPage, text: `${text}\n` }];
}

function formatEntry(rule: DocumentedRule): string {
  const code = (text: string) => `\`\`\`yaml\n${text.trimEnd()}\n\`\`\``;
  return [
    `### ${rule.id}`,
    `**${rule.title}.** Severity: ${formatSeverity(rule)}.${rule.needsSurroundings ? ' Looks at other objects of the namespace, and is not asked where they cannot be seen.' : ''}${rule.isFixed ? ' Counts the same everywhere, whatever a ClusterPersona says.' : ''}`,
    rule.semantics,
    `Why: ${rule.rationale}`,
    `Breaks it:\n\n${code(rule.bad)}`,
    `Mended:\n\n${code(rule.good)}`,
  ].join('\n\n');
}
