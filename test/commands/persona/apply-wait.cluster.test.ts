// `persona apply --wait` on the real API server: until ready, until the time is up, until Ctrl-C.
import { expect } from 'chai';
import { waitUntil } from '../../cluster/wait-until.ts';
import { runLauncher } from '../command-line.ts';
import { useApplying } from './applying.ts';
import { createPersona, createStatus, withCluster, writeStatus } from './persona-objects.ts';

const limit = { timeoutMs: 20_000 };

describe('persona apply --wait', () => {
  const applying = useApplying();
  const { cluster, apply, write, version, names } = applying;
  it('ends as soon as the persona is ready in its present generation', async () => {
    write('one.yaml', createPersona('shop'));
    await apply('-f', 'one.yaml');
    await writeStatus(cluster, applying.namespace, 'shop', createStatus('Active', 'True', 'Available'));
    expect((await apply('-f', 'one.yaml', '--wait')).code).to.equal(0);
    write('one.yaml', createPersona('shop', { spec: { tier: 'critical' } }));
    const waiting = apply('-f', 'one.yaml', '--wait', '-o', 'json');
    await waitUntil(
      'its second generation',
      async () => (await version('shop')).endsWith(' 2') || undefined,
      limit,
    );
    await writeStatus(cluster, applying.namespace, 'shop', createStatus('Active', 'True', 'Available', 2));
    const { code, stdout } = await waiting;
    expect(code).to.equal(0);
    expect(JSON.parse(stdout)).to.have.nested.property('status.observedGeneration', 2);
  });

  it('says what is missing, and for how long it waited', async () => {
    write('one.yaml', createPersona('shop'));
    await apply('-f', 'one.yaml');
    await writeStatus(cluster, applying.namespace, 'shop', createStatus('Degraded', 'False', 'RolloutStuck'));
    const { code, stderr } = await apply('-f', 'one.yaml', '--wait', '--timeout', '300ms');
    expect(code).to.equal(8);
    expect(stderr).to.contain(
      `error: persona shop in ${applying.namespace} is not ready after 300ms: condition Ready is False, RolloutStuck: it is RolloutStuck\n`,
    );
    expect(stderr).to.contain(`hint: kubectl dorgu persona status shop -n ${applying.namespace}`);
  });

  it('says that nobody writes the status where no operator runs', async () => {
    const { code, stdout, stderr } = await apply('-f', 'two.yaml', '--wait', '--timeout=300ms');
    expect(code).to.equal(8);
    expect(stdout).to.match(/shop created\n.*web created\n/);
    expect(stderr).to.match(/^Warning: no operator runs in this cluster: nobody writes the status/m);
    expect(stderr).to.match(/^cause: no operator runs in this cluster/m);
    const json = await apply('-f', 'two.yaml', '--wait', '--timeout=300ms', '-o', 'json');
    expect(JSON.parse(json.stdout)).to.have.nested.property('error.code', 'Timeout');
  });

  it('ends with 130 on Ctrl-C', async () => {
    write('one.yaml', createPersona('shop'));
    let processId = 0;
    const outcome = runLauncher(['persona', 'apply', '-f', 'one.yaml', '--wait', '-n', applying.namespace], {
      ...withCluster(cluster, { cwd: applying.folder }),
      onStart: (id) => (processId = id),
    });
    await waitUntil('the persona', async () => (await names()) === 'shop' || undefined, limit);
    process.kill(processId, 'SIGINT');
    expect(await outcome).to.have.property('code', 130);
  });
});
