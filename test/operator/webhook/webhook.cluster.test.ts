// The webhook as a real API server calls it, over TLS and through its Service: what people see who use kubectl.
import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { waitUntil } from '../../cluster/wait-until.ts';
import { exampleNames, generateExample } from '../../generation/generated-example.ts';
import type { OperatorChild } from '../child.ts';
import { createDeployment, createPersona, type DeploymentState } from '../objects.ts';
import { startWebhookStage, unplaced, type WebhookStage } from './stage.ts';

const security = { runAsNonRoot: true, readOnlyRootFilesystem: false, allowPrivilegeEscalation: true };
const safe = { podSpec: { securityContext: { runAsNonRoot: true } } };
const denied = /admission webhook "workloads\.dorgu\.io" denied the request: persona shop refuses it:/;
const enforcing = { 'dorgu.io/mode': 'enforcing' };

const persona = (spec: object = {}) => unplaced(createPersona('shop', { policies: { security }, ...spec }));
const deployment = (state: DeploymentState = {}) => {
  const { status: _, ...object } = createDeployment('shop', state) as Record<string, unknown>;
  return unplaced(object);
};

/** Kinds that examples are made of, but for the namespace. */
const everything =
  'deployments,statefulsets,daemonsets,cronjobs,jobs,horizontalpodautoscalers,poddisruptionbudgets,services,configmaps,networkpolicies,serviceaccounts,applicationpersonas';

describe('the webhook on a real API server', function () {
  this.timeout(60_000);
  let stage: WebhookStage;
  let operator: OperatorChild;
  let count = 0;
  before(async function () {
    this.timeout(35 * 60 * 1000);
    const started = await startWebhookStage();
    if (started === undefined) this.skip();
    stage = started;
    operator = await stage.startOperator();
    await stage.callAt(await operator.port('webhook'));
  });
  after(() => (stage as WebhookStage | undefined)?.stop());

  /** A namespace with its persona, which the operator has seen. */
  const open = async (labels: Record<string, string> = {}, spec: object = {}): Promise<string> => {
    const namespace = await stage.createNamespace(`shop-${(count += 1)}`, labels);
    await stage.expectKubectl(['create', '-n', namespace, '-f', '-'], persona(spec));
    const path = '--for=jsonpath={.status.phase}';
    await stage.expectKubectl(['wait', path, '-n', namespace, 'persona/shop', '--timeout=20s']);
    return namespace;
  };
  const send = (namespace: string, verb: string, object: object, ...flags: string[]) =>
    stage.kubectl([verb, '-n', namespace, '-f', '-', ...flags], object);
  /** Looks until it is so: a cache is told of a change some milliseconds after who has made it. */
  const until = (what: string, fits: () => Promise<boolean>) =>
    waitUntil(what, async () => (await fits()) || undefined, { timeoutMs: 10_000, intervalMs: 40 });

  it('advises: kubectl prints warnings, and the object is made', async () => {
    const namespace = await open();
    const { code, stderr } = await send(namespace, 'apply', deployment());
    expect(code).to.equal(0);
    expect(stderr).to.match(/^Warning: shop: container shop: runAsNonRoot is unset, true expected \(security\/run-as-non-root\)$/m); // prettier-ignore
  });

  it('refuses where it enforces, with persona, field, expectation and fix, in a dry run too', async () => {
    const namespace = await open(enforcing);
    for (const flags of [[], ['--dry-run=server'], ['--server-side']]) {
      const { code, stderr } = await send(namespace, 'apply', deployment(), ...flags);
      expect(code).to.equal(1);
      expect(stderr).to.match(denied).and.to.contain('(security/run-as-non-root, spec.template.spec.containers[0].securityContext.runAsNonRoot, expected true); fix: '); // prettier-ignore
    }
    expect(await stage.expectKubectl(['get', 'deployments', '-n', namespace, '-o', 'name'])).to.equal('');
    expect(await send(namespace, 'apply', deployment(safe))).to.deep.include({ code: 0, stderr: '' });
  });

  it('judges kubectl scale, by its persona and by the workload that is there', async () => {
    const namespace = await open(enforcing, { scaling: { minReplicas: 2, maxReplicas: 3 } });
    await send(namespace, 'create', deployment(safe));
    const scale = (to: number) =>
      stage.kubectl(['scale', 'deployment/shop', '-n', namespace, `--replicas=${to}`]);
    await until('the workload to be known', async () => (await scale(9)).stderr.includes('at most 3'));
    const low = await scale(1);
    expect(low.code).to.equal(1);
    expect(low.stderr).to.match(denied).and.to.contain('replicas is 1, the persona says at least 2');
    expect(await scale(3)).to.deep.include({ code: 0, stderr: '' });
    expect(await scale(0)).to.deep.include({ code: 0, stderr: '' });
  });

  it('lets an old object be mended step by step', async () => {
    const strict = { policies: { security: { ...security, allowPrivilegeEscalation: false } } };
    const namespace = await stage.createNamespace('old', enforcing);
    await send(namespace, 'create', deployment());
    await stage.expectKubectl(['create', '-n', namespace, '-f', '-'], persona(strict));
    await until('the persona to count', async () => (await send(namespace, 'apply', deployment({ replicas: 3 }), '--dry-run=server')).stderr.includes('Warning: shop: ')); // prettier-ignore
    const half = await send(namespace, 'replace', deployment(safe));
    expect(half.code, half.stderr).to.equal(0);
    expect(half.stderr).to.contain('allowPrivilegeEscalation').and.not.to.contain('runAsNonRoot');
    const back = await send(namespace, 'replace', deployment());
    expect(back.stderr).to.match(denied).and.to.contain('runAsNonRoot');
  });

  it('judges what a label brings into the reach of a persona', async () => {
    const namespace = await open(enforcing);
    const other = createDeployment('other', { labels: { app: 'other' } });
    const { status: _, ...object } = other as Record<string, unknown>;
    expect(await send(namespace, 'create', unplaced(object))).to.deep.include({ code: 0, stderr: '' });
    const label = await stage.kubectl([
      'label',
      'deployment/other',
      'app=shop',
      '--overwrite',
      '-n',
      namespace,
    ]);
    expect(label.code).to.equal(1);
    expect(label.stderr).to.match(denied);
  });

  it('judges other kinds: a change of kind is no way round it', async () => {
    const namespace = await open(enforcing);
    const { spec, metadata } = deployment() as { spec: Record<string, unknown>; metadata: object };
    const { selector, template, replicas } = spec;
    const { containers } = (template as { spec: { containers: object[] } }).spec;
    const job = { template: { spec: { restartPolicy: 'Never', containers } } };
    const kinds: [string, string, object][] = [
      ['apps/v1', 'StatefulSet', { serviceName: 'shop', replicas, selector, template }],
      ['apps/v1', 'DaemonSet', { selector, template }],
      ['batch/v1', 'CronJob', { schedule: '@daily', jobTemplate: { spec: job } }],
    ];
    for (const [apiVersion, kind, specOfKind] of kinds) {
      const { stderr } = await send(namespace, 'create', { apiVersion, kind, metadata, spec: specOfKind });
      expect(stderr, kind).to.match(denied);
    }
  });

  it('takes the examples in enforcing mode without a word, persona first, by either side', async function () {
    this.timeout(180_000);
    const top = realpathSync(mkdtempSync(join(tmpdir(), 'dorgu-admitted-')));
    try {
      for (const namespace of exampleNames) {
        await stage.createNamespace(namespace, enforcing);
        const where = await generateExample(namespace, join(top, namespace), { format: 'plain', namespace });
        const folder = join(top, namespace, 'k8s');
        const personas = readdirSync(folder, { recursive: true, encoding: 'utf8' })
          .filter((path) => basename(path) === 'persona.yaml')
          .flatMap((path) => ['-f', join(folder, path)]);
        // Each side begins with nothing.
        for (const flags of [[], ['--server-side']]) {
          for (const args of [personas, where]) {
            const { code, stderr } = await stage.kubectl(['apply', ...args, ...flags]);
            expect({ code, stderr }, [...args, ...flags].join(' ')).to.deep.equal({ code: 0, stderr: '' });
          }
          await stage.expectKubectl(['delete', everything, '--all', '-n', namespace]);
        }
      }
    } finally {
      rmSync(top, { recursive: true, force: true });
    }
    const reviews = operator.lines.filter(({ message }) => message === 'A review could not be judged');
    expect(reviews).to.deep.equal([]);
  });

  it('stands in nobody’s way when it is gone', async () => {
    const namespace = await open(enforcing);
    expect((await send(namespace, 'create', deployment(), '--dry-run=server')).code).to.equal(1);
    operator.kill('SIGTERM');
    expect(await operator.ended).to.equal(0);
    expect(await send(namespace, 'create', deployment())).to.deep.include({ code: 0, stderr: '' });
  });
});
