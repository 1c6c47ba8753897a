// `persona apply` on the real API server: what it writes, what it says, and that it writes nothing where it refuses.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { runHere } from '../command-line.ts';
import { useApplying } from './applying.ts';
import { createPersona, toList, withCluster } from './persona-objects.ts';

const source = resolve(import.meta.dirname, '../../fixtures/commands/shop');

describe('persona apply', () => {
  const applying = useApplying();
  const { cluster, apply, write, version, names } = applying;

  it('creates, then changes nothing, then configures what is different', async () => {
    const created = await apply('-f', 'two.yaml');
    expect(created).to.deep.equal({
      code: 0,
      stdout: 'applicationpersona.dorgu.io/shop created\napplicationpersona.dorgu.io/web created\n',
      stderr: '',
    });
    const before = [await version('shop'), await version('web')];
    const again = await apply('-f', 'two.yaml');
    expect(again.stdout).to.equal(
      'applicationpersona.dorgu.io/shop unchanged\napplicationpersona.dorgu.io/web unchanged\n',
    );
    expect([await version('shop'), await version('web')]).to.deep.equal(before);
    write('two.yaml', createPersona('shop', { spec: { tier: 'critical' } }), createPersona('web'));
    expect((await apply('-f', 'two.yaml')).stdout).to.match(/shop configured\n.*web configured\n/);
  });

  it('applies what an application is, made from its source, and twice the same', async () => {
    const created = await apply(source);
    expect(created).to.deep.equal({
      code: 0,
      stdout: 'applicationpersona.dorgu.io/shop created\n',
      stderr: '',
    });
    const before = await version('shop');
    expect((await apply(source)).stdout).to.equal('applicationpersona.dorgu.io/shop unchanged\n');
    expect(await version('shop')).to.equal(before);
    const manager = await cluster.expectKubectl([
      ...['get', 'applicationpersona', 'shop', '-n', applying.namespace, '--show-managed-fields'],
      ...['-o', 'jsonpath={.metadata.managedFields[*].manager}'],
    ]);
    expect(manager).to.equal('kubectl-dorgu');
  });

  const dryRuns: Record<string, [flag: string, words: string]> = {
    'writes nothing in a dry run': ['--dry-run', '(dry run)'],
    "nor in the client's": ['--dry-run=client', '(dry run)'],
    "nor in the server's": ['--dry-run=server', '(server dry run)'],
  };
  for (const [sentence, [flag, words]] of Object.entries(dryRuns)) {
    it(sentence, async () => {
      const outcome = await apply('-f', 'two.yaml', flag);
      expect(outcome.stdout).to.equal(
        `applicationpersona.dorgu.io/shop created ${words}\napplicationpersona.dorgu.io/web created ${words}\n`,
      );
      expect(await names()).to.equal('');
      await apply('-f', 'two.yaml');
      write(
        'two.yaml',
        createPersona('shop', { spec: { tier: 'critical' } }),
        createPersona('web', { spec: { type: 'web' } }),
      );
      const before = await version('shop');
      expect((await apply('-f', 'two.yaml', flag)).stdout).to.equal(
        `applicationpersona.dorgu.io/shop configured ${words}\napplicationpersona.dorgu.io/web unchanged ${words}\n`,
      );
      expect(await version('shop')).to.equal(before);
    });
  }

  it('takes a folder, with -R those below, JSON, Lists, and what kubectl get printed', async () => {
    mkdirSync(join(applying.folder, 'many/below'), { recursive: true });
    write('many/a.yml', createPersona('a'));
    writeFileSync(join(applying.folder, 'many/b.json'), toList([createPersona('b'), createPersona('c')]));
    write('many/below/d.yaml', createPersona('d'));
    writeFileSync(join(applying.folder, 'many/README.md'), 'no manifest');
    expect((await apply('-f', 'many', '-o', 'name')).stdout.match(/\/\w+/g)).to.deep.equal([
      '/a',
      '/b',
      '/c',
    ]);
    expect((await apply('-f', 'many', '-R', '-f', 'two.yaml')).stdout.match(/\w+ \w+$/gm)).to.deep.equal([
      ...['a unchanged', 'b unchanged', 'c unchanged', 'd created', 'shop created', 'web created'],
    ]);
    const printed = await cluster.expectKubectl([
      ...['get', 'applicationpersonas', '-n', applying.namespace, '-o', 'yaml', '--show-managed-fields'],
    ]);
    writeFileSync(join(applying.folder, 'printed.yaml'), printed);
    const again = await apply('-f', 'printed.yaml', '--force-conflicts');
    expect({ code: again.code, stderr: again.stderr }).to.deep.equal({ code: 0, stderr: '' });
  });

  it('reads stdin', async () => {
    const outcome = await runHere(['persona', 'apply', '-f', '-', '-n', applying.namespace], {
      ...withCluster(cluster),
      stdin: JSON.stringify(createPersona('piped')),
    });
    expect(outcome.stdout).to.equal('applicationpersona.dorgu.io/piped created\n');
  });

  it('prints the object, or a List of several, for programs', async () => {
    const one = JSON.parse((await apply('-f', 'two.yaml', '-o', 'json')).stdout) as {
      kind: string;
      items: object[];
    };
    expect(one.kind).to.equal('List');
    expect(one.items).to.have.length(2);
    write('one.yaml', createPersona('shop'));
    expect((await apply('-f', 'one.yaml', '-o', 'jsonpath={.metadata.name}')).stdout).to.equal('shop');
  });

  describe('namespaces', () => {
    it("are the object's own before the context's", async () => {
      write('own.yaml', createPersona('shop', { namespace: applying.namespace }));
      const outcome = await runHere(
        ['persona', 'apply', '-f', 'own.yaml'],
        withCluster(cluster, { cwd: applying.folder }),
      );
      expect(outcome.stdout).to.equal('applicationpersona.dorgu.io/shop created\n');
      expect(await names()).to.equal('shop');
    });

    it('may not disagree', async () => {
      write('own.yaml', createPersona('shop', { namespace: 'elsewhere' }));
      const { code, stderr } = await apply('-f', 'own.yaml');
      expect(code).to.equal(2);
      expect(stderr).to.match(
        /own\.yaml:1:1: the namespace "elsewhere" of ApplicationPersona shop does not match -n/,
      );
      expect(stderr).to.match(/^hint: -n elsewhere, or /m);
    });

    for (const flag of ['--dry-run=none', '--dry-run=server']) {
      it(`have to be there, with ${flag}`, async () => {
        const argv = ['persona', 'apply', '-f', 'two.yaml', '-n', 'not-there', flag];
        const { code, stdout, stderr } = await runHere(argv, withCluster(cluster, { cwd: applying.folder }));
        expect({ code, stdout }).to.deep.equal({ code: 5, stdout: '' });
        expect(stderr).to.match(/^error: there is no namespace "not-there"$/m);
        expect(stderr).to.match(/^hint: kubectl create namespace not-there/m);
      });
    }
  });

  it('names manager and field of a conflict, and the command that takes it over', async () => {
    write('one.yaml', createPersona('shop', { spec: { tier: 'critical' } }));
    await cluster.expectKubectl(
      ['apply', '--server-side', '--field-manager=team-b', '-n', applying.namespace, '-f', '-'],
      { input: JSON.stringify(createPersona('shop', { spec: { tier: 'best-effort' } })) },
    );
    const before = await version('shop');
    const { code, stdout, stderr } = await apply('-f', 'one.yaml');
    expect({ code, stdout }).to.deep.equal({ code: 6, stdout: '' });
    expect(stderr).to.contain(
      `error: persona shop in ${applying.namespace}: field .spec.tier belongs to "team-b"\n`,
    );
    const command = /^hint: kubectl dorgu (.*) takes it over/m.exec(stderr)![1]!;
    expect(command).to.equal(`persona apply -f one.yaml -n ${applying.namespace} --force-conflicts`);
    expect(await version('shop')).to.equal(before);
    const forced = await runHere(command.split(' '), withCluster(cluster, { cwd: applying.folder }));
    expect(forced.stdout).to.equal('applicationpersona.dorgu.io/shop configured\n');
    const other = await apply('-f', 'one.yaml', '--field-manager', 'team-c');
    expect(other.code, other.stderr).to.equal(0);
  });

  it('says what was written and what was not where one fails midway', async () => {
    write(
      'own.yaml',
      createPersona('a', { namespace: applying.namespace }),
      createPersona('b', { namespace: 'not-there' }),
      createPersona('c', { namespace: applying.namespace }),
    );
    const argv = ['persona', 'apply', '-f', 'own.yaml'];
    const { code, stdout, stderr } = await runHere(argv, withCluster(cluster, { cwd: applying.folder }));
    expect({ code, stdout }).to.deep.equal({ code: 5, stdout: 'applicationpersona.dorgu.io/a created\n' });
    expect(stderr).to.contain(`  written: persona a in ${applying.namespace}\n`);
    expect(stderr).to.contain(`  not written: persona b in not-there, persona c in ${applying.namespace}\n`);
    const json = await runHere([...argv, '-o', 'json'], withCluster(cluster, { cwd: applying.folder }));
    expect(JSON.parse(json.stdout)).to.have.nested.property('error.details').that.has.length(2);
  });
});
