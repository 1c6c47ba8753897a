// Help fits a small terminal, and what it says can be typed.
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { ClusterCommand } from '../../src/commands/cluster-command.ts';
import { takesNextWord, toFlagSpecs } from '../../src/commands/flag-spec.ts';
import { commands, loadCommand, topics } from '../../src/commands/table.ts';
import { measureWidth } from '../../src/ui/width.ts';
import { runHere } from './command-line.ts';

const fixtures = resolve(import.meta.dirname, '../fixtures/commands');
const shop = join(fixtures, 'shop');
const ROWS = 24;
const COLUMNS = 80;

const assertFits = (text: string) => {
  const lines = text.trimEnd().split('\n');
  expect(lines.length, text).to.be.at.most(ROWS);
  for (const line of lines) expect(measureWidth(line), line).to.be.at.most(COLUMNS);
};

/** The words of a command line as a shell would split them: no quotes are used in examples. */
function parseExample(line: string): { env: Record<string, string>; argv: string[] } {
  const words = line.split(' ');
  const start = words.indexOf('kubectl');
  const env = Object.fromEntries(words.slice(0, start).map((word) => word.split('=') as [string, string]));
  expect(words.slice(start, start + 2)).to.deep.equal(['kubectl', 'dorgu']);
  return { env, argv: words.slice(start + 2) };
}

describe('help', () => {
  it('fits 24 lines of 80 columns without a command', async () => assertFits((await runHere([])).stdout));

  for (const topic of topics.keys()) {
    it(`of ${topic} fits and lists its commands`, async () => {
      const { stdout, code } = await runHere([topic]);
      assertFits(stdout);
      expect(code).to.equal(0);
      for (const name of [...commands.keys()].filter((name) => name.startsWith(`${topic} `))) {
        expect(stdout).to.match(new RegExp(`^  ${name.slice(topic.length + 1)} `, 'm'));
      }
    });
  }

  for (const name of commands.keys()) {
    it(`of ${name} fits and names every flag`, async () => {
      const { stdout, code, stderr } = await runHere([...name.split(' '), '-h']);
      assertFits(stdout);
      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
      const command = await loadCommand(name);
      for (const flag of Object.keys(command!.flags)) expect(stdout).to.contain(`--${flag}`);
      expect((await runHere(['help', ...name.split(' ')])).stdout).to.equal(stdout);
      expect(command!.id).to.equal(name);
    });

    it(`of ${name} has at least three examples that run`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'dorgu-examples-'));
      try {
        cpSync(shop, join(folder, 'shop'), { recursive: true });
        // What the examples of this command speak of beside the application.
        const beside = join(fixtures, name);
        if (existsSync(beside)) cpSync(beside, join(folder, 'shop'), { recursive: true });
        mkdirSync(join(folder, 'home'));
        const shown = (await runHere(['help', ...name.split(' '), '--examples'])).stdout;
        const { examples } = (await loadCommand(name))!;
        expect(examples.length).to.be.at.least(3);
        for (const { command, description } of examples) {
          expect(shown).to.contain(`# ${description}\n${command}\n`);
          // An example that speaks of this folder runs in the application's.
          const { env, argv } = parseExample(command);
          const cwd = argv.includes('shop') ? folder : join(folder, 'shop');
          const outcome = await runHere(argv, { cwd, env, home: join(folder, 'home') });
          // Without a cluster an example gets as far as asking for one; *.cluster.test.ts run those.
          const isAsking = (await loadCommand(name))!.prototype instanceof ClusterCommand;
          const allowed = [0, ...(argv.includes('--check') ? [1] : []), ...(isAsking ? [3] : [])];
          expect(outcome.code, `${command}\n${outcome.stderr}`).to.be.oneOf(allowed);
        }
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }

  it('has one meaning for a flag in all commands, so that it can stand before any of them', async () => {
    const kinds = new Map<string, boolean>();
    for (const name of commands.keys()) {
      for (const spec of toFlagSpecs((await loadCommand(name))!)) {
        for (const spelling of [
          spec.name,
          ...spec.aliases,
          ...(spec.char === undefined ? [] : [`-${spec.char}`]),
        ]) {
          const takesNext = takesNextWord(spec);
          expect(kinds.get(spelling) ?? takesNext, `${spelling} of ${name}`).to.equal(takesNext);
          kinds.set(spelling, takesNext);
        }
      }
    }
    expect(kinds.size).to.be.greaterThan(20);
  });

  it('lists the global flags', async () => {
    const { stdout } = await runHere(['options']);
    assertFits(stdout);
    expect(stdout).to.contain('--color').and.contain('-v, --verbosity').and.contain('-h, --help');
  });

  it('of what there is not is a usage error', async () => {
    const { code, stderr } = await runHere(['help', 'generat']);
    expect(code).to.equal(2);
    expect(stderr).to.contain('did you mean kubectl dorgu generate?');
  });
});
