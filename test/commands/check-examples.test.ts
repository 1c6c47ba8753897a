// What generate writes for each example, check finds nothing in.
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { runHere } from './command-line.ts';

const examples = resolve(import.meta.dirname, '../../examples');
const names = readdirSync(examples, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe('check finds nothing in what generate writes', () => {
  it('knows the examples', () => expect(names).to.have.length.at.least(7));

  for (const name of names) {
    it(`for ${name}`, async function () {
      this.timeout(30_000);
      const cwd = mkdtempSync(join(tmpdir(), 'dorgu-check-'));
      try {
        cpSync(join(examples, name), join(cwd, name), { recursive: true });
        const image = ['--registry', 'ghcr.io/acme', '--tag', '1.0.0'];
        expect((await runHere(['generate', name, '-q', ...image], { cwd })).code).to.equal(0);
        const { code, stdout, stderr } = await runHere(['check', '-R', name, '--fail-on', 'info'], { cwd });
        expect({ code, stdout }).to.deep.equal({ code: 0, stdout: '' });
        const [, judged, workloads] = /(\d+) of (\d+) workloads? judged/.exec(stderr)!;
        expect(judged).to.equal(workloads).and.not.to.equal('0');
      } finally {
        rmSync(cwd, { recursive: true, force: true });
      }
    });
  }
});
