// `persona delete` on the real API server, with kubectl's words.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { useCluster } from '../../cluster/use-cluster.ts';
import { createPersona, runIn, toList } from './persona-objects.ts';

describe('persona delete', () => {
  const cluster = useCluster();
  let namespace: string;
  let folder: string;
  const remove = (...argv: string[]) =>
    runIn(cluster, namespace, ['persona', 'delete', ...argv], { cwd: folder });
  const kubectl = (...argv: string[]) => cluster.expectKubectl([...argv, '-n', namespace]);
  const names = async () =>
    (await kubectl('get', 'applicationpersonas', '-o', 'jsonpath={.items[*].metadata.name}')).split(' ');

  before(async () => {
    namespace = await cluster.createNamespace();
    folder = mkdtempSync(join(tmpdir(), 'dorgu-delete-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  beforeEach(async () => {
    const personas = ['a', 'b', 'c'].map((name) => createPersona(name, { labels: { app: name } }));
    writeFileSync(join(folder, 'personas.json'), toList(personas.slice(0, 2)));
    await cluster.expectKubectl(['apply', '-n', namespace, '-f', '-'], { input: toList(personas) });
  });

  const deletions: Record<string, [argv: string[], gone: string[]]> = {
    'by name': [['a'], ['a']],
    'several, and each once': [
      ['a', 'b', 'a'],
      ['a', 'b'],
    ],
    "by kubectl's spelling of a name": [['applicationpersona.dorgu.io/c'], ['c']],
    'by label, without a question where nobody can answer': [
      ['-l', 'app in (a,b)'],
      ['a', 'b'],
    ],
    'by field': [['--field-selector', 'metadata.name=b'], ['b']],
    'those of a file': [
      ['-f', 'personas.json'],
      ['a', 'b'],
    ],
    'all of the namespace': [
      ['--all', '--wait=false'],
      ['a', 'b', 'c'],
    ],
    'what is there, where the rest is no error': [['a', 'x', '--ignore-not-found'], ['a']],
  };
  for (const [sentence, [argv, gone]] of Object.entries(deletions)) {
    it(`deletes ${sentence}`, async () => {
      const dry = await remove(...argv, '--dry-run=server');
      const lines = (suffix: string) =>
        gone
          .map(
            (name) => `applicationpersona.dorgu.io "${name}" deleted from ${namespace} namespace${suffix}\n`,
          )
          .join('');
      expect(dry).to.deep.equal({ code: 0, stdout: lines(' (server dry run)'), stderr: '' });
      expect(await names()).to.deep.equal(['a', 'b', 'c']);
      expect(await remove(...argv)).to.deep.equal({ code: 0, stdout: lines(''), stderr: '' });
      expect((await names()).filter((name) => name !== '')).to.deep.equal(
        ['a', 'b', 'c'].filter((name) => !gone.includes(name)),
      );
    });
  }

  it('says what kubectl says', async () => {
    const theirs = await kubectl('delete', 'applicationpersona', 'a', '--dry-run=client');
    expect((await remove('a', '--dry-run=client')).stdout).to.equal(theirs);
  });

  it('prints names, or what it deleted, for programs', async () => {
    expect((await remove('a', '-o', 'name')).stdout).to.equal('applicationpersona.dorgu.io/a\n');
    expect(JSON.parse((await remove('b', '-o', 'json')).stdout)).to.have.nested.property(
      'metadata.name',
      'b',
    );
  });

  it('says where nothing is', async () => {
    expect(await remove('-l', 'app=x')).to.deep.equal({
      code: 0,
      stdout: '',
      stderr: 'No resources found\n',
    });
  });

  const refusals: Record<string, [argv: string[], code: number, message: RegExp]> = {
    'a name that is not there, and deletes none of the others': [
      ['a', 'x', 'y'],
      5,
      /2 personas were not found: x in .*, y in /,
    ],
    'one name that is not there, in the words of status': [
      ['x'],
      5,
      /persona "x" was not found in namespace "/,
    ],
    'a selector that is none': [['-l', 'in ('], 2, /does not take the selector\ncause: unable to parse/],
    'to guess': [[], 2, /expected names, -f, -l or --all/],
    'names and a selector': [['a', '-l', 'app=a'], 2, /found names and a selector/],
    'a selector and all': [['--all', '-l', 'app=a'], 2, /found a selector and --all/],
    'a name in all namespaces': [['a', '-A'], 2, /a name stands for one namespace/],
    'another kind': [['deployment/a'], 2, /expected the NAME of a persona/],
    'somebody who may not': [['a', '--as', 'nobody'], 4, /User "nobody" cannot/],
  };
  for (const [sentence, [argv, code, message]] of Object.entries(refusals)) {
    it(`refuses ${sentence}`, async () => {
      const outcome = await remove(...argv);
      expect(outcome.code, outcome.stderr).to.equal(code);
      expect(outcome.stderr)
        .to.match(message)
        .and.match(/^hint: /m);
      expect(outcome.stdout).to.equal('');
      expect(await names()).to.deep.equal(['a', 'b', 'c']);
    });
  }

  it('waits for finalizers, and names them when the time is up', async () => {
    const held = { ...createPersona('held'), metadata: { name: 'held', finalizers: ['example.com/hold'] } };
    await cluster.expectKubectl(['apply', '-n', namespace, '-f', '-'], { input: JSON.stringify(held) });
    const { code, stderr } = await remove('held', '--timeout', '200ms');
    expect(code).to.equal(8);
    expect(stderr).to.match(/held in .* is still there after 200ms: finalizers example\.com\/hold hold it/);
    const waiting = remove('held');
    await kubectl(
      'patch',
      'applicationpersona',
      'held',
      '--type=merge',
      '-p',
      '{"metadata":{"finalizers":null}}',
    );
    expect((await waiting).code).to.equal(0);
    expect(await names()).to.deep.equal(['a', 'b', 'c']);
  });
});
