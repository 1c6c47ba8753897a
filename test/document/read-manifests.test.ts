// What the reader of manifests makes of files, folders, stdin and lists, and where it says things are.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { DorguError } from '../../src/api/errors.ts';
import { readManifests } from '../../src/document/read-manifests.ts';

const deployment = (name: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
`;

describe('reading manifests', () => {
  let cwd: string;
  before(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'dorgu-manifests-'));
  });
  after(() => rm(cwd, { recursive: true }));

  async function write(files: Record<string, string>): Promise<void> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(cwd, path)), { recursive: true });
      await writeFile(join(cwd, path), text);
    }
  }

  async function readText(text: string) {
    return readManifests(['-'], { cwd, stdin: toStream(text) });
  }

  it('says where every field is, also within lists and behind aliases', async () => {
    const { manifests } = await readText(`# a comment
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: &labels
    app.kubernetes.io/name: web
spec:
  selector:
    matchLabels: *labels
  template:
    spec:
      containers:
        - name: web
          image: nginx
          env: [{ name: A, value: b }]
`);
    const [manifest] = manifests;
    expect(manifest!.locate('spec.template.spec.containers[0].image')).to.deep.equal({
      line: 15,
      column: 11,
    });
    expect(manifest!.locate('spec.template.spec.containers[0].env[0].value')).to.deep.equal({
      line: 16,
      column: 28,
    });
    expect(manifest!.locate('spec.template.spec.containers[0].resources.limits')).to.deep.equal({
      line: 14,
      column: 11,
    });
    expect(manifest!.locate('metadata.labels["app.kubernetes.io/name"]')).to.deep.equal({
      line: 7,
      column: 5,
    });
    expect(manifest!.locate(['spec', 'selector', 'matchLabels'])).to.deep.equal({ line: 10, column: 5 });
    expect(manifest!.locate('spec.nothing[3]')).to.deep.equal({ line: 8, column: 1 });
    expect(manifest!.locate('')).to.deep.equal({ line: 2, column: 1 });
    expect(manifest!.object).to.have.nested.property('spec.selector.matchLabels').that.deep.equals({
      'app.kubernetes.io/name': 'web',
    });
  });

  it('reads several documents, skips empty ones and keeps the source of helm template', async () => {
    const { manifests } = await readText(
      `---\n---\n# nothing\n---\n# Source: shop/templates/web.yaml\n${deployment('web')}---\n${deployment('mailer')}...\n`,
    );
    expect(
      manifests.map(({ index, line, origin, object }) => ({ index, line, origin, object })),
    ).to.deep.equal([
      {
        index: 0,
        line: 6,
        origin: 'shop/templates/web.yaml',
        object: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } },
      },
      {
        index: 1,
        line: 11,
        origin: undefined,
        object: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'mailer' } },
      },
    ]);
  });

  it('opens lists, typed ones and lists of lists', async () => {
    const { manifests } = await readText(`apiVersion: v1
kind: List
items:
  - apiVersion: apps/v1
    kind: Deployment
    metadata: {name: a}
  - apiVersion: apps/v1
    kind: DeploymentList
    items:
      - metadata: {name: b}
`);
    expect(manifests.map(({ object, line }) => [object['kind'], object['metadata'], line])).to.deep.equal([
      ['Deployment', { name: 'a' }, 4],
      ['Deployment', { name: 'b' }, 10],
    ]);
    expect(manifests[1]!.locate('metadata.name')).to.deep.equal({ line: 10, column: 20 });
  });

  it('passes over kustomizations, chart templates and what is no object, and says which', async () => {
    await write({
      'mixed/kustomization.yaml': 'resources: [web.yaml]\n',
      'mixed/web.yaml': deployment('web'),
      'mixed/values.yaml': 'replicas: 3\n',
      'mixed/chart/Chart.yaml': 'name: chart\n',
      'mixed/chart/templates/web.yaml': deployment("'{{ .Release.Name }}'"),
      'mixed/chart/templates/plain.yaml': deployment('plain'),
      'mixed/loose.yaml': 'apiVersion: {{ b }}\n{{- if x }}\n',
      'mixed/tsconfig.json': '{ /* no JSON */ }',
      'mixed/notes.txt': 'kind: Nothing\n',
      'mixed/.hidden/web.yaml': deployment('hidden'),
    });
    const found = await readManifests(['mixed'], { cwd, recursive: true });
    expect(found.manifests.map(({ file }) => file)).to.deep.equal([
      'mixed/chart/templates/plain.yaml',
      'mixed/web.yaml',
    ]);
    expect(found.skipped).to.deep.equal([
      { file: 'mixed/kustomization.yaml', line: 1, reason: 'kustomization', isNamed: false },
      { file: 'mixed/chart/templates/web.yaml', line: 1, reason: 'template', isNamed: false },
      { file: 'mixed/loose.yaml', line: 1, reason: 'template', isNamed: false },
      { file: 'mixed/tsconfig.json', line: 1, reason: 'no-object', isNamed: false },
      { file: 'mixed/values.yaml', line: 1, reason: 'no-object', isNamed: false },
    ]);
    expect(found.fileCount).to.equal(6);
  });

  it('enters folders below only when asked to, and names those it did not enter', async () => {
    await write({ 'deep/web.yaml': deployment('web'), 'deep/api/api.yml': deployment('api') });
    const flat = await readManifests(['deep', 'deep/web.yaml'], { cwd });
    expect(flat.manifests).to.have.length(1);
    expect(flat.foldersNotEntered).to.deep.equal(['deep/api']);
    const { manifests, foldersNotEntered } = await readManifests(['deep'], { cwd, recursive: true });
    expect(manifests.map(({ file }) => file)).to.deep.equal(['deep/api/api.yml', 'deep/web.yaml']);
    expect(foldersNotEntered).to.deep.equal([]);
  });

  const words = {
    'octal as kubectl reads it': ['0644', 420],
    'a word of YAML 1.1': ['yes', true],
    'a quoted word': ['"yes"', 'yes'],
    'an exact number': ['9007199254740991', 9007199254740991],
    'a number that JavaScript cannot hold': ['9007199254740993', '9007199254740993'],
    'a number out of range': ['1e999', '1e999'],
    'an exponent': ['1e3', 1000],
    hexadecimal: ['0x1F', 31],
    'a version': ['1.2.3', '1.2.3'],
    'a time': ['12:30', '12:30'],
    'a date': ['2026-11-23', '2026-11-23'],
    nothing: ['', null],
    'a tilde': ['~', null],
    underscores: ['1_000', 1000],
    'a tagged text': ['!!str 5', '5'],
    'what is no octal': ['08', 8],
    'a negative octal': ['-010', -8],
    'a letter of YAML 1.1': ['y', true],
  } as const;
  for (const [title, [text, value]] of Object.entries(words)) {
    it(`reads ${title}`, async () => {
      const { manifests } = await readText(`apiVersion: v1\nkind: K\nvalue: ${text}\n`);
      expect(manifests[0]!.object['value']).to.equal(value);
    });
  }

  const refusals = {
    'a missing quote': ['a: "b\nc: d\n', 'ManifestSyntax', /^stdin:\d+:\d+: expected YAML, found/],
    'a tab': ['a:\n\tb: c\n', 'ManifestSyntax', /^stdin:2:1: .*a tab/],
    'a key twice': ['a: 1\nb: 2\na: 3\n', 'ManifestSyntax', /^stdin:3:1: the key stands twice/],
    'an alias to nothing': ['a: *b\n', 'ManifestSyntax', /^stdin:1:4: /],
    'a template': [
      'a: {{ .Values.b }}\n{{- end }}\n',
      'ManifestTemplate',
      /^stdin:\d+:\d+: expected YAML, found a template/,
    ],
    'two broken documents': ['a: "\n---\nb: *x\n', 'ManifestSyntax', /^stdin:/],
  } as const;
  for (const [title, [text, code, message]] of Object.entries(refusals)) {
    it(`refuses ${title} with its place`, async () => {
      const error = await readText(text).catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(DorguError);
      expect(error).to.include({ code });
      expect((error as DorguError).message).to.match(message);
    });
  }

  it('says what is not there, and that URLs are not fetched', async () => {
    const missing = await readManifests(['gone.yaml'], { cwd }).catch((thrown: unknown) => thrown);
    expect(missing).to.include({ code: 'PathMissing', message: 'there is no file or folder "gone.yaml"' });
    const url = await readManifests(['https://example.org/a.yaml'], { cwd }).catch(
      (thrown: unknown) => thrown,
    );
    expect(url).to.include({ code: 'BadArgument' });
  });
});

async function* toStream(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(new TextEncoder().encode(text));
}

describe('reading JSON', () => {
  it('takes values one after the other, tabs, and says where fields are', async () => {
    const text =
      '{\n\t"apiVersion": "v1",\n\t"kind": "A",\n\t"list": [1, {"b": 2}]\n}\n{"apiVersion":"v1","kind":"B"}';
    const { manifests } = await readManifests(['-'], { cwd: '/', stdin: toStream(text) });
    expect(manifests.map(({ object }) => object['kind'])).to.deep.equal(['A', 'B']);
    expect(manifests[0]!.locate('list[1].b')).to.deep.equal({ line: 4, column: 15 });
    expect(manifests[1]).to.include({ line: 6, column: 1, index: 1 });
  });

  it('refuses a key twice', async () => {
    const text = '{"apiVersion":"v1","kind":"A","kind":"B"}';
    const error = await readManifests(['-'], { cwd: '/', stdin: toStream(text) }).catch(
      (thrown: unknown) => thrown,
    );
    expect((error as Error).message).to.equal('stdin:1:31: the key stands twice in the same object');
  });
});
