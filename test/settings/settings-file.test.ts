// What a settings file may hold, and how a person is told what is wrong with it.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { DorguError } from '../../src/api/errors.ts';
import { editGlobalText } from '../../src/settings/edit-file.ts';
import { readFileLayer } from '../../src/settings/layer-values.ts';
import { loadSettings } from '../../src/settings/load-settings.ts';
import { parseSettingsFile } from '../../src/settings/settings-file.ts';
import { findUserKey } from '../../src/settings/user-keys.ts';

const fixtures = resolve(import.meta.dirname, '../fixtures/settings');
const read = (text: string) => readFileLayer(parseSettingsFile(text, '.dorgu.yaml', 'app'));
const failure = (work: () => unknown): DorguError => {
  try {
    work();
  } catch (error) {
    if (error instanceof DorguError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('a settings file', () => {
  it('of the predecessor loads unchanged, every section', () => {
    const { values, defaults, warnings } = loadSettings({
      applicationDir: fixtures,
      repositoryRoot: fixtures,
      home: '',
      env: {},
    });
    expect(warnings).to.deep.equal([]);
    expect(values).to.include({
      name: 'orders',
      team: 'shop',
      owner: 'alice@example.com',
      environment: 'production',
      host: 'orders.example.com',
      expose: 'ingress',
      'ingress.tls.secret_name': 'orders-tls',
      oncall: 'shop-oncall',
      runbook: 'https://wiki.example.com/orders',
    });
    expect(defaults).to.deep.equal({
      tier: 'critical',
      type: 'api',
      description: 'Takes orders',
      resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '1', memory: '1Gi' } },
      scaling: { minReplicas: 2, maxReplicas: 10, targetCPU: 70, targetMemory: 80, behavior: 'balanced' },
      health: {
        livenessPath: '/healthz',
        readinessPath: '/readyz',
        port: 8080,
        startupGracePeriodSeconds: 30,
      },
      labels: { 'example.com/unit': 'shop' },
      annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '8080' },
      ingress: { enabled: true, paths: ['/api/v1'] },
      deploymentPolicy: { strategy: 'RollingUpdate', maxSurge: '25%', maxUnavailable: 0 },
      maintenance: { window: 'Sundays 02:00-04:00 UTC', autoRestart: false },
      dependencies: [
        { name: 'postgresql', type: 'database', required: true, healthCheck: 'SELECT 1' },
        { name: 'redis', type: 'cache', required: false },
      ],
    });
  });

  it('says things of single components, too', () => {
    const folder = mkdtempSync(join(tmpdir(), 'dorgu-settings-'));
    try {
      writeFileSync(
        join(folder, '.dorgu.yaml'),
        'components:\n  web: {port: 3000, ingress: {host: a.example.com, paths: [/]}}\n  __proto__: {port: 1}\n',
      );
      const { components } = loadSettings({ applicationDir: folder, home: '', env: {} });
      expect([...components]).to.deep.equal([
        ['web', { port: 3000, ingress: { host: 'a.example.com', paths: ['/'] } }],
        ['__proto__', { port: 1 }],
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  const mistakes: Record<string, [text: string, message: string | RegExp, hint?: RegExp]> = {
    'an unknown key with the nearest known one': [
      'version: 1\nnamspace: x\n',
      '.dorgu.yaml:2:1: unknown key "namspace"',
      /^did you mean namespace\?$/,
    ],
    'an unknown key deep inside': [
      'resources:\n  requests: {cpu: 1, memroy: 2}\n',
      '.dorgu.yaml:2:22: unknown key "resources.requests.memroy"',
      /memory/,
    ],
    'a key of the workspace file': [
      'org:\n  name: x\n',
      /\.dorgu\.yaml:1:1: unknown key|\.dorgu\.yaml:2:3: org/,
    ],
    "the workspace's own section": [
      'naming: {pattern: x}\n',
      '.dorgu.yaml:1:1: unknown key "naming"',
      /^it belongs into \.dorgu-workspace\.yaml$/,
    ],
    'a quantity that is none': [
      'resources:\n  requests:\n    cpu: abc\n',
      '.dorgu.yaml:3:10: resources.requests.cpu: expected a quantity such as 250m, 0.5, 64Mi or 2Gi, found "abc"',
    ],
    'a negative quantity': [
      'resources: {limits: {memory: -1Gi}}\n',
      /^\.dorgu\.yaml:1:30: resources\.limits\.memory: expected a quantity/,
    ],
    'a word for a number': [
      'scaling: {min_replicas: two}\n',
      '.dorgu.yaml:1:25: scaling.min_replicas: expected a whole number, found "two"',
    ],
    'a number out of range': ['port: 70000\n', '.dorgu.yaml:1:7: port: expected at most 65535, found 70000'],
    'a word that is not among those allowed': [
      'app: {tier: high}\n',
      '.dorgu.yaml:1:13: app.tier: expected one of critical, standard, best-effort, found "high"',
    ],
    'a duration that is none': [
      'health: {startup_grace_period: soon}\n',
      /expected a duration of at most a day, such as 30s or 2m, found "soon"$/,
    ],
    'a list for a section': ['app: [1]\n', '.dorgu.yaml:1:6: app: expected a section of keys, found a list'],
    'a file that is a list': ['- 1\n', '.dorgu.yaml:1:1: the file: expected a section of keys, found a list'],
    'a dependency without a name': [
      'dependencies:\n  - type: cache\n',
      '.dorgu.yaml:2:5: dependencies.0: expected the key "name", found a section of keys',
    ],
    'a version of the future': ['version: "2"\n', '.dorgu.yaml:1:10: version: expected 1, found "2"'],
    'a key twice': ['tag: a\ntag: b\n', /^\.dorgu\.yaml:2:1: not YAML: Map keys must be unique/],
    'a tab for indentation': ['app:\n\tname: x\n', /^\.dorgu\.yaml:2:1: not YAML/],
    'an alias bomb': [
      `a: &a [${'x,'.repeat(50)}]\nb: &b [${'*a,'.repeat(50)}]\nc: [${'*b,'.repeat(50)}]\n`,
      /^\.dorgu\.yaml: its aliases cannot be resolved$/,
    ],
    'brackets without end': [
      '['.repeat(50_000),
      /^\.dorgu\.yaml(:\d+:\d+)?: (not YAML|cannot be read as YAML)/,
    ],
  };
  for (const [title, [text, message, hint]] of Object.entries(mistakes)) {
    it(`refuses ${title}`, () => {
      const error = failure(() => read(text));
      expect(error.kind).to.equal('invalid');
      if (typeof message === 'string') expect(error.message).to.equal(message);
      else expect(error.message).to.match(message);
      if (hint !== undefined) expect(error.hint ?? '').to.match(hint);
    });
  }

  it('names every mistake, the first one first', () => {
    const error = failure(() => read('tag: [1]\nport: 0\nnamspace: x\n'));
    expect([error.message, ...error.details].map((line) => line.split(':')[1])).to.deep.equal([
      '1',
      '2',
      '3',
    ]);
  });

  it('keeps the spelling of what YAML takes for a number', () => {
    expect(read('tag: 1.10\n').get('tag')?.value).to.equal('1.10');
    expect(read('labels: {version: 0x1F}\n').get('labels')?.value).to.deep.equal({ version: '0x1F' });
  });

  it('never ends in anything but values or an error that a person can read', () => {
    const original = readFileSync(join(fixtures, '.dorgu.yaml'), 'utf8');
    const mutation = fc.record({
      at: fc.nat(original.length),
      remove: fc.nat(20),
      insert: fc.string({ maxLength: 12, unit: 'binary' }),
    });
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
        const text = mutations.reduce(
          (whole, { at, remove, insert }) => whole.slice(0, at) + insert + whole.slice(at + remove),
          original,
        );
        try {
          read(text);
        } catch (error) {
          expect(error).to.be.instanceOf(DorguError);
          expect((error as DorguError).message).to.match(/^\.dorgu\.yaml/);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('that is a folder, not text, or too large is named', () => {
    const folder = mkdtempSync(join(tmpdir(), 'dorgu-settings-'));
    const path = join(folder, '.dorgu.yaml');
    const load = () => loadSettings({ applicationDir: folder, home: '', env: {} });
    try {
      mkdirSync(path);
      expect(failure(load).message).to.equal('.dorgu.yaml: expected a file, found something else');
      rmSync(path, { recursive: true });
      writeFileSync(path, Buffer.from([0xff, 0xfe, 0, 1]));
      expect(failure(load).message).to.equal('.dorgu.yaml: expected UTF-8 text, found other bytes');
      writeFileSync(path, '#'.repeat(2 ** 20 + 1));
      expect(failure(load).message).to.match(/expected at most 1 MiB, found 1048577 bytes/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('a variable', () => {
  const load = (env: Record<string, string>) =>
    loadSettings({ applicationDir: fixtures, repositoryRoot: fixtures, home: '', env });
  it('that looks like a setting and is none is remarked on', () => {
    expect(load({ DORGU_NAMESPCE: 'x', DORGU_SOMETHING_ELSE: 'y' }).warnings).to.deep.equal([
      'DORGU_NAMESPCE is not a setting: did you mean DORGU_NAMESPACE?',
    ]);
  });
  it('with a value that cannot be is named', () => {
    const error = failure(() => load({ DORGU_SCALING_MIN_REPLICAS: 'many' }));
    expect(error.message).to.equal(
      'DORGU_SCALING_MIN_REPLICAS: expected a whole number from 0 to 1000, found "many"',
    );
  });
});

describe('an edit of the global file', () => {
  const edit = (text: string, key: string, value?: string) =>
    editGlobalText(text, 'config.yaml', findUserKey(key), value);

  it('leaves comments, order and quotes alone', () => {
    const text =
      '# mine\nversion: "1" # one\n\ndefaults:\n  # where to\n  registry: \'ghcr.io/a\'\n  format: plain\n';
    expect(edit(text, 'registry', 'ghcr.io/b')).to.equal(text.replace("'ghcr.io/a'", "'ghcr.io/b'"));
  });
  it('makes a file where there is none, and takes its sections away again', () => {
    const made = edit('', 'registry', 'ghcr.io/a');
    expect(made).to.match(/^defaults:\n {2}registry: ghcr\.io\/a$/m);
    expect(edit(made, 'registry')).not.to.contain('defaults');
  });
  it('fills a section that is empty', () => expect(edit('llm:\n', 'llm.model', 'm')).to.contain('model: m'));
  it('does not touch a file that is wrong already', () => {
    expect(failure(() => edit('defualts: {}\n', 'registry', 'x')).message).to.equal(
      'config.yaml:1:1: unknown key "defualts"',
    );
  });
  it('reads back what it wrote, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => text.trim() !== ''),
        (text) => {
          const layer = readFileLayer(parseSettingsFile(edit('', 'team', text), 'config.yaml', 'global'));
          expect(layer.get('team')?.value).to.equal(text);
        },
      ),
    );
  });
});
