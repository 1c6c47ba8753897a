// `persona diff` on a real control plane: exit 0 without a difference, 1 with one, more for errors.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { useCluster } from '../../cluster/use-cluster.ts';
import { runHere } from '../command-line.ts';
import { goodPodSpec, listOfObjects, persona, workload } from './cluster-objects.ts';

const source = resolve(import.meta.dirname, '../../fixtures/commands/shop');

describe('persona diff', () => {
  const cluster = useCluster();
  let namespace = '';
  let folder = '';
  before('a namespace', async () => {
    namespace = await cluster.createNamespace();
    folder = mkdtempSync(join(tmpdir(), 'dorgu-persona-diff-'));
  });
  after('the folder', () => rmSync(folder, { recursive: true, force: true }));

  const run = (argv: readonly string[], env: Record<string, string> = {}) =>
    runHere(['persona', 'diff', '-n', namespace, ...argv], {
      env: { ...(cluster.environment as Record<string, string>), ...env },
    });
  const apply = (...objects: Record<string, unknown>[]) =>
    cluster.expectKubectl(['apply', '--server-side', '-n', namespace, '-f', '-'], {
      input: listOfObjects(...objects),
    });
  const write = (name: string, object: object) => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(object));
    return path;
  };

  it('finds nothing where a workload is what its persona says', async () => {
    await apply(persona('same'), workload('Deployment', 'same'));
    expect(await run(['same'])).to.deep.equal({ code: 0, stdout: '', stderr: '' });
  });

  it('shows what runs and what the persona asks for', async () => {
    const container = { securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: false } };
    await apply(persona('loose'), workload('Deployment', 'loose', { podSpec: goodPodSpec(container) }));
    const { code, stdout } = await run(['loose']);
    expect(code).to.equal(1);
    expect(stdout).to.match(
      /^-spec\.template\.spec\.containers\[0\]\.securityContext\.readOnlyRootFilesystem: false$/m,
    );
    expect(stdout).to.match(
      /^\+spec\.template\.spec\.containers\[0\]\.securityContext\.readOnlyRootFilesystem: true$/m,
    );
  });

  it('shows a whole persona that the cluster does not have yet, and writes nothing', async () => {
    const { code, stdout } = await run([source]);
    expect(code).to.equal(1);
    expect(stdout)
      .to.match(/^--- \/dev\/null$/m)
      .and.match(/^\+kind: ApplicationPersona$/m);
    expect(stdout).not.to.match(/resourceVersion|managedFields|uid:/);
    expect((await cluster.kubectl(['get', 'applicationpersona', 'shop', '-n', namespace])).code).to.equal(1);
  });

  it('finds nothing after the source was applied, and what somebody changed since', async () => {
    const applied = await runHere(['persona', 'apply', source, '-n', namespace], {
      env: cluster.environment as Record<string, string>,
    });
    expect(applied.code, applied.stderr).to.equal(0);
    expect(await run(['shop', source])).to.deep.equal({ code: 0, stdout: '', stderr: '' });
    const patch = [
      'patch',
      'applicationpersona',
      'shop',
      '-n',
      namespace,
      '--type=merge',
      '-p',
      '{"spec":{"type":"cron"}}',
    ];
    await cluster.expectKubectl([...patch, '--field-manager=someone']);
    const conflict = await run(['shop', source]);
    expect(conflict.code).to.equal(6);
    expect(conflict.stderr)
      .to.contain('"someone"')
      .and.contain('persona diff')
      .and.contain('--force-conflicts');
    const { code, stdout } = await run(['shop', source, '--force-conflicts']);
    expect(code).to.equal(1);
    expect(stdout)
      .to.match(/^- {2}type: cron$/m)
      .and.match(/^\+ {2}type: api$/m);
  });

  it('compares personas of files, without their defaults', async () => {
    const file = write('filed.json', persona('filed'));
    await apply(persona('filed'));
    expect((await run(['-f', file])).code).to.equal(0);
    const changed = write('filed.json', persona('filed', { tier: 'critical' }));
    const { code, stdout } = await run(['-f', changed, '--force-conflicts']);
    expect(code).to.equal(1);
    expect(stdout.split('\n').filter((line) => /^[-+] /.test(line))).to.deep.equal([
      '-  tier: best-effort',
      '+  tier: critical',
    ]);
  });

  it('hands the difference to the program of a person’s choice', async () => {
    const file = write('external.json', persona('external'));
    const { code, stdout } = await run(['-f', file], { KUBECTL_EXTERNAL_DIFF: 'diff -r -N' });
    expect(code).to.equal(1);
    expect(stdout).to.match(/^diff -r -N \S+LIVE\/dorgu\.io\.v1\.ApplicationPersona\.\S+\.external /m);
  });

  const errors: Record<string, [argv: string[], code: number]> = {
    'a persona that is not there is exit 5': [['absent'], 5],
    'a folder that is not there is more than 1': [['shop', join(source, 'absent')], 2],
    'a file that is no persona is more than 1': [['-f', join(source, 'package.json')], 2],
    'a name that the source does not have is exit 5': [['nobody', source], 5],
    'no word at all is exit 2': [[], 2],
  };
  for (const [title, [argv, least]] of Object.entries(errors)) {
    it(title, async () => {
      const { code, stdout, stderr } = await run(argv);
      expect(code).to.be.at.least(least);
      expect(stdout).to.equal('');
      expect(stderr)
        .to.match(/^error: /)
        .and.match(/^hint: /m);
    });
  }
});
