// `recommend --write`: settings, persona and manifests changed together, so that no rule and no `generate --check` objects.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { writeSizes } from '../../../src/commands/recommend/write-sizes.ts';
import { runHere } from '../command-line.ts';
import { createAdvice, createAdvised, createReport, createWorkload } from './advised.ts';

const source = resolve(import.meta.dirname, '../../fixtures/commands/shop');

describe('recommend --write', function () {
  this.timeout(60_000);
  let folder: string;
  const run = (...argv: string[]) => runHere(argv, { cwd: folder });
  const workload = createWorkload();
  const report = createReport([
    createAdvised(workload, {
      advice: [
        createAdvice(workload, { recommended: '300m' }),
        createAdvice(workload, { setting: 'limit', current: '2', recommended: undefined }),
        createAdvice(workload, { resource: 'memory' }),
        createAdvice(workload, { resource: 'memory', setting: 'limit', recommended: '640Mi' }),
      ],
    }),
  ]);
  const write = (isDryRun = false, path = 'shop') =>
    writeSizes(
      report,
      { path, isDryRun },
      { cwd: folder, env: {}, home: '', signal: new AbortController().signal },
    );
  const read = (path: string) => readFileSync(join(folder, 'shop', path), 'utf8');

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dorgu-write-'));
    cpSync(source, join(folder, 'shop'), { recursive: true });
    writeFileSync(join(folder, 'shop/.dorgu.yaml'), 'version: "1" # ours\n# how much\nresources:\n  requests:\n    cpu: 200m # measured once\n'); // prettier-ignore
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('changes all of them together, keeps comments, and then leaves them alone', async () => {
    expect((await run('generate', 'shop')).code).to.equal(0);
    const dry = await write(true);
    expect(dry.text).to.contain('shop/.dorgu.yaml changed (dry run)\n');
    expect(read('.dorgu.yaml')).to.contain('200m');
    const { text, notes } = await write();
    expect(text).to.equal(
      'shop/.dorgu.yaml changed\nshop/PERSONA.md changed\nshop/k8s/deployment.yaml changed\nshop/k8s/persona.yaml changed\n',
    );
    expect(notes).to.deep.equal([
      'deployment/shop, container shop: limits.cpu stays, for settings have no word for none',
    ]);
    expect(read('.dorgu.yaml')).to.match(/^version: "1" # ours\n# how much\n[^]*cpu: 300m # measured once\n {4}memory: 528Mi\n {2}limits:\n {4}memory: 640Mi\n$/); // prettier-ignore
    for (const file of ['k8s/deployment.yaml', 'k8s/persona.yaml'])
      expect(read(file)).to.match(/cpu: 300m\n +memory: 528Mi\n[^]*memory: 640Mi/);
    expect((await run('generate', 'shop', '--check')).code).to.equal(0);
    const check = await run('check', '-R', 'shop/k8s', '--fail-on', 'warning');
    expect(check.code, check.stdout).to.equal(0);
    const again = await write();
    expect(again.text).to.equal('');
    expect(again.notes.at(-1)).to.equal('nothing to change: the settings say so already');
  });

  it('keeps what a person has changed', async () => {
    await run('generate', 'shop');
    writeFileSync(join(folder, 'shop/k8s/deployment.yaml'), `${read('k8s/deployment.yaml')}# mine\n`);
    await write();
    expect(read('k8s/deployment.yaml')).to.match(/cpu: 300m\n[^]*# mine\n$/);
  });

  /** By what stands in the way: what is done before, and what is said. */
  const refused: Readonly<Record<string, readonly [() => Promise<unknown>, RegExp]>> = {
    'nothing was generated': [() => Promise.resolve(), /holds no manifests that generate wrote/],
    'it is another application': [
      async () => {
        writeFileSync(join(folder, 'shop/.dorgu.yaml'), 'app:\n  name: till\n');
        await run('generate', 'shop');
      },
      /generates none of deployment\/shop/,
    ],
  };
  for (const [what, [prepare, said]] of Object.entries(refused)) {
    it(`changes nothing where ${what}`, async () => {
      await prepare();
      const before = read('.dorgu.yaml');
      const error = await write().catch((reason: unknown) => reason);
      expect(error).to.have.property('message').that.matches(said);
      expect(read('.dorgu.yaml')).to.equal(before);
    });
  }
});
