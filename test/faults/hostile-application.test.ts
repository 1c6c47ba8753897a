// G1: thousands of spoilt applications through the whole of generate: no crash, no hang, nothing written outside, nothing executed.
// MUTATIONS=10000 runs that many, MUTATION_SEED=N others.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { expect } from 'chai';
import { DorguError } from '../../src/api/errors.ts';
import { planGeneration, writePlan } from '../../src/generation/plan.ts';
import { copyExample, exampleNames } from '../generation/generated-example.ts';
import { createRandom } from '../random.ts';
import { mutate, type Tree } from './mutations.ts';

const count = Number(process.env['MUTATIONS'] ?? 300);
const seed = Number(process.env['MUTATION_SEED'] ?? 20_261_124);
/** Of the processor, so that a crowded machine makes no hang; what waits for something else ends by the test's own limit. */
const hangMs = 2000;

function readTree(name: string, folder: string): Tree {
  copyExample(name, join(folder, name));
  const root = join(folder, name);
  return new Map(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(root, path), readFileSync(path)] as const),
  );
}

/** What cannot be written (a file below a file, a name too long) is no part of this application. */
function writeTree(tree: Tree, folder: string): void {
  for (const [path, file] of tree)
    try {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      if (Buffer.isBuffer(file)) writeFileSync(join(folder, path), file);
      else symlinkSync(file.link, join(folder, path));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
    }
}

describe('spoilt applications', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'dorgu-spoilt-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  async function generate(directory: string): Promise<string> {
    try {
      writePlan(await planGeneration({ directory, env: {}, home: folder, generatorVersion: '0.0.0' }));
      return 'written';
    } catch (error) {
      if (error instanceof DorguError) return error.code;
      throw error;
    }
  }

  /** What is wrong with how one of them was taken, and what became of it. */
  async function judge(
    tree: Tree,
    world: string,
  ): Promise<{ outcome: string; cpuMs: number; faults: string[] }> {
    mkdirSync(join(world, 'outside'), { recursive: true });
    writeFileSync(join(world, 'outside/secret.txt'), 'hunter2Planted9f8e7d6c');
    writeTree(tree, join(world, 'app'));
    const faults: string[] = [];
    const before = process.cpuUsage();
    const outcome = await generate(join(world, 'app')).catch((error: unknown) => {
      faults.push(error instanceof Error ? (error.stack ?? error.message).slice(0, 600) : String(error));
      return 'crashed';
    });
    const { user, system } = process.cpuUsage(before);
    const cpuMs = (user + system) / 1000;
    if (cpuMs > hangMs) faults.push(`took ${Math.round(cpuMs)} ms of the processor`);
    return { outcome, cpuMs, faults: [...faults, ...listTraces(world)] };
  }

  function listTraces(world: string): string[] {
    const isExecuted = existsSync(join(world, 'executed')) || existsSync(join(world, 'app/executed'));
    const around = [...readdirSync(world).sort(), ...readdirSync(join(world, 'outside'))].join(' ');
    return [
      ...(isExecuted ? ['executed'] : []),
      ...(around === 'app outside secret.txt' ? [] : [`wrote outside: ${around}`]),
      ...(hasSecret(join(world, 'app')) ? ['copied what a link leads to'] : []),
    ];
  }

  it(`are generated for or refused, ${count} of them`, async function () {
    this.timeout(count * 5000);
    const random = createRandom(seed);
    const trees = exampleNames.map((name) => readTree(name, join(folder, 'examples')));
    const outcomes = new Map<string, number>();
    const faults: string[] = [];
    let slowestMs = 0;
    for (let index = 0; index < count; index += 1) {
      const world = join(folder, `world-${index}`);
      const tree = mutate(trees[index % trees.length] ?? new Map<string, Buffer>(), random);
      const judged = await judge(tree, world);
      slowestMs = Math.max(slowestMs, judged.cpuMs);
      outcomes.set(judged.outcome, (outcomes.get(judged.outcome) ?? 0) + 1);
      faults.push(...judged.faults.map((fault) => `${index}: ${fault}`));
      rmSync(world, { recursive: true, force: true });
    }
    if (count > 1000)
      console.log(
        `${count} of seed ${seed}, slowest ${Math.round(slowestMs)} ms:`,
        Object.fromEntries(outcomes),
      );
    expect(faults).to.deep.equal([]);
    expect(outcomes.get('written') ?? 0).to.be.greaterThan(count / 4);
    expect(outcomes.size).to.be.greaterThan(2);
  });

  it('are not read where a link leads to a device without an end', async () => {
    for (const [index, path] of [
      'package.json',
      '.dorgu/model.json',
      '.git/config',
      'Dockerfile',
    ].entries()) {
      const tree: Tree = new Map<string, Buffer | { link: string }>([
        ['server.py', Buffer.from('import flask\n')],
        ['requirements.txt', Buffer.from('flask\n')],
        [path, { link: '/dev/zero' }],
      ]);
      const judged = await judge(tree, join(folder, `device-${index}`));
      expect(judged.faults, path).to.deep.equal([]);
    }
  });

  it('are generated for where an ignore file has a line that is no path, and refused where a folder leads to itself', async () => {
    const known: Tree = new Map<string, Buffer | { link: string }>([
      ['server.py', Buffer.from('import flask\n')],
      ['requirements.txt', Buffer.from('flask\n')],
      ['Dockerfile', Buffer.from('FROM python:3.13\nCMD ["python", "server.py"]\n')],
    ]);
    const long = ['[', '"a":', '- ', '\\'].map((word) => word.repeat(20_000)).join('\n');
    const most = ['[', '"a":', '- ', '\\'].map((word) => word.repeat(4096 / word.length)).join('\n');
    const ignored: Tree = new Map<string, Buffer | { link: string }>([
      ...known,
      ['.gitignore', Buffer.from(most)],
      ['.dockerignore', Buffer.from(long)],
    ]);
    expect(await judge(ignored, join(folder, 'ignored'))).to.deep.include({ outcome: 'written', faults: [] });
    const looping: Tree = new Map<string, Buffer | { link: string }>([
      ...known,
      ['argocd', { link: 'argocd' }],
    ]);
    expect(await judge(looping, join(folder, 'looping'))).to.deep.include({
      outcome: 'OutputOutside',
      faults: [],
    });
  });

  function hasSecret(app: string): boolean {
    const base = join(app, '.dorgu/base');
    if (!existsSync(base)) return false;
    return readdirSync(base, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .some((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8').includes('hunter2'));
  }
});
