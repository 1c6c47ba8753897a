import { expect } from 'chai';
import fc from 'fast-check';
import { parse } from 'yaml';
import { validateApplicationPersona, validateClusterPersona } from '../../src/api/validate.ts';
import { useCluster } from '../cluster/use-cluster.ts';
import { createApiServerClient } from './api-server-client.ts';
import type { SendToApiServer } from './api-server-client.ts';
import { fullApplicationStatus, fullClusterStatus } from './full-status.ts';
import { mutationsOf } from './mutations.ts';
import {
  applicationCases,
  clusterCases,
  clusterPersona,
  persona,
  predecessorClusterPersona,
  predecessorPersona,
} from './persona-cases.ts';

const clusters = () => '/apis/dorgu.io/v1/clusterpersonas';
const dryRun = '?dryRun=All&fieldValidation=Ignore';

/** How many mutants of each kind are sent to both. */
const numRuns = 300;

describe('the CRDs, on a real API server', () => {
  const cluster = useCluster();
  let send: SendToApiServer;
  let namespace: string;
  const applications = () => `/apis/dorgu.io/v1/namespaces/${namespace}/applicationpersonas`;

  before(async () => {
    send = createApiServerClient(cluster.kubeconfig);
    namespace = await cluster.createNamespace();
  });

  const kinds = [
    ['ApplicationPersona', applicationCases, applications, validateApplicationPersona],
    ['ClusterPersona', clusterCases, clusters, validateClusterPersona],
  ] as const;

  for (const [kind, cases, path, validate] of kinds) {
    describe(kind, () => {
      for (const [title, { object, refused }] of Object.entries(cases)) {
        it(title, async () => {
          const { status, body } = await send('POST', `${path()}${dryRun}`, object);
          const result = validate(JSON.parse(JSON.stringify(object)));
          expect(result.ok, 'the verdict of our validator').to.equal(status === 201);
          if (refused) expect(body.message).to.match(refused);
          else expect(body.message).to.equal(undefined);
          expect(result.ok && result.persona.spec, 'the spec with its defaults').to.deep.equal(
            refused ? false : body.spec,
          );
        });
      }
    });
  }

  const specs = [
    ['ApplicationPersona', predecessorPersona, applications, validateApplicationPersona],
    ['ClusterPersona', {
      ...predecessorClusterPersona,
      spec: {
        ...predecessorClusterPersona.spec,
        rules: [{ id: 'a/*', level: 'warn', enforceFrom: '2027-01-01T00:00:00Z', namespaceSelector: { matchLabels: { a: 'b' }, matchExpressions: [{ key: 'a', operator: 'In', values: ['x'] }] } }],
        exceptions: [{ rule: 'a/b', namespace: 'a', persona: 'b', container: 'c', reason: 'r', until: '2027-01-01T00:00:00Z' }],
      },
    }, clusters, validateClusterPersona],
  ] as const; // prettier-ignore
  for (const [kind, whole, path, validate] of specs) {
    it(`${kind}: ${numRuns} mutants get the same verdict and the same defaults from both`, async () => {
      const verdicts = { taken: 0, refused: 0 };
      await fc.assert(
        fc.asyncProperty(mutationsOf(whole, 'spec'), async (mutant) => {
          const { status, body } = await send('POST', `${path()}${dryRun}`, mutant);
          const result = validate(mutant);
          expect({ ok: result.ok, why: body.message }).to.deep.equal({
            ok: status === 201,
            why: body.message,
          });
          if (result.ok) expect(result.persona.spec).to.deep.equal(body.spec);
          verdicts[result.ok ? 'taken' : 'refused'] += 1;
        }),
        { numRuns },
      );
      expect(Math.min(verdicts.taken, verdicts.refused)).to.be.greaterThan(numRuns / 20);
    });
  }

  const statuses = [
    ['ApplicationPersona', persona({}, { name: `mutant-${process.pid}` }), fullApplicationStatus, applications, validateApplicationPersona],
    ['ClusterPersona', clusterPersona({}, { name: `mutant-${process.pid}` }), fullClusterStatus, clusters, validateClusterPersona],
  ] as const; // prettier-ignore
  for (const [kind, whole, full, path, validate] of statuses) {
    it(`${kind}: ${numRuns} mutants of a status get the same verdict from both`, async () => {
      const created = await send('POST', path(), whole);
      const url = `${path()}/mutant-${process.pid}/status`;
      const object = { ...whole, metadata: created.body.metadata, status: full };
      const { body } = await send('PUT', url, object);
      expect(body.status, body.message).to.deep.equal(full);
      const current = { ...object, metadata: body.metadata };
      await fc.assert(
        fc.asyncProperty(mutationsOf(current, 'status'), async (mutant) => {
          const answer = await send('PUT', `${url}${dryRun}`, mutant);
          const result = validate(mutant);
          const why = answer.body.message;
          expect({ ok: result.ok, why }).to.deep.equal({ ok: answer.status === 200, why });
          if (result.ok) expect(result.persona.status ?? {}).to.deep.equal(answer.body.status ?? {});
        }),
        { numRuns },
      );
    });
  }
});

describe('the CRDs, as kubectl shows them', () => {
  const cluster = useCluster();
  let namespace: string;
  let send: SendToApiServer;

  before(async () => {
    namespace = await cluster.createNamespace();
    send = createApiServerClient(cluster.kubeconfig);
  });

  const apply = (object: unknown, ...flags: string[]) =>
    cluster.kubectl(['apply', '--server-side', '-n', namespace, ...flags, '-f', '-'], {
      input: JSON.stringify(object),
    });
  const get = (...args: string[]) => cluster.expectKubectl(['get', '-n', namespace, ...args]);
  const header = async (...args: string[]) =>
    (await get(...args))
      .split('\n')[0]
      ?.split(/ {2,}/)
      .map((name) => name.trim());

  it("takes the predecessor's persona with strict fields and keeps every field of it", async () => {
    const { code, stderr } = await apply(predecessorPersona, '--validate=strict');
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
    const kept = parse(await get('ap', 'shop', '-o', 'yaml')) as { spec: object };
    expect(kept.spec).to.deep.include(predecessorPersona.spec);
  });

  it('changes nothing when the same is applied again', async () => {
    const before = await get('ap', 'shop', '-o', 'jsonpath={.metadata.resourceVersion}');
    expect(await apply(predecessorPersona)).to.include({ code: 0 });
    expect(await get('ap', 'shop', '-o', 'jsonpath={.metadata.resourceVersion}')).to.equal(before);
  });

  it('shows status columns, and more of them when asked', async () => {
    const live = JSON.parse(await get('ap', 'shop', '-o', 'json')) as Record<string, unknown>;
    const path = `/apis/dorgu.io/v1/namespaces/${namespace}/applicationpersonas/shop`;
    const { status } = await send('PUT', `${path}/status`, { ...live, status: fullApplicationStatus });
    expect(status).to.equal(200);
    expect(await header('ap')).to.deep.equal(['NAME', 'TYPE', 'TIER', 'PHASE', 'HEALTH', 'READY', 'AGE']);
    expect(await header('ap', '-o', 'wide')).to.deep.equal([
      'NAME', 'TYPE', 'TIER', 'PHASE', 'HEALTH', 'READY', 'ISSUES', 'REASON', 'AGE',
    ]); // prettier-ignore
    expect(await get('ap', '-o', 'wide')).to.match(
      /shop +api +critical +Degraded +Healthy +True +1 error, 2 warnings +Available +/,
    );
  });

  it('lets kubectl wait for Ready', async () => {
    const { code } = await cluster.kubectl([
      'wait',
      '-n',
      namespace,
      '--for=condition=Ready',
      'ap/shop',
      '--timeout=5s',
    ]);
    expect(code).to.equal(0);
  });

  it('keeps status out of a write to the object, and spec out of a write to its status', async () => {
    const live = JSON.parse(await get('ap', 'shop', '-o', 'json')) as { spec: object };
    const path = `/apis/dorgu.io/v1/namespaces/${namespace}/applicationpersonas/shop`;
    const changed = { ...live, spec: { ...live.spec, tier: 'best-effort' }, status: { phase: 'Failed' } };
    const object = await send('PUT', `${path}?dryRun=All`, changed);
    expect(object.body.spec).to.include({ tier: 'best-effort' });
    expect(object.body.status).to.include({ phase: 'Degraded' });
    const status = await send('PUT', `${path}/status?dryRun=All`, changed);
    expect(status.body.spec).to.include({ tier: 'critical' });
    expect(status.body.status).to.deep.equal({ phase: 'Failed' });
  });

  it('knows the short names and the category', async () => {
    for (const name of ['ap', 'persona', 'personas', 'applicationpersona', 'dorgu']) {
      expect(await get(name, '-o', 'name'), name).to.include('applicationpersona.dorgu.io/shop');
    }
  });

  it('selects by the name in the spec', async () => {
    expect(await get('ap', '--field-selector', 'spec.name=shop', '-o', 'name')).to.include('/shop');
    expect(await get('ap', '--field-selector', 'spec.name=other', '-o', 'name')).to.equal('');
  });

  it('shows a cluster with its number of nodes', async () => {
    const name = `shown-${process.pid}`;
    const created = await send('POST', clusters(), { ...predecessorClusterPersona, metadata: { name } });
    const object = { ...created.body, status: fullClusterStatus };
    expect(await send('PUT', `${clusters()}/${name}/status`, object)).to.include({ status: 200 });
    const columns = ['NAME', 'ENVIRONMENT', 'PHASE', 'NODES', 'APPS', 'VERSION'];
    expect(await header('cp', name)).to.deep.equal([...columns, 'AGE']);
    expect(await header('cpersona', name, '-o', 'wide')).to.deep.equal([
      ...columns,
      'READY',
      'REASON',
      'AGE',
    ]);
    expect(await get('cp', name)).to.match(/ production +Ready +12 +41 +v1\.35\.4 /);
  });

  it('refuses a field that nobody knows when kubectl is strict, as it is by default', async () => {
    const { code, stderr } = await cluster.kubectl(
      ['create', '-n', namespace, '--dry-run=server', '-f', '-'],
      {
        input: JSON.stringify(persona({ tyer: 'critical' }, { name: 'typo' })),
      },
    );
    expect(code).to.equal(1);
    expect(stderr).to.include('unknown field "spec.tyer"');
  });

  it('explains every field', async () => {
    expect(await cluster.expectKubectl(['explain', 'ap.spec.scaling.targetCPU'])).to.include(
      'in percent of the',
    );
    const all = await cluster.expectKubectl(['explain', 'ap', '--recursive']);
    expect(all).to.include('startupGracePeriod').and.to.include('observedGeneration');
  });

  after(async () => {
    const names = ['mutant', 'shown'].map((name) => `${name}-${process.pid}`);
    await cluster.kubectl(['delete', 'clusterpersona', ...names, '--ignore-not-found', '--wait=false']);
  });
});
