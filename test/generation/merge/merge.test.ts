// Random edits of a person to generated files, then another input: every edit is kept or reported, and nothing of the generator's is lost.
// DORGU_MERGE_EDITS=1000 makes it long.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { planGeneration, writePlan, type GenerationPlan } from '../../../src/generation/plan.ts';
import { applyEdit, EDIT_KINDS, readAll, type Edit, type Files } from './random-edit.ts';

const fixture = resolve(import.meta.dirname, '../../fixtures/commands/shop');
const editsInAll = Number(process.env['DORGU_MERGE_EDITS'] ?? 120);
const editsPerRun = 3;

/** What differs from one input to the next. */
const inputs = [
  'tag: 2.0.0\n',
  'port: 9090\n',
  'image: ghcr.io/acme/other\ntag: 1.2.3\n',
  'scaling: {min_replicas: 5, max_replicas: 9}\n',
  'scaling: {min_replicas: 1, max_replicas: 1}\nreplicas: 1\n',
  'resources: {requests: {cpu: 300m, memory: 300Mi}, limits: {cpu: "2", memory: 600Mi}}\n',
  'labels: {cost-center: "42"}\nannotations: {example.com/a: b}\n',
  'expose: ingress\ningress: {host: shop.example.com}\n',
  'namespace: store\nnetwork_policy: strict\n',
  'health: {startup_grace_period: 3m, liveness: {path: /alive}}\n',
  'ci: gitlab\napp: {team: store, tier: critical}\n',
  'dependencies: [{name: redis, type: cache, port: 6379}]\n',
  'app: {type: worker}\n',
  'profile: minimal\n',
] as const;

const draw = fc.record({
  kind: fc.constantFrom(...EDIT_KINDS),
  file: fc.nat(10_000),
  place: fc.nat(10_000),
  token: fc.nat(1_000_000),
});

describe('edits of a person, and then another input', function () {
  this.timeout(1_800_000);
  const top = mkdtempSync(join(tmpdir(), 'dorgu-merge-'));
  const pristine = join(top, 'pristine');

  const plan = (directory: string, settings: string): Promise<GenerationPlan> =>
    planGeneration({
      directory,
      env: {},
      home: '',
      generatorVersion: '0.1.0',
      appText: `version: "1"\n${settings}`,
    });

  before(async () => {
    cpSync(fixture, pristine, { recursive: true });
    writePlan(await plan(pristine, ''));
  });
  after(() => rmSync(top, { recursive: true, force: true }));

  const read = (directory: string, isState = false): Files =>
    new Map(
      readdirSync(directory, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .map((path) => [relative(directory, path), readFileSync(path, 'utf8')] as const)
        .filter(([path]) => isState || isGenerated(path))
        .sort(),
    );
  const isGenerated = (path: string) => /^(k8s|argocd|\.github|\.gitlab)\/|^PERSONA\.md$/.test(path);
  const write = (directory: string, before: Files, after: Files) => {
    for (const path of before.keys()) if (!after.has(path)) rmSync(join(directory, path));
    for (const [path, text] of after) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      if (before.get(path) !== text) writeFileSync(join(directory, path), text);
    }
  };

  const counts = { edits: 0, runs: 0, conflicts: 0, merged: 0 };

  it('keeps or reports every edit, takes what is new, and leaves YAML', async () => {
    const runs = Math.ceil(editsInAll / editsPerRun);
    await fc.assert(
      fc.asyncProperty(
        fc.array(draw, { minLength: 1, maxLength: editsPerRun * 2 + 1 }),
        fc.constantFrom(...inputs),
        async (draws, settings) => {
          const directory = mkdtempSync(join(top, 'run-'));
          cpSync(pristine, directory, { recursive: true });
          const generated = read(directory);
          const edited = new Map(generated);
          const edits = draws.flatMap((one) => applyEdit(edited, one) ?? []);
          write(directory, generated, edited);
          counts.runs += 1;
          counts.edits += edits.length;
          await regenerate(directory, settings, edits, generated);
          rmSync(directory, { recursive: true });
        },
      ),
      { numRuns: runs, endOnFailure: runs > 100 },
    );
    console.log(
      `      ${counts.edits} edits in ${counts.runs} runs: ${counts.merged} files merged, ${counts.conflicts} runs stopped by a conflict`,
    );
  });

  async function regenerate(directory: string, settings: string, edits: readonly Edit[], base: Files) {
    const next = await plan(directory, settings);
    const conflicts = next.files.filter(({ status }) => status === 'conflict');
    const before = read(directory, true);
    counts.merged += next.files.filter(({ status }) => status === 'merged').length;
    if (conflicts.length > 0) {
      counts.conflicts += 1;
      const touched = edits.map(({ path }) => path);
      for (const { path, conflicts: places } of conflicts) {
        expect(touched, 'a conflict where nobody edited').to.include(path);
        expect(places).to.have.length.greaterThan(0);
      }
      expect(() => writePlan(next)).to.throw('nothing was written');
      expect(read(directory, true)).to.deep.equal(before);
    }
    writePlan(next, { keepMine: true });
    const after = read(directory);
    assertWhole(after, before, edits);
    assertTaken(next, base, after, edits);
    const again = await plan(directory, settings);
    const settled = ['unchanged', 'kept', 'deleted', 'orphaned'];
    expect(
      again.files
        .filter(({ status }) => !settled.includes(status))
        .map(({ path, status }) => `${status} ${path}`),
    ).to.deep.equal([]);
  }

  /** Later edits of the same file may undo earlier ones: what was true before the run has to be true after it. */
  function assertWhole(after: Files, before: Files, edits: readonly Edit[]) {
    for (const edit of edits)
      if (edit.check(before) === undefined)
        expect(edit.check(after), `${edit.kind}: ${edit.path}`).to.equal(undefined);
    for (const [path, text] of after) {
      if (!path.endsWith('.yaml')) continue;
      const was = parseAllDocuments(before.get(path) ?? '').flatMap(({ errors }) => errors);
      const errors = parseAllDocuments(text).flatMap((document) => document.errors);
      if (was.length === 0) expect(errors.map(String), path).to.deep.equal([]);
    }
  }

  /** Where nobody edited, the file is as generated; where somebody did, what is new stands beside it. */
  function assertTaken({ files }: GenerationPlan, base: Files, after: Files, edits: readonly Edit[]) {
    for (const { path, status, generated } of files) {
      if (generated === undefined || status === 'deleted') continue;
      if (!edits.some((edit) => edit.path === path) && !path.endsWith('kustomization.yaml')) {
        expect(after.get(path), path).to.equal(generated);
        continue;
      }
      if (status === 'merged' && path.endsWith('.yaml'))
        assertNew(path, { was: base.get(path), is: generated, merged: after.get(path) });
    }
  }

  function assertNew(path: string, texts: Record<'was' | 'is' | 'merged', string | undefined>) {
    const [was, is, merged] = [readAll(texts.was), readAll(texts.is), readAll(texts.merged)];
    for (const [name, value] of is)
      if (!name.includes('[') && value !== undefined && !was.has(name))
        expect(merged.get(name), `${path}: ${name}`).to.equal(value);
  }
});
