// `persona list` on the real API server, beside the real kubectl.
import { expect } from 'chai';
import { parse } from 'yaml';
import { useCluster } from '../../cluster/use-cluster.ts';
import { startFaultProxy } from '../../faults/fault-proxy.ts';
import { runHere } from '../command-line.ts';
import { createPersona, createStatus, runIn, toList, withCluster, writeStatus } from './persona-objects.ts';

/** The words of each line. */
const cellsOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/ {2,}/));

describe('persona list', () => {
  const cluster = useCluster();
  let namespace: string;
  const list = (...argv: string[]) => runIn(cluster, namespace, ['persona', 'list', ...argv]);

  before(async () => {
    namespace = await cluster.createNamespace();
    const personas = [
      createPersona('shop', {
        labels: { app: 'shop' },
        spec: { tier: 'critical', ownership: { team: 'store' } },
      }),
      createPersona('billing', { labels: { app: 'billing' }, spec: { type: 'worker' } }),
      createPersona('mailer', { labels: { app: 'shop' }, spec: { type: 'cron', tier: 'best-effort' } }),
    ];
    await cluster.expectKubectl(['apply', '-n', namespace, '-f', '-'], { input: toList(personas) });
    await writeStatus(cluster, namespace, 'shop', createStatus('Active', 'True', 'Available'));
    await writeStatus(cluster, namespace, 'billing', createStatus('Degraded', 'False', 'Partial'));
  });

  it('prints aligned columns, and a dash where nothing is known', async () => {
    const { code, stdout, stderr } = await list();
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
    const rows = cellsOf(stdout);
    expect(rows.map((row) => row.slice(0, -1))).to.deep.equal([
      ['NAME', 'TYPE', 'TIER', 'PHASE', 'HEALTH', 'READY'],
      ['billing', 'worker', 'standard', 'Degraded', 'Degraded', 'False'],
      ['mailer', 'cron', 'best-effort', '-', '-', '-'],
      ['shop', 'api', 'critical', 'Active', 'Healthy', 'True'],
    ]);
    expect(rows.slice(1).map((row) => row.at(-1))).to.satisfy((ages: string[]) =>
      ages.every((age) => /^\d+[sm](\d+s)?$/.test(age)),
    );
    const starts = stdout
      .split('\n')
      .slice(0, 4)
      .map((line) => line.search(/(?<= {2})(TYPE|worker|cron|api)/));
    expect(new Set(starts).size).to.equal(1);
  });

  it('has the columns, the rows and the cells of kubectl get', async () => {
    for (const flags of [[], ['-o', 'wide'], ['-l', 'app=shop']]) {
      const theirs = await cluster.expectKubectl(['get', 'applicationpersonas', '-n', namespace, ...flags]);
      const ours = cellsOf((await list(...flags)).stdout);
      const headings = ours[0]!.filter((heading) => heading !== 'TEAM');
      expect(headings).to.deep.equal(theirs.split('\n')[0]!.trim().split(/ {2,}/));
      const names = theirs
        .trim()
        .split('\n')
        .map((line) => line.split(' ')[0]);
      expect(ours.map(([name]) => name)).to.deep.equal(names);
    }
  });

  it('adds issues, reason and team to the wide one', async () => {
    const rows = cellsOf((await list('-o', 'wide')).stdout);
    expect(rows[0]).to.deep.equal('NAME TYPE TIER PHASE HEALTH READY ISSUES REASON TEAM AGE'.split(' '));
    expect(rows[1]!.slice(6, 9)).to.deep.equal(['1 error, 2 warnings', 'Partial', '-']);
    expect(rows[3]!.slice(6, 9)).to.deep.equal(['-', 'Available', 'store']);
  });

  it('adds the namespace over all of them', async () => {
    const { stdout } = await list('-A');
    const rows = cellsOf(stdout);
    expect(rows[0]!.slice(0, 2)).to.deep.equal(['NAMESPACE', 'NAME']);
    expect(rows.filter(([found]) => found === namespace).map(([, name]) => name)).to.deep.equal([
      'billing',
      'mailer',
      'shop',
    ]);
  });

  const answers: Record<string, [argv: string[], stdout: RegExp]> = {
    'selects by label': [
      ['-l', 'app=shop', '-o', 'name'],
      /^applicationpersona\.dorgu\.io\/mailer\napplicationpersona\.dorgu\.io\/shop\n$/,
    ],
    'selects by a set': [
      ['-l', 'app in (billing)', '-o', 'name'],
      /^applicationpersona\.dorgu\.io\/billing\n$/,
    ],
    'selects by field': [
      ['--field-selector', 'spec.name=shop', '-o', 'name'],
      /^applicationpersona\.dorgu\.io\/shop\n$/,
    ],
    'prints rows alone': [['--no-headers'], /^billing .*\nmailer .*\nshop .*\n$/],
    'sorts by a field, those without it first': [
      ['--no-headers', '--sort-by', '.status.phase'],
      /^mailer .*\nshop .*\nbilling .*\n$/,
    ],
    'sorts by a path without its dot': [
      ['--no-headers', '--sort-by=spec.tier'],
      /^mailer .*\nshop .*\nbilling .*\n$/,
    ],
    'sorts names, too': [['-o', 'name', '--sort-by', '{.spec.type}'], /\/shop\n.*\/mailer\n.*\/billing\n$/],
    'prints what a template finds': [['-o', 'jsonpath={.items[*].metadata.name}'], /^billing mailer shop$/],
  };
  for (const [sentence, [argv, expected]] of Object.entries(answers)) {
    it(sentence, async () => {
      const { code, stdout, stderr } = await list(...argv);
      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
      expect(stdout).to.match(expected);
    });
  }

  it('prints the objects of kubectl get in JSON and YAML', async () => {
    const theirs = await cluster.expectKubectl(['get', 'applicationpersonas', '-n', namespace, '-o', 'json']);
    const ours = await list('-o', 'json');
    expect(JSON.parse(ours.stdout)).to.deep.equal(JSON.parse(theirs));
    expect(parse((await list('-o', 'yaml')).stdout)).to.deep.equal(JSON.parse(theirs));
  });

  it('says where nothing is, on stderr, and prints an empty List for programs', async () => {
    const none = await runHere(['persona', 'list', '-n', 'nowhere'], withCluster(cluster));
    expect(none).to.deep.equal({ code: 0, stdout: '', stderr: 'No resources found in nowhere namespace.\n' });
    const theirs = await cluster.kubectl(['get', 'applicationpersonas', '-n', 'nowhere']);
    expect(none.stderr).to.equal(theirs.stderr);
    const all = await list('-A', '-l', 'app=of-nobody');
    expect(all).to.deep.equal({ code: 0, stdout: '', stderr: 'No resources found\n' });
    const json = await list('-l', 'app=of-nobody', '-o', 'json');
    expect(JSON.parse(json.stdout)).to.have.property('items').that.is.empty;
    expect(json.stderr).to.equal('');
  });

  const refusals: Record<string, [argv: string[], code: number, message: RegExp]> = {
    'a label selector that is none': [['-l', 'a=,='], 2, /does not take the selector\ncause: .*found '='/],
    'a field that cannot select': [
      ['--field-selector', 'spec.type=api'],
      2,
      /does not take the selector\ncause: .*spec\.type/,
    ],
    'a field to sort by that no persona has': [
      ['--sort-by', '.spec.bogus'],
      2,
      /none of them has this field/,
    ],
    'a field to sort by that is an object': [['--sort-by', '.spec'], 2, /found an object/],
    'a path to sort by that is none': [['--sort-by', '{.a}{.b}'], 2, /expected a path/],
    'a format that there is not': [['-o', 'xml'], 2, /invalid value "xml" for -o/],
    'a name': [['shop'], 2, /unexpected argument "shop"/],
    'a template that does not fit': [['-o', 'jsonpath={.items[9]}'], 1, /index 9, length 3/],
    'somebody who may not list': [['--as', 'nobody'], 4, /cannot list resource "applicationpersonas"/],
  };
  for (const [sentence, [argv, code, message]] of Object.entries(refusals)) {
    it(`refuses ${sentence}`, async () => {
      const outcome = await list(...argv);
      expect(outcome.code, outcome.stderr).to.equal(code);
      expect(outcome.stdout).to.equal('');
      expect(outcome.stderr)
        .to.match(message)
        .and.match(/^hint: /m);
      if (argv.includes('-o')) return;
      const json = await list(...argv, '-o', 'json');
      const { error } = JSON.parse(json.stdout) as { error: { message: string; cause?: string } };
      expect([error.message, error.cause].join('\ncause: ')).to.match(message);
      expect({ code: json.code, stderr: json.stderr }).to.deep.equal({ code, stderr: '' });
    });
  }

  it('prints nobody twice where the list begins anew in the middle', async () => {
    const proxy = await startFaultProxy(cluster.kubeconfig);
    try {
      const expired = { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'Expired', code: 410 };
      const page = async (query: string) =>
        JSON.parse(
          await cluster.expectKubectl([
            ...[
              'get',
              '--raw',
              `/apis/dorgu.io/v1/namespaces/${namespace}/applicationpersonas?limit=${query}`,
            ],
          ]),
        ) as object;
      proxy.script([
        {
          fits: ({ url }) => url.searchParams.has('continue'),
          fault: { kind: 'answer', status: 410, body: expired },
        },
        { fits: () => true, times: 1, fault: { kind: 'answer', status: 200, body: await page('2') } },
      ]);
      const argv = ['persona', 'list', '-o', 'name', '-n', namespace, '-s', proxy.url];
      const { stdout, stderr } = await runHere(argv, withCluster(cluster));
      expect({ stdout, stderr }).to.deep.equal({ stdout: (await list('-o', 'name')).stdout, stderr: '' });
      expect(proxy.seen).to.have.length(3);
    } finally {
      await proxy.close();
    }
  });
});
