// `explain FILE [FIELD]` on what generate wrote: the forms of a field, whose it is, and that nothing is written.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { runHere } from '../commands/command-line.ts';
import { copyExample } from './generated-example.ts';

interface Field {
  field: string;
  value?: unknown;
  from: string;
  state: string;
  generated?: unknown;
  because: string;
  evidence: { file: string; line?: number; reason: string }[];
  setBy: string[];
}

const deployment = 'k8s/deployment.yaml';

describe('explain FILE', () => {
  let folder = '';
  const cwd = () => join(folder, 'app');
  const run = (...words: string[]) => runHere(['explain', ...words], { cwd: cwd() });

  async function explain(...words: string[]): Promise<Field[]> {
    const { code, stdout, stderr } = await run(...words, '-o', 'json');
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
    return (JSON.parse(stdout) as { fields: Field[] }).fields;
  }

  async function generate(name: string, ...flags: string[]): Promise<void> {
    copyExample(name, cwd());
    const { code, stderr } = await runHere(['generate', cwd(), '-q', ...flags]);
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
  }

  function edit(path: string, from: string, to: string): void {
    const text = readFileSync(join(cwd(), path), 'utf8');
    expect(text).to.include(from);
    writeFileSync(join(cwd(), path), text.replace(from, to));
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dorgu-explain-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const image = 'spec.template.spec.containers[0].image';
  const forms: Record<string, string> = {
    'from the root': image,
    'with a dot in front': `.${image}`,
    'as JSONPath': `{$.${image}}`,
    'by the name of the item': '.containers[name=app].image',
    'by a filter': `.spec.template.spec.containers[?(@.name=="app")].image`,
    'as kubectl explain has it': 'deployment.spec.template.spec.containers.image',
    'with the index between dots': 'spec.template.spec.containers.0.image',
    'for all items': 'spec.template.spec.containers[*].image',
  };

  it('takes a field in every form that people type', async () => {
    await generate('fastapi-notes', '--name', 'app');
    for (const [form, text] of Object.entries(forms))
      expect(
        (await explain(deployment, text, '--name', 'app')).map(({ field }) => field),
        form,
      ).to.deep.equal([image]);
    for (const label of [
      'metadata.labels.app.kubernetes.io/part-of',
      'metadata.labels["app.kubernetes.io/part-of"]',
      "metadata.labels['app.kubernetes.io/part-of']",
      String.raw`metadata.labels.app\.kubernetes\.io/part-of`,
    ])
      expect((await explain(deployment, label))[0]?.value, label).to.equal('app');
    const below = await explain(deployment, 'spec.strategy');
    expect(below.map(({ field }) => field)).to.include.members([
      'spec.strategy.type',
      'spec.strategy.rollingUpdate.maxSurge',
    ]);
  });

  it('names the line behind a fact, the convention behind what no fact says, and the setting that overrules both', async () => {
    await generate('fastapi-notes');
    const [path] = await explain(deployment, '.readinessProbe.httpGet.path');
    expect(path?.from).to.equal('evidence');
    const [line] = path?.evidence ?? [];
    expect(readFileSync(join(cwd(), line?.file ?? ''), 'utf8').split('\n')[(line?.line ?? 0) - 1]).to.include(
      String(path?.value),
    );
    expect((await explain(deployment, 'spec.revisionHistoryLimit'))[0]).to.include({
      from: 'convention',
      value: 5,
    });
    writeFileSync(join(cwd(), '.dorgu.yaml'), 'resources:\n  requests:\n    cpu: 300m\n');
    const [cpu] = await explain(deployment, '.resources.requests.cpu');
    expect(cpu).to.deep.include({ from: 'setting', state: 'stale', value: '100m', generated: '300m' });
    expect(cpu?.setBy[0]).to.equal('resources.requests.cpu (.dorgu.yaml:3)');
  });

  it('tells a person’s edits, additions and deletions from what was generated', async () => {
    await generate('fastapi-notes');
    edit(deployment, 'revisionHistoryLimit: 5', 'revisionHistoryLimit: 9\n  minReadySeconds: 3');
    edit(deployment, '      enableServiceLinks: false\n', '');
    expect((await explain(deployment, 'spec.revisionHistoryLimit'))[0]).to.include({
      from: 'person',
      state: 'edited',
      value: 9,
      generated: 5,
    });
    expect((await explain(deployment, 'spec.minReadySeconds'))[0]).to.include({
      from: 'person',
      state: 'added',
      value: 3,
    });
    expect((await explain(deployment, 'spec.template.spec.enableServiceLinks'))[0]).to.include({
      from: 'person',
      state: 'deleted',
      generated: false,
    });
    const page = await run(deployment, 'spec.revisionHistoryLimit');
    expect(page.stdout).to.match(
      /revisionHistoryLimit: 9\n\n {2}from {6}you\n {2}because {3}a person changed it/,
    );
    const mine = (await explain(deployment))
      .filter(({ from }) => from === 'person')
      .map(({ field }) => field);
    expect(mine).to.deep.equal([
      'spec.revisionHistoryLimit',
      'spec.minReadySeconds',
      'spec.template.spec.enableServiceLinks',
    ]);
  });

  it('knows the fields of a chart’s templates, and edits of them', async () => {
    await generate('fastapi-notes', '--format', 'helm');
    const [found] = await explain('k8s/templates/deployment.yaml', '.containers[0].image');
    expect(found?.because).to.include('{{ include "dorgu.image" .Values.components.app.image');
    edit('k8s/templates/deployment.yaml', 'revisionHistoryLimit: 5', 'revisionHistoryLimit: 7');
    expect((await explain('k8s/templates/deployment.yaml', 'spec.revisionHistoryLimit'))[0]).to.include({
      from: 'person',
      value: 7,
      generated: 5,
    });
  });

  it('explains every file that is written, and writes none', async () => {
    await generate('express-shop');
    const list = () =>
      readdirSync(cwd(), { recursive: true, encoding: 'utf8' })
        .map((path) => `${path} ${statSync(join(cwd(), path)).mtimeMs}`)
        .sort();
    const before = list();
    const written = readdirSync(join(cwd(), '.dorgu/base'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(cwd(), '.dorgu/base').length + 1));
    expect(written.length).to.be.greaterThan(10);
    for (const path of written) {
      const fields = await explain(path);
      expect(fields, path).not.to.be.empty;
      expect(
        fields.filter(({ from }) => from === 'person'),
        path,
      ).to.deep.equal([]);
    }
    expect(list()).to.deep.equal(before);
  }).timeout(60_000);

  it('names the nearest field to one that there is not, and exits 5', async () => {
    await generate('fastapi-notes');
    const { code, stdout, stderr } = await run(deployment, 'spec.revisionHistroyLimit');
    expect({ code, stdout }).to.deep.equal({ code: 5, stdout: '' });
    expect(stderr).to.match(
      /^error: k8s\/deployment\.yaml has no field "spec\.revisionHistroyLimit"\nhint: did you mean spec\.revisionHistoryLimit\?/,
    );
    const structured = await run(deployment, 'nothing.of.the.kind', '-o', 'json');
    expect(JSON.parse(structured.stdout)).to.have.nested.property('error.code', 'NotFound');
    expect((await run('k8s/nothing.yaml')).code).to.equal(5);
  });

  it('shows no secret that a person wrote into a generated file', async () => {
    await generate('fastapi-notes');
    edit(
      deployment,
      'revisionHistoryLimit: 5',
      'revisionHistoryLimit: 5\n  apiKey: hunter2Planted9f8e7d6c\n  note: postgres://u:hunter2Planted9f8e7d6c@db/x',
    );
    for (const output of ['json', 'yaml', 'table']) {
      const { stdout } = await run(deployment, '-o', output);
      expect(stdout).to.include('apiKey').and.not.include('hunter2');
      if (output === 'yaml') expect(() => parse(stdout) as unknown).not.to.throw();
    }
  });
});
