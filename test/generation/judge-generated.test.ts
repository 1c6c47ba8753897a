// What generate makes keeps to the rules: every example, in both formats and every tier; and what does not is said, or stops the run.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { analyseApplication } from '../../src/analysis/analyse.ts';
import { DorguError } from '../../src/api/errors.ts';
import { applyClusterPersonaDefaults } from '../../src/api/defaults.ts';
import type { Application } from '../../src/application/application.ts';
import { assertKept, explainFindings } from '../../src/generation/assert-kept.ts';
import { judgeGenerated } from '../../src/generation/judge-generated.ts';
import { buildManifests } from '../../src/manifests/build.ts';
import type { KubernetesObject } from '../../src/manifests/generated-file.ts';
import { createDefaultOptions, type ManifestOptions } from '../../src/manifests/options.ts';
import { loadSettings } from '../../src/settings/load-settings.ts';
import { runHere } from '../commands/command-line.ts';
import { at } from '../manifests/field.ts';
import { snapshotFolder } from './snapshot-folder.ts';
import { exampleNames } from './generated-example.ts';

const now = new Date('2026-11-23T09:00:00Z');
const examples = resolve(import.meta.dirname, '../../examples');

const build = (application: Application, options: Partial<ManifestOptions> = {}) =>
  buildManifests(application, { ...createDefaultOptions(application.name), ...options });

const said = (findings: readonly { severity: string; rule: string; file: string }[]) =>
  findings.map(({ severity, rule, file }) => `${severity} ${rule} ${file}`);

describe('what generate makes', function () {
  this.timeout(30_000);

  for (const name of exampleNames)
    it(`of ${name} keeps to every rule, in both formats and every tier`, async () => {
      const application = await analyseApplication(join(examples, name), {});
      for (const format of ['kustomize', 'plain'] as const)
        for (const tier of ['critical', 'standard', 'best-effort'] as const)
          for (const hardening of ['standard', 'max'] as const) {
            const { files } = build(application, { format, hardening, defaults: { tier } });
            expect(said(judgeGenerated(files, now))).to.deep.equal([]);
          }
    });

  describe('and is changed by somebody', () => {
    let application: Application;
    before(async () => {
      application = await analyseApplication(join(examples, 'express-shop'), {});
    });

    /** The files with one object of that kind replaced by what `change` makes of it. */
    const changed = (kind: string, change: (object: KubernetesObject) => KubernetesObject | undefined) =>
      build(application).files.map((file) => ({
        ...file,
        objects: file.objects.flatMap((object) => {
          const result = object.kind === kind ? change(structuredClone(object)) : object;
          return result === undefined ? [] : [result];
        }),
      }));

    const cases: Record<string, { files: () => ReturnType<typeof changed>; says: string[] }> = {
      'no budget': {
        files: () => changed('PodDisruptionBudget', () => undefined),
        says: ['warning availability/pdb k8s/deployment.yaml'],
      },
      'no autoscaler': {
        files: () => changed('HorizontalPodAutoscaler', () => undefined),
        says: ['warning scaling/hpa-missing k8s/deployment.yaml'],
      },
      'an autoscaler that goes lower': {
        files: () =>
          changed('HorizontalPodAutoscaler', (object) => {
            (at(object, 'spec') as Record<string, unknown>)['minReplicas'] = 1;
            return object;
          }),
        says: ['error scaling/hpa-bounds k8s/hpa.yaml'],
      },
      'a container that may write and become root': {
        files: () =>
          changed('Deployment', (object) => {
            (at(object, 'spec.template.spec.containers.0') as Record<string, unknown>)['securityContext'] =
              {};
            (at(object, 'spec.template.spec') as Record<string, unknown>)['securityContext'] = {};
            return object;
          }),
        says: [
          'error security/privilege-escalation k8s/deployment.yaml',
          'error security/run-as-non-root k8s/deployment.yaml',
          'warning security/read-only-root k8s/deployment.yaml',
        ],
      },
      'a Service that leads nowhere': {
        files: () =>
          changed('Service', (object) => {
            (at(object, 'spec.ports.0') as Record<string, unknown>)['targetPort'] = 'web';
            return object;
          }),
        says: ['warning network/ports k8s/service.yaml'],
      },
    };

    for (const [sentence, { files, says }] of Object.entries(cases))
      it(`${sentence} is found, and where`, () => {
        expect(said(judgeGenerated(files(), now))).to.deep.equal(says);
      });

    it('an error stops the run, and names the file', () => {
      const broken = judgeGenerated(cases['an autoscaler that goes lower']!.files(), now);
      const settings = loadSettings({ applicationDir: '/nowhere', env: {}, home: '' });
      const error = catchError(() => assertKept(explainFindings(broken, settings, new Map())));
      expect(error.code).to.equal('RulesBroken');
      expect(error.details).to.deep.equal([
        'k8s/hpa.yaml: spec.minReplicas: scaling/hpa-bounds: HorizontalPodAutoscaler express-shop: minReplicas is 1, at least 2 expected',
      ]);
      expect(error.hint).to.match(/this is a bug/);
    });

    it('an error that a setting may be behind names the setting', () => {
      const cluster = applyClusterPersonaDefaults({
        apiVersion: 'dorgu.io/v1',
        kind: 'ClusterPersona',
        metadata: { name: 'prod' },
        spec: { name: 'prod', policies: { security: { allowedRegistries: ['registry.acme.example'] } } },
      });
      const broken = judgeGenerated(build(application).files, now, cluster);
      const flags = { registry: 'ghcr.io/acme' };
      const settings = loadSettings({ applicationDir: '/nowhere', env: {}, home: '', flags });
      const error = catchError(() => assertKept(explainFindings(broken, settings, new Map())));
      expect(error.hint).to.equal('change what may be behind it: registry (--registry)');
    });
  });
});

function catchError(call: () => void): DorguError {
  try {
    call();
  } catch (error) {
    if (error instanceof DorguError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('generate with a wish that the rules warn of', function () {
  this.timeout(30_000);
  let top: string;
  beforeEach(() => {
    top = mkdtempSync(join(tmpdir(), 'dorgu-rules-'));
    mkdirSync(join(top, 'shop'));
    writeFileSync(
      join(top, 'shop/Dockerfile'),
      'FROM node:24\nEXPOSE 3000\nUSER 10001\nCMD ["node", "server.js"]\n',
    );
    writeFileSync(join(top, 'shop/.dorgu.yaml'), 'deployment_policy:\n  strategy: BlueGreen\n');
  });
  afterEach(() => rmSync(top, { recursive: true, force: true }));

  it('says so, and who wished it', async () => {
    const { code, stderr } = await runHere(['generate', 'shop'], { cwd: top });
    expect(code).to.equal(0);
    expect(stderr).to.match(
      /^Against the rules\n {2}rollout\/strategy {2}k8s\/deployment.yaml: Deployment cannot/m,
    );
    expect(stderr).to.match(/set by deployment_policy.strategy \(.dorgu.yaml:2\)/);
  });

  it('says the same in JSON, whether or not anything is written', async () => {
    const args = ['generate', 'shop', '-o', 'json'];
    const first = JSON.parse((await runHere(args, { cwd: top })).stdout) as { findings: unknown };
    const before = snapshotFolder(top);
    const second = JSON.parse((await runHere(args, { cwd: top })).stdout) as { findings: unknown };
    expect(at(first, 'findings.0.rule')).to.equal('rollout/strategy');
    expect(at(first, 'findings.0.settings')).to.deep.equal(['deployment_policy.strategy (.dorgu.yaml:2)']);
    expect(second.findings).to.deep.equal(first.findings);
    expect(snapshotFolder(top)).to.deep.equal(before);
  });
});
