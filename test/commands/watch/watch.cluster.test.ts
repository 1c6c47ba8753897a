// The commands that watch on the real API server, which they watch themselves where no operator streams.
import { expect } from 'chai';
import { loadCommand } from '../../../src/commands/table.ts';
import { useCluster } from '../../cluster/use-cluster.ts';
import { createPersona, createStatus, toList, writeStatus } from '../persona/persona-objects.ts';
import { watchHere, type RunningWatch } from './watch-here.ts';

const unavailable = /^stream unavailable \(.*\): watching the API server instead\n$/;

describe('watching', () => {
  const cluster = useCluster({ workloads: true });
  let namespace: string;
  const running: RunningWatch[] = [];

  before(async () => {
    namespace = await cluster.createNamespace();
    const personas = [
      createPersona('shop', { labels: { app: 'shop' } }),
      createPersona('billing', { labels: { app: 'billing' } }),
    ];
    await cluster.expectKubectl(['apply', '-n', namespace, '-f', '-'], { input: toList(personas) });
    await writeStatus(cluster, namespace, 'shop', createStatus('Active', 'True', 'Available'));
  });
  afterEach(() => Promise.all(running.splice(0).map((one) => one.interrupt())));

  const watch = (...argv: string[]) => {
    const started = watchHere(argv, { KUBECONFIG: cluster.kubeconfig });
    running.push(started);
    return started;
  };
  const create = (...personas: object[]) =>
    cluster.expectKubectl(['apply', '-n', namespace, '-f', '-'], { input: toList(personas) });
  /** Without times. */
  const texts = (stdout: string) =>
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.replace(/^\S+ +/, '').replaceAll(`${namespace}/`, ''));

  it('writes a line for what is there and for each change, until Ctrl-C', async () => {
    const session = watch('persona', 'watch', '-n', namespace);
    await session.until('the state', (stdout) => stdout.includes('/shop'));
    await writeStatus(cluster, namespace, 'shop', createStatus('Degraded', 'False', 'Partial'));
    await session.until('the change', (stdout) => stdout.includes('-> Degraded'));
    await create(createPersona('mailer'));
    await session.until('the new one', (stdout) => stdout.includes('/mailer'));
    await cluster.expectKubectl(['delete', 'applicationpersona', 'mailer', '-n', namespace]);
    await session.until('its end', (stdout) => stdout.includes('deleted'));
    const { code, stdout, stderr } = await session.interrupt();
    expect(code).to.equal(130);
    expect(stderr).to.match(unavailable);
    expect(stdout).to.match(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ {2}\S.*\n)+$/);
    expect(texts(stdout)).to.deep.equal([
      'billing  not observed  no operator has looked at it yet',
      'shop     Active, Ready',
      'shop     Active, Ready -> Degraded, not Ready (Partial)  it is Partial',
      'mailer   created -> not observed  no operator has looked at it yet',
      'mailer   not observed -> deleted',
    ]);
  });

  it('selects by label over all namespaces, as programs read it', async () => {
    const other = await cluster.createNamespace();
    const labels = { proof: other };
    await create(createPersona('alpha', { labels }));
    const session = watch('watch', 'personas', '-A', '-l', `proof=${other}`, '-o', 'json');
    await session.until('the state', (stdout) => stdout.includes('alpha'));
    await cluster.expectKubectl(['apply', '-n', other, '-f', '-'], {
      input: toList([createPersona('beta', { labels }), createPersona('gamma')]),
    });
    await session.until('the second', (stdout) => stdout.includes('beta'));
    await cluster.expectKubectl(['label', 'applicationpersona', 'alpha', '-n', namespace, 'proof-']);
    await session.until('the first goes', (stdout) => stdout.includes('"deleted"'));
    const { code, stdout } = await session.interrupt();
    expect(code).to.equal(130);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ eventType, namespace: place, name }) => [eventType, place, name])).to.deep.equal([
      ['created', namespace, 'alpha'],
      ['created', other, 'beta'],
      ['deleted', namespace, 'alpha'],
    ]);
    for (const line of lines) {
      expect(Object.keys(line)).to.deep.equal([
        'timestamp',
        'eventType',
        'namespace',
        'name',
        'phase',
        'health',
        'persona',
      ]);
      expect(line['persona']).to.include({ kind: 'ApplicationPersona', apiVersion: 'dorgu.io/v1' });
      expect((line['persona'] as { metadata: object }).metadata).not.to.have.property('managedFields');
    }
  });

  it('waits for a persona that is not there yet, and helps with its name', async () => {
    const session = watch('persona', 'watch', 'shpo', '-n', namespace);
    await session.until('the words', () => session.stderr().includes('did you mean shop?'));
    expect(session.stderr()).to.contain(`no persona "shpo" in namespace "${namespace}" yet: waiting\n`);
    await create(createPersona('shpo'));
    await session.until('it', (stdout) => stdout.includes('/shpo  created'));
    await cluster.expectKubectl(['delete', 'applicationpersona', 'shpo', '-n', namespace]);
  });

  it('goes on where there is nothing', async () => {
    const empty = await cluster.createNamespace();
    const session = watch('persona', 'watch', '-n', empty, '--request-timeout', '1s');
    await session.until('the words', () => session.stderr().includes('No resources found'));
    expect(session.stderr()).to.contain(`No resources found in ${empty} namespace.\n`);
    // Longer than a request may take.
    const startMs = Date.now();
    await session.until('a while', () => Date.now() - startMs > 1_300);
    await cluster.expectKubectl(['apply', '-n', empty, '-f', '-'], {
      input: toList([createPersona('first')]),
    });
    await session.until('the first', (stdout) => stdout.includes('/first  created'));
  });

  it('follows Deployments', async () => {
    await cluster.expectKubectl([
      'create',
      'deployment',
      'web',
      '-n',
      namespace,
      '--image=nginx',
      '--replicas=2',
    ]);
    const session = watch('watch', 'deployments', '-n', namespace);
    await session.until('both are ready', (stdout) => stdout.includes('2/2 ready'));
    await cluster.expectKubectl(['scale', 'deployment', 'web', '-n', namespace, '--replicas=0']);
    await session.until('none is', (stdout) => stdout.includes('0/0 ready'));
  });

  it('tells how personas are judged, and what happens to them', async () => {
    const session = watch('watch', 'events', 'shop', '-n', namespace);
    await session.until('the judgement of before', (stdout) =>
      stdout.includes('Warning  Validation  failed'),
    );
    await cluster.expectKubectl(['apply', '-n', namespace, '-f', '-'], {
      input: JSON.stringify({
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { name: 'shop.1' },
        involvedObject: { apiVersion: 'dorgu.io/v1', kind: 'ApplicationPersona', name: 'shop', namespace },
        type: 'Warning',
        reason: 'Degraded',
        message: 'pods fail\u001b[2J',
        count: 3,
        lastTimestamp: '2026-11-23T09:00:01Z',
      }),
    });
    await session.until('the Event', (stdout) =>
      stdout.includes(`2026-11-23T09:00:01Z  ${namespace}/shop  Warning  Degraded    pods fail [2J x3\n`),
    );
  });

  it('is the same with persona status --watch in a pipe', async () => {
    const session = watch('persona', 'status', 'shop', '-w', '-n', namespace);
    await session.until(
      'the state',
      (stdout) => texts(stdout)[0]?.startsWith('shop  Degraded, not Ready') === true,
    );
  });

  const refusals: Record<string, [argv: string[], code: number, message: RegExp]> = {
    'a name and all namespaces': [
      ['persona', 'watch', 'shop', '-A'],
      2,
      /NAME means one and -A means several/,
    ],
    'a name and labels': [['watch', 'events', 'shop', '-l', 'a=b'], 2, /NAME means one and -l means several/],
    'a name that nothing can have': [['watch', 'cluster', 'Prod_EU'], 2, /expected a NAME/],
    'a selector that is none': [['persona', 'watch', '-l', 'a in'], 2, /selector/],
    'a format that is one document': [['persona', 'watch', '-o', 'name'], 2, /expected .*wide, json/i],
    'a watch that would end': [['persona', 'status', 'shop', '-w', '--exit-code'], 2, /--watch never ends/],
    'a screen of names': [['persona', 'status', 'shop', '-w', '-o', 'name'], 2, /-o wide and -o json alone/],
    'a stream without TLS': [['watch', 'personas', '--operator-url', 'ws://h/ws'], 2, /TLS only/],
    'a certificate without a stream': [['watch', 'personas', '--operator-ca', 'x'], 2, /of --operator-url/],
    'somebody who may not look': [['persona', 'watch', '--as', 'nobody'], 4, /cannot list resource/],
  };
  for (const [sentence, [argv, code, message]] of Object.entries(refusals))
    it(`refuses ${sentence}`, async () => {
      const outcome = await watch(...argv, '-n', namespace).untilEnded();
      expect(outcome.code, outcome.stderr).to.equal(code);
      expect(outcome.stdout).to.equal('');
      expect(outcome.stderr).to.match(message);
      if (code !== 4) return;
      const json = await watch(...argv, '-n', namespace, '-o', 'json').untilEnded();
      expect(json.stdout.trimEnd().split('\n')).to.have.length(1);
      expect((JSON.parse(json.stdout) as { error: { message: string } }).error.message).to.match(message);
    });

  for (const name of [
    'persona watch',
    'watch personas',
    'watch cluster',
    'watch events',
    'watch deployments',
  ])
    it(`the examples of ${name} run`, async () => {
      for (const { command } of (await loadCommand(name))!.examples) {
        const argv = command.replace(' --context production-eu', '').split(' ').slice(2);
        const session = watch(
          ...argv,
          ...(argv.includes('-n') || name === 'watch cluster' ? [] : ['-n', namespace]),
        );
        await session.until('that it has looked', () => /stream unavailable/.test(session.stderr()));
        expect((await session.interrupt()).code, command).to.equal(130);
      }
    });
});
