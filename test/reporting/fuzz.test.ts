// Whatever stands in the fields of manifests, a check answers, and every format of its report can be printed.
import { expect } from 'chai';
import fc from 'fast-check';
import { parseDocument } from 'yaml';
import type { Manifest } from '../../src/document/manifest.ts';
import { judgeManifests } from '../../src/reporting/judge-manifests.ts';
import { toCheckDocument } from '../../src/reporting/formats/document.ts';
import { formatGithubAnnotations } from '../../src/reporting/formats/github.ts';
import { formatJunit } from '../../src/reporting/formats/junit.ts';
import { toSarif } from '../../src/reporting/formats/sarif.ts';
import { formatFindings, formatSummary } from '../../src/reporting/formats/table.ts';
import { createPalette } from '../../src/ui/palette.ts';
import { formatStructured } from '../../src/ui/structured.ts';
import { clusterPersona, deployment, now, persona } from './check-text.ts';

const seeds = [
  persona('web'),
  deployment('web', { container: '          ports: [{ name: http, containerPort: 8080 }]\n' }),
  clusterPersona('  policies: { requirePersona: deny }\n'),
  'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selector: { app: web }, ports: [{ port: 80, targetPort: http }] }\n---\n',
  'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: web }\nspec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, maxReplicas: 3 }\n---\n',
  'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: web }\nspec: { minAvailable: 1, selector: { matchLabels: { app: web } } }\n---\n',
  'apiVersion: v1\nkind: Namespace\nmetadata: { name: store, labels: { a: b } }\n---\n',
].map((text) => parseDocument(text.replace('---\n', '')).toJS() as Record<string, unknown>);

const paths = seeds.flatMap((seed, index) => listPaths(seed).map((path) => [index, path] as const));

function listPaths(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, below]) => listPaths(below, [...path, key]))];
}

function replaceAt(value: unknown, path: readonly string[], replacement: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return replacement;
  if (typeof value !== 'object' || value === null) return value;
  const parts = Object.entries(value as Record<string, unknown>).map(([name, part]): [string, unknown] => [
    name,
    name === key ? replaceAt(part, rest, replacement) : part,
  ]);
  return Array.isArray(value) ? parts.map(([, part]) => part) : toObject(parts);
}

const toObject = (entries: readonly [string, unknown][]): Record<string, unknown> =>
  Object.fromEntries(entries);

function toManifest(object: unknown, index: number): Manifest[] {
  if (typeof object !== 'object' || object === null || Array.isArray(object)) return [];
  const place = { line: 1, column: 1 };
  return [{ file: 'a.yaml', index, ...place, origin: undefined, object: { ...object }, locate: () => place }];
}

describe('a check of foreign fields', () => {
  it('answers and prints', function () {
    this.timeout(60_000);
    const edit = fc.tuple(fc.constantFrom(...paths), fc.jsonValue({ maxDepth: 2 }));
    let count = 0;
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        const objects = seeds.map((seed, index) =>
          edits
            .filter(([[at]]) => at === index)
            .reduce<unknown>((value, [[, path], replacement]) => replaceAt(value, path, replacement), seed),
        );
        const report = judgeManifests(
          {
            manifests: objects.flatMap(toManifest),
            personaManifests: [],
            clusterPersonaManifests: [],
            namespace: '',
            skipped: [],
            problems: [],
            fileCount: 1,
          },
          now,
        );
        count += report.findings.length;
        expect(JSON.parse(formatStructured(toCheckDocument(report, 'error'), 'json'))).to.have.property(
          'summary',
        );
        expect(toSarif(report, { name: 'a', version: '1', homepage: 'https://example.org' }, true)).to.be.an(
          'object',
        );
        const text = [
          formatJunit(report, 'info'),
          ...formatGithubAnnotations(report.findings),
          ...formatFindings(report.findings, createPalette(false)),
          ...formatSummary(report),
        ].join('\n');
        expect(text).not.to.match(/[^\P{Cc}\n\t]/u);
      }),
      { numRuns: 400 },
    );
    expect(count).to.be.greaterThan(100);
  });
});
