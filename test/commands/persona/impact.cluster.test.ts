// `persona impact` on the real API server: what enforcing would deny, for people and for programs. Dates and exceptions need a ClusterPersona: test/cluster/impact has them, test/agreement the webhook beside them.
import { expect } from 'chai';
import { useCluster } from '../../cluster/use-cluster.ts';
import { createPersona, runIn, toList, withCluster } from './persona-objects.ts';
import { runHere } from '../command-line.ts';

const sound = {
  securityContext: {
    runAsNonRoot: true,
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
    seccompProfile: { type: 'RuntimeDefault' },
  },
};

/** A Deployment of no pods: nothing has to run to be judged. */
function createDeployment(
  name: string,
  { labels = {}, container = {} }: { labels?: object; container?: object } = {},
) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels },
    spec: {
      replicas: 0,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name, image: 'ghcr.io/acme/shop:1.0.0', ...container }] },
      },
    },
  };
}

const cellsOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/ {2,}/));

describe('persona impact', function () {
  this.timeout(60_000);
  const cluster = useCluster();
  let namespace: string;
  const impact = (...argv: string[]) => runIn(cluster, namespace, ['persona', 'impact', ...argv]);

  before(async () => {
    namespace = await cluster.createNamespace();
    const objects = [
      createPersona('shop', { spec: { ownership: { team: 'store' } } }),
      createPersona('till', { spec: { type: 'worker', tier: 'best-effort' } }),
      createDeployment('shop', { labels: { team: 'store' } }),
      createDeployment('till', { container: sound }),
      createDeployment('stray', { container: sound }),
    ];
    await cluster.expectKubectl(['apply', '-n', namespace, '-f', '-'], { input: toList(objects) });
  });

  it('lists what would be denied, by which rules, and exits 1', async () => {
    const { code, stdout, stderr } = await impact();
    expect(code, stderr).to.equal(1);
    expect(cellsOf(stdout)).to.deep.equal([
      ['WORKLOAD', 'PERSONA', 'APPLIED ANEW', 'RULES'],
      ['Deployment/shop', 'shop', 'denied', 'security/privilege-escalation, security/run-as-non-root'],
    ]);
    expect(stderr).to.match(
      /^1 of 3 workloads would be denied in enforcing mode; \d warned of, \d admitted$/m,
    );
    expect(stderr).to.contain('an update is denied only for what it makes new or worse');
    expect(stderr).to.contain(`kubectl dorgu persona impact shop -n ${namespace}`);
  });

  it('shows all of them, and what an update would get, when it is wide', async () => {
    const { stdout } = await impact('-o', 'wide');
    const [headings, ...rows] = cellsOf(stdout);
    expect(headings).to.deep.equal('WORKLOAD;PERSONA;APPLIED ANEW;UPDATED;MODE;TEAM;RULES'.split(';'));
    expect(rows.map(([name, , anew, updated]) => `${name} ${anew} ${updated}`)).to.have.members([
      'Deployment/shop denied warned',
      'Deployment/stray admitted admitted',
      'Deployment/till admitted admitted',
    ]);
  });

  it('shows every finding of one persona with its fix', async () => {
    const { code, stdout } = await impact('persona/shop');
    expect(code).to.equal(1);
    expect(stdout).to.match(new RegExp(`^Deployment/shop in ${namespace}: persona shop +enforcing$`, 'm'));
    expect(stdout).to.match(/^Applied anew +denied$/m);
    expect(stdout).to.match(/^denied +security\/run-as-non-root +container shop: runAsNonRoot is unset/m);
    expect(stdout).to.match(/securityContext\.runAsNonRoot: true$/m);
  });

  it('adds up by rule, team and namespace', async () => {
    const rule = cellsOf((await impact('--by', 'rule')).stdout);
    expect(rule[0]).to.deep.equal(['RULE', 'DENIED', 'LATER', 'WARNED', 'ADMITTED']);
    expect(rule).to.deep.include(['security/run-as-non-root', '1', '0', '0', '0']);
    expect(cellsOf((await impact('--by=team')).stdout)).to.deep.include(['store', '1', '0', '0', '0']);
    const { stdout } = await runHere(['persona', 'impact', '-A', '--by', 'namespace'], withCluster(cluster));
    expect(cellsOf(stdout)).to.deep.include([namespace, '1', '0', '0', '2']);
  });

  it('supposes levels, and a policy that asks for personas', async () => {
    const stricter = await impact('--rule', 'identity/persona-missing=deny', '--rule=security/*=warn', '-o', 'json'); // prettier-ignore
    const { items, summary, supposed } = JSON.parse(stricter.stdout) as {
      items: { name: string; create: { outcome: string; message?: string } }[];
      summary: object;
      supposed: object;
    };
    expect(Object.fromEntries(items.map(({ name, create }) => [name, create.outcome]))).to.deep.equal({ shop: 'warned', stray: 'denied', till: 'admitted' }); // prettier-ignore
    expect(items.find(({ name }) => name === 'stray')?.create.message).to.match(/^the cluster refuses it:/);
    expect(summary).to.deep.equal({ workloads: 3, denied: 1, later: 0, warned: 1, admitted: 1, failOn: 'denied', passed: false }); // prettier-ignore
    expect(supposed).to.deep.equal({ mode: 'enforcing', rules: [{ id: 'identity/persona-missing', level: 'deny' }, { id: 'security/*', level: 'warn' }] }); // prettier-ignore
  });

  it('fails only from the outcome on that --fail-on names', async () => {
    expect((await impact('--fail-on', 'never')).code).to.equal(0);
    expect((await impact('--mode', 'advisory')).code).to.equal(0);
    expect((await impact('--mode', 'advisory', '--fail-on', 'warned')).code).to.equal(1);
    expect((await impact('till')).code).to.equal(0);
    expect((await impact('-l', 'team!=store')).code).to.equal(0);
  });

  it('keeps to labels of the workloads', async () => {
    expect((await impact('-l', 'team=store', '-o', 'name')).stdout).to.equal('deployment.apps/shop\n');
    const { code, stderr } = await impact('-l', 'team==/');
    expect({ code, isTold: stderr.includes('selector') }).to.deep.equal({ code: 2, isTold: true });
  });

  it('follows the mode of the namespace and of the persona, as the webhook does', async () => {
    const calm = await cluster.createNamespace({ 'dorgu.io/mode': 'advisory' });
    const away = await cluster.createNamespace({ 'dorgu.io/validate': 'false' });
    const strict = { ...createPersona('strict'), metadata: { name: 'strict', annotations: { 'dorgu.io/mode': 'enforcing' } } }; // prettier-ignore
    const objects = toList([createPersona('shop'), strict, createDeployment('shop'), createDeployment('strict')]); // prettier-ignore
    for (const one of [calm, away])
      await cluster.expectKubectl(['apply', '-n', one, '-f', '-'], { input: objects });
    const inCalm = await runIn(cluster, calm, ['persona', 'impact', '-o', 'name']);
    expect(inCalm).to.include({ code: 1, stdout: 'deployment.apps/strict\n' });
    const inAway = await runIn(cluster, away, ['persona', 'impact']);
    expect(inAway).to.include({ code: 0, stdout: '' });
    expect(inAway.stderr).to.contain(`admission is not asked in ${away} (2)`);
  });

  /** By what is wrong with the command line: its words, and what is said. */
  const refused: Readonly<Record<string, readonly [string[], RegExp]>> = {
    'a rule that there is not': [['--rule', 'security/run-as-nonroot=deny'], /did you mean security\/run-as-non-root/], // prettier-ignore
    'a level that there is not': [['--rule', 'image/tag=denied'], /expected off, info, warn, deny/],
    'a rule without a level': [['--rule', 'image/tag'], /expected ID=LEVEL/],
    'a rule that no cluster weighs': [['--rule', 'persona/invalid=off'], /no ClusterPersona can weigh/],
    'a name in all namespaces': [['shop', '-A'], /cannot be given together/],
    'an unknown sum': [['--by', 'owner'], /expected rule, team, namespace/],
  };
  for (const [what, [argv, said]] of Object.entries(refused)) {
    it(`refuses ${what}`, async () => {
      const { code, stderr } = await impact(...argv);
      expect(code, stderr).to.equal(2);
      expect(stderr).to.match(said);
    });
  }

  it('names the nearest persona where there is none of the name', async () => {
    const { code, stderr } = await impact('shpo');
    expect(code).to.equal(5);
    expect(stderr).to.contain('did you mean shop?');
  });

  it('does what its examples say', async () => {
    const { default: PersonaImpact } = await import('../../../src/commands/persona/impact.ts');
    for (const { command } of PersonaImpact.examples) {
      const { code, stderr } = await runIn(cluster, namespace, command.split(' ').slice(2));
      expect(code, `${command}\n${stderr}`).to.equal(1);
    }
  });
});
