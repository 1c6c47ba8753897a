// SARIF as the standard's schema has it, and what code scanning makes of it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect } from 'chai';
import fc from 'fast-check';
import { markKnown, parseBaseline } from '../../../src/reporting/baseline.ts';
import type { CheckReport } from '../../../src/reporting/check-report.ts';
import { documentedRules } from '../../../src/rules/documented-rules.ts';
import { toCheckDocument } from '../../../src/reporting/formats/document.ts';
import { toSarif } from '../../../src/reporting/formats/sarif.ts';
import { checkText, deployment, persona } from '../check-text.ts';
import { hostileText } from '../hostile.ts';

const tool = { name: 'kubectl-dorgu', version: '0.1.0', homepage: 'https://example.org/kubectl-dorgu' };

interface SarifResult {
  ruleId: string;
  ruleIndex: number;
  level: string;
  locations: [
    {
      physicalLocation: {
        artifactLocation: { uri: string; uriBaseId?: string };
        region?: { startLine: number; startColumn: number };
      };
      logicalLocations?: [{ fullyQualifiedName: string }];
    },
  ];
  partialFingerprints: Record<string, string>;
  suppressions?: unknown[];
  baselineState?: string;
}

interface SarifLog {
  runs: [{ results: SarifResult[]; tool: { driver: { rules: { id: string; helpUri: string }[] } } }];
}

const toLog = (report: CheckReport, hasBaseline = false) =>
  JSON.parse(JSON.stringify(toSarif(report, tool, hasBaseline))) as SarifLog;

describe('SARIF', () => {
  // The OASIS schema as Microsoft publishes it; its draft-04 identity is nothing that ajv needs.
  const file = createRequire(import.meta.url).resolve(
    '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json',
  );
  const {
    id: _id,
    $schema: _draft,
    ...schema
  } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  const validate = new Ajv({
    strict: false,
    unicodeRegExp: false,
    validateFormats: false,
    allErrors: true,
  }).compile(schema);
  const assertValid = (log: SarifLog) => {
    validate(log);
    expect(validate.errors ?? []).to.deep.equal([]);
    for (const { locations } of log.runs[0].results)
      expect(() => new URL(locations[0].physicalLocation.artifactLocation.uri, 'file:///')).not.to.throw();
  };

  it('satisfies the schema without findings, with all kinds of them, and with a baseline', async () => {
    const empty = await checkText(persona('web') + deployment('web'));
    const full = await checkText(hostileText);
    expect(full.findings.length).to.be.greaterThan(3);
    for (const log of [toLog(empty), toLog(full), toLog(full, true)]) assertValid(log);
    const broken = toLog(full);
    broken.runs[0].results[0]!.level = 'fatal';
    expect(validate(broken), 'the schema refuses what is wrong').to.equal(false);
  });

  it('names a rule of its table for each finding, with a page that explains it', async () => {
    const { results, tool: described } = toLog(await checkText(hostileText)).runs[0];
    const { rules } = described.driver;
    expect(rules).to.have.length(documentedRules.length);
    for (const { ruleId, ruleIndex } of results) expect(rules[ruleIndex]!.id).to.equal(ruleId);
  });

  it('leads from each rule to its entry of a page that there is', async () => {
    const root = join(import.meta.dirname, '../../..');
    const { rules } = toLog(await checkText('')).runs[0].tool.driver;
    for (const { id, helpUri } of rules) {
      const [path, anchor] = helpUri.replace(`${tool.homepage}/blob/main/`, '').split('#');
      const headings = readFileSync(join(root, path!), 'utf8').match(/^### .*$/gm) ?? [];
      const anchors = headings.map((heading) => heading.slice(4).replace('/', ''));
      expect(anchors, id).to.include(anchor);
      expect(headings).to.include(`### ${id}`);
    }
  });

  it('says where: relative files from %SRCROOT%, encoded, with line and column', async () => {
    const report = await checkText(`${persona('web')}${deployment('web')}`.replace(':1.4.2', ''));
    const places = {
      'k8s/a b#ü.yaml': { uri: 'k8s/a%20b%23%C3%BC.yaml', uriBaseId: '%SRCROOT%' },
      '/srv/k8s/web.yaml': { uri: 'file:///srv/k8s/web.yaml' },
      'C:/k8s/web.yaml': { uri: 'file:///C:/k8s/web.yaml' },
      '-': { uri: 'stdin', uriBaseId: '%SRCROOT%' },
    };
    for (const [path, artifactLocation] of Object.entries(places)) {
      const findings = report.findings.map((finding) => ({ ...finding, file: path }));
      const [result] = toLog({ ...report, findings }).runs[0].results;
      expect(result!.locations[0].physicalLocation).to.deep.equal({
        artifactLocation,
        region: { startLine: 29, startColumn: 11 },
      });
      expect(result!.locations[0].logicalLocations?.[0].fullyQualifiedName).to.equal(
        'Deployment/web:spec.template.spec.containers[0].image',
      );
    }
  });

  it('points at the template that helm template names, where the lines are of its output', async () => {
    const report = await checkText(
      `${persona('web')}# Source: shop/templates/web.yaml\n${deployment('web').replace(':1.4.2', '')}`,
    );
    expect(toLog(report).runs[0].results[0]!.locations[0].physicalLocation).to.deep.equal({
      artifactLocation: { uri: 'shop/templates/web.yaml', uriBaseId: '%SRCROOT%' },
    });
  });

  it('suppresses what an exception lifts, and marks what is known', async () => {
    const report = await checkText(hostileText);
    const { results } = toLog(report).runs[0];
    const lifted = results.find(({ ruleId }) => ruleId === 'security/read-only-root');
    expect(lifted!.suppressions).to.deep.equal([
      { kind: 'external', justification: '<soon> (until 2027-01-01T00:00:00Z)' },
    ]);
    expect(results.filter(({ suppressions }) => suppressions !== undefined)).to.have.length(1);
    const baseline = parseBaseline(JSON.stringify(toCheckDocument(report, 'error')), 'known.json');
    const marked = toLog(markKnown(report, baseline), true).runs[0].results;
    expect(new Set(marked.map(({ baselineState }) => baselineState))).to.deep.equal(new Set(['unchanged']));
  });

  it('keeps fingerprints when lines move, and tells findings apart', async () => {
    const text = hostileText;
    const before = toLog(await checkText(text)).runs[0].results;
    const after = toLog(await checkText(`# one\n# two\n${text}`)).runs[0].results;
    const prints = before.map(({ partialFingerprints }) => partialFingerprints['dorguFinding/v1']);
    expect(after.map(({ partialFingerprints }) => partialFingerprints['dorguFinding/v1'])).to.deep.equal(
      prints,
    );
    expect(new Set(prints).size).to.equal(prints.length);
    expect(after[0]!.locations[0].physicalLocation.region!.startLine).to.equal(
      before[0]!.locations[0].physicalLocation.region!.startLine + 2,
    );
  });

  it('satisfies the schema for foreign names of every kind', async () => {
    const report = await checkText(hostileText);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), fc.nat(1), (text, origin) => {
        const findings = report.findings.map((finding) => ({
          ...finding,
          file: `k8s/${text}`,
          message: text,
          ...(origin === 1 ? { origin: text } : {}),
        }));
        assertValid(toLog({ ...report, findings }));
      }),
      { numRuns: 30 },
    );
  });
});
