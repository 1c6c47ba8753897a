// Thousands of broken compose files: each is read or refused with a DorguError, and none takes long.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { DorguError } from '../../../src/api/errors.ts';
import { readImageServices } from '../../../src/analysis/compose/external-services.ts';
import { readComposeProject } from '../../../src/analysis/compose/project.ts';
import { createMemoryTree } from '../memory-tree.ts';

const SHOP = join(import.meta.dirname, '../../fixtures/compose/shop');
const FILES = ['compose.yaml', 'data/compose.yaml', 'worker/base.yaml', 'api/settings.env'];
const RUNS = 1000;
const SLOWEST_MS = 2000;

const INSERTS = [
  '${', '$$', '${A:-', '}', '*x', '&x ', '<<: ', '!reset ', '!override ', '[', '{', ':', '- ', '\t', '\n', '"', "'", '|', '>',
  '__proto__: ', 'constructor: ', '../', '/etc/passwd', '\u0000', '\u001b[31m', '\u202e', '999999999999999999999',
  '-1', 'null', '~', '---\n', 'x-a: ', 'services:\n', '1e999', '0x1F', 'ä'.repeat(50), '[[[[[[[[', '? ', '!!binary ',
]; // prettier-ignore

/** A small generator with a seed (mulberry32), so that a failure can be run again. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function mutate(text: string, random: (below: number) => number): string {
  let mutated = text;
  for (let count = 1 + random(4); count > 0; count--) {
    const at = random(mutated.length + 1);
    const length = random(20);
    switch (random(4)) {
      case 0:
        mutated = mutated.slice(0, at) + (INSERTS[random(INSERTS.length)] ?? '') + mutated.slice(at);
        break;
      case 1:
        mutated = mutated.slice(0, at) + mutated.slice(at + length);
        break;
      case 2:
        mutated =
          mutated.slice(0, at) +
          mutated.slice(random(mutated.length + 1)).slice(0, length) +
          mutated.slice(at);
        break;
      default:
        mutated = mutated.slice(0, at) + String.fromCharCode(random(256)) + mutated.slice(at + 1);
    }
  }
  return mutated;
}

// Processor time: the clock would measure what else the machine does.
function spentMs(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function readQuietly(files: Record<string, string>): string | undefined {
  try {
    const project = readComposeProject(createMemoryTree(files));
    if (project !== undefined) readImageServices(project, []);
    return undefined;
  } catch (error) {
    if (error instanceof DorguError) return undefined;
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

describe('broken compose files', () => {
  it('are read or refused, never more, each within two seconds', function () {
    this.timeout(30_000);
    const originals = FILES.map((file) => [file, readFileSync(join(SHOP, file), 'utf8')] as const);
    let slowestMs = 0;
    for (let run = 0; run < RUNS; run++) {
      const random = createRandom(run);
      const files = Object.fromEntries(
        originals.map(([file, text]) => [file, random(2) === 0 ? mutate(text, random) : text]),
      );
      const start = process.cpuUsage();
      expect(readQuietly(files), `run ${run}`).to.equal(undefined);
      slowestMs = Math.max(slowestMs, spentMs(start));
    }
    expect(slowestMs).to.be.below(SLOWEST_MS);
  });

  const hostile: Record<string, string> = {
    'a megabyte of brackets': '['.repeat(1_000_000),
    'a megabyte of keys': Array.from({ length: 60_000 }, (_, n) => `x-${n}: a`).join('\n'),
    'a megabyte of dashes': `x: ${'- '.repeat(400_000)}`,
    'a long line of dollars': `x-a: ${'$'.repeat(900_000)}`,
    'a long line of nested variables': `x-a: "${'${A:-'.repeat(50_000)}"`,
    'a command of half a megabyte': `services: {a: {image: x, command: "${'--token a '.repeat(50_000)}"}}`,
    'a health check of half a megabyte': `services: {a: {image: x, healthcheck: {test: "${'|| exit 1 '.repeat(50_000)}"}}}`,
    'a value of half a megabyte': `services: {a: {image: x, environment: {DB_URL: "${'a.b-c:1'.repeat(70_000)}"}}}`,
    'a chain of four thousand services': `services:\n${Array.from({ length: 4000 }, (_, n) => `  s${n}: {image: x, depends_on: [s${(n + 1) % 4001}]}`).join('\n')}\n  s4000: {image: x}\n`,
    'a chain of three thousand extends': `services:\n${Array.from({ length: 3000 }, (_, n) => `  s${n}: {extends: s${n + 1}}`).join('\n')}\n  s3000: {image: x}\n`,
    'unclosed quotes': `services: {a: {image: x, command: '${'a" '.repeat(100_000)}'}}`,
  };
  for (const [title, text] of Object.entries(hostile)) {
    it(`${title} takes less than two seconds`, function () {
      this.timeout(20_000);
      const start = process.cpuUsage();
      expect(readQuietly({ 'compose.yaml': text })).to.equal(undefined);
      expect(spentMs(start)).to.be.below(SLOWEST_MS);
    });
  }
});
