// A report as SARIF 2.1.0: what code scanning of GitHub, Azure DevOps and editors read.
import type { CheckReport, PlacedFinding } from '../check-report.ts';
import { fingerprintFindings } from '../finding-identity.ts';
import { formatObject } from '../object-name.ts';
import { documentedRules, familyOf } from '../../rules/documented-rules.ts';
import type { Severity } from '../../rules/finding.ts';
import { rulesPage, toRuleAnchor } from '../../rules/rule-page.ts';
import type { DocumentedRule } from '../../rules/rule.ts';
import { findSource } from './show-place.ts';

/** Who reports. */
export interface SarifTool {
  name: string;
  version: string;
  homepage: string;
}

const levels: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'note' };

/** The log as an object; findings that an exception lifts are suppressed, those of a baseline are `unchanged`. */
export function toSarif({ findings }: CheckReport, tool: SarifTool, hasBaseline: boolean): object {
  const fingerprints = fingerprintFindings(findings);
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: tool.name,
            informationUri: tool.homepage,
            semanticVersion: tool.version,
            rules: documentedRules.map((rule) => toDescriptor(rule, tool)),
          },
        },
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'the folder that the check ran in' } } },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding, index) => toResult(finding, fingerprints[index] ?? '', hasBaseline)),
      },
    ],
  };
}

function toDescriptor(rule: DocumentedRule, { homepage }: SarifTool): object {
  const { id, title, semantics, rationale, severity } = rule;
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: semantics },
    help: { text: rationale, markdown: `${rationale}\n\n${semantics}` },
    helpUri: `${homepage}/blob/main/${rulesPage}#${toRuleAnchor(rule)}`,
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: ['kubernetes', familyOf(rule)] },
  };
}

function toResult(finding: PlacedFinding, fingerprint: string, hasBaseline: boolean): object {
  const { rule, severity, message, suggestion, exception } = finding;
  return {
    ruleId: rule,
    ruleIndex: documentedRules.findIndex(({ id }) => id === rule),
    level: levels[severity],
    message: { text: suggestion === undefined ? `${message}.` : `${message}.\nFix: ${suggestion}` },
    locations: [toLocation(finding)],
    partialFingerprints: { 'dorguFinding/v1': fingerprint },
    ...(exception === undefined
      ? {}
      : {
          suppressions: [
            { kind: 'external', justification: `${exception.reason} (until ${exception.until})` },
          ],
        }),
    ...(hasBaseline ? { baselineState: finding.known === true ? 'unchanged' : 'new' } : {}),
  };
}

function toLocation(finding: PlacedFinding): object {
  const { object, field } = finding;
  const { path, region } = findSource(finding);
  const name =
    object === undefined ? undefined : [object.namespace, formatObject(object)].filter(Boolean).join('/');
  return {
    physicalLocation: {
      artifactLocation: toArtifact(path ?? 'stdin'),
      ...(region === undefined ? {} : { region: { startLine: region.line, startColumn: region.column } }),
    },
    ...(name === undefined
      ? {}
      : { logicalLocations: [{ fullyQualifiedName: field ? `${name}:${field}` : name, kind: 'resource' }] }),
  };
}

/** Relative to the folder that the check ran in where it lies below. */
function toArtifact(path: string): object {
  const encoded = path
    .split('/')
    .map((part) => encodeURIComponent(part.toWellFormed()))
    .join('/');
  if (/^[A-Za-z]:\//.test(path)) return { uri: `file:///${encoded.replace('%3A', ':')}` };
  return path.startsWith('/') ? { uri: `file://${encoded}` } : { uri: encoded, uriBaseId: '%SRCROOT%' };
}
