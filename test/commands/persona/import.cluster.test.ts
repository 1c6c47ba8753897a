// `persona import` against a real API server: what it makes is taken, finds its workload and makes no error; it replaces nothing of others.
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseAllDocuments } from 'yaml';
import { gatherNamespaces } from '../../../src/cluster/gather/gather-namespaces.ts';
import { judgeWorkloadsOf } from '../../../src/cluster/judge-persona.ts';
import { connect } from '../../../src/kube/connect.ts';
import { personaKind, useImport, variedWorkloads } from './import-session.ts';

/** Personas of the fixture, by name: some are named by a label, two pairs share one, a Job and a dotted name have none. */
const names = [
  'bare',
  'best-effort',
  'chart',
  'checkout',
  'hostile',
  'hourly',
  'log-shipper',
  'nightly-report',
  'node-agent',
  'odd-amounts',
  'only-limits',
  'over-target',
  'paused',
  'percentages',
  'postgres',
  'privileged',
  'query-probe',
  'recreated',
  'redis-primary',
  'redis-replica',
  'same-probes',
  'slow-start',
  'storefront',
  'two-ports',
  'windows',
  'with-sidecar',
];

describe('persona import', () => {
  const session = useImport();
  const { cluster, run, apply, personasIn } = session;

  describe('of thirty varied workloads', () => {
    let namespace = '';
    before(async function () {
      this.timeout(60_000);
      namespace = await cluster.createNamespace();
      await apply(namespace, variedWorkloads);
    });

    it('prints YAML that the API server takes, with what was left out above it', async () => {
      const { code, stdout, stderr } = await run(['-n', namespace]);
      expect(code).to.equal(0);
      const documents = parseAllDocuments(stdout);
      expect(documents.map((document) => document.getIn(['metadata', 'name']))).to.deep.equal(names);
      expect(stdout).to.match(/^# Imported by `kubectl dorgu persona import` from Deployment\/bare: /);
      expect(stdout).to.include('# Left out, scaling: it is scaled to zero');
      expect(stderr).to.include('left alone: Deployment/dotted.name.v1.2: ');
      for (const sign of ['\u001b', '\u202e']) expect(stdout + stderr).not.to.include(sign);
      const answer = await cluster.kubectl(['apply', '--dry-run=server', '-f', '-'], { input: stdout });
      expect(answer).to.deep.include({ code: 0, stderr: '' });
    });

    it('applies them, and has nothing to do the second time', async () => {
      const first = await run(['-n', namespace, '--apply']);
      expect(first.code).to.equal(0);
      expect(first.stdout.trimEnd().split('\n')).to.deep.equal(
        names.map((name) => `${personaKind}/${name} created`),
      );
      const before = await personasIn(namespace);
      const second = await run(['-n', namespace, '--apply']);
      expect(second.stdout.trimEnd().split('\n')).to.deep.equal(
        names.map((name) => `${personaKind}/${name} unchanged`),
      );
      expect(await personasIn(namespace)).to.deep.equal(before);
    });

    it('makes no error finding', async () => {
      const client = await connect({
        env: {},
        home: '',
        cwd: session.folder,
        kubeconfig: cluster.kubeconfig,
        userAgent: 'test',
      });
      try {
        const around = (await gatherNamespaces(client, { namespace })).get(namespace)!;
        // Whoever else uses the cluster may have a ClusterPersona, whose rules are its own.
        const alone = { ...around, clusterPersona: undefined };
        const judged = around.personas.flatMap((persona) => judgeWorkloadsOf(persona, alone, new Date()));
        expect(judged.length).to.equal(28);
        const errors = judged.flatMap(({ workload, findings }) =>
          findings
            .filter(({ severity }) => severity === 'error')
            .map(({ rule, message }) => `${workload.name} ${rule}: ${message}`),
        );
        expect(errors).to.deep.equal([]);
      } finally {
        client.close();
      }
    });

    it('reads one by name, by kind and name, and by labels', async () => {
      const nameOf = async (argv: string[]) => (await run([...argv, '-n', namespace, '-o', 'name'])).stdout;
      expect(await nameOf(['checkout'])).to.equal(`${personaKind}/checkout\n`);
      expect(await nameOf(['sts/postgres'])).to.equal(`${personaKind}/postgres\n`);
      expect(await nameOf(['deployment/release-storefront'])).to.equal(`${personaKind}/storefront\n`);
      expect(await nameOf(['-l', 'team in (shop, finance)'])).to.equal(
        `${personaKind}/nightly-report\n${personaKind}/storefront\n`,
      );
      expect(await nameOf(['-l', 'team=nobody'])).to.equal('');
    });

    it('reads all namespaces, but not those of the system', async () => {
      const { code, stdout } = await run(['-A', '-o', 'json']);
      expect(code).to.equal(0);
      const { items } = JSON.parse(stdout) as { items: { metadata: { name: string; namespace: string } }[] };
      const here = items.filter(({ metadata }) => metadata.namespace === namespace);
      expect(here.map(({ metadata }) => metadata.name)).to.deep.equal(names);
      expect(items.some(({ metadata }) => metadata.namespace.startsWith('kube-'))).to.equal(false);
    });

    it('writes a file each, keeps what a person changed, and writes all or nothing', async () => {
      const first = await run(['-n', namespace, '--output-dir', 'personas']);
      expect(first.stdout.split('\n')[0]).to.equal(`${join('personas', 'bare.yaml')} created`);
      expect(
        readdirSync(join(session.folder, 'personas')).filter((name) => name.endsWith('.yaml')),
      ).to.have.length(26);
      const again = await run(['-n', namespace, '--output-dir', 'personas']);
      expect(
        again.stdout
          .trimEnd()
          .split('\n')
          .every((line) => line.endsWith(' unchanged')),
      ).to.equal(true);

      const edited = join(session.folder, 'personas/checkout.yaml');
      const text = `${readFileSync(edited, 'utf8')}# mine\n`;
      writeFileSync(edited, text);
      rmSync(join(session.folder, 'personas/bare.yaml'));
      const refused = await run(['-n', namespace, '--output-dir', 'personas']);
      expect(refused).to.deep.include({ code: 6, stdout: '' });
      expect(refused.stderr).to.include('checkout.yaml').and.to.include('--force');
      expect(readFileSync(edited, 'utf8')).to.equal(text);
      expect(existsSync(join(session.folder, 'personas/bare.yaml'))).to.equal(false);

      const forced = await run(['-n', namespace, '--output-dir', 'personas', '--force']);
      expect(forced.stdout).to.include(`${join('personas', 'checkout.yaml')} configured\n`);
      expect(readFileSync(edited, 'utf8')).not.to.include('# mine');
    });

    it('puts files of several namespaces into folders, and keeps those of earlier imports', async () => {
      const one = await run(['-A', '-l', 'team=finance', '--output-dir', 'all', '--dry-run=client']);
      expect(one.stdout).to.include(`${join('all', namespace, 'nightly-report.yaml')} created (dry run)\n`);
      expect(existsSync(join(session.folder, 'all'))).to.equal(false);
      await run(['-A', '-l', 'team=finance', '--output-dir', 'all']);
      await run(['-A', '-l', 'team=shop', '--output-dir', 'all']);
      const files = readdirSync(join(session.folder, 'all', namespace)).sort();
      expect(files).to.deep.equal(['nightly-report.yaml', 'storefront.yaml']);
    });

    const refusals: Record<string, [argv: string[], code: number, message: RegExp]> = {
      'names the nearest workload': [
        ['chekout'],
        5,
        /workload "chekout" was not found.*\n(.*\n)*.*did you mean checkout\?/,
      ],
      'says why a Job is not imported': [['once'], 1, /Job "once" gets no persona of its own/],
      'refuses a kind that runs nothing': [['service/checkout'], 2, /expected NAME or KIND\/NAME/],
      'passes on what the server says of a selector': [['-l', 'a b'], 2, /unable to parse/],
      'refuses a name with -A': [['checkout', '-A'], 2, /cannot be given together/],
      'refuses --dry-run without a place to write': [['--dry-run=server'], 2, /--dry-run is given without/],
    };
    for (const [title, [argv, code, message]] of Object.entries(refusals)) {
      it(title, async () => {
        const answer = await run([...argv, ...(argv.includes('-A') ? [] : ['-n', namespace])]);
        expect(answer).to.deep.include({ code, stdout: '' });
        expect(answer.stderr).to.match(message);
      });
    }
  });
});
