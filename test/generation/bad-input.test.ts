// Bad input, one line each: the exit code, the message, and that nothing at all is written.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { badInputs } from './bad-inputs.ts';
import { runHere } from '../commands/command-line.ts';
import { snapshotFolder } from './snapshot-folder.ts';

describe('bad input to generate', function () {
  this.timeout(30_000);
  let top: string;
  beforeEach(() => {
    top = realpathSync(mkdtempSync(join(tmpdir(), 'dorgu-bad-')));
  });
  afterEach(() => rmSync(top, { recursive: true, force: true }));

  for (const [title, { files = {}, prepare, args = ['generate', 'app'], code, says }] of Object.entries(
    badInputs,
  ))
    it(`${title}: exit ${code}`, async () => {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(top, path)), { recursive: true });
        writeFileSync(join(top, path), text);
      }
      prepare?.(top);
      const before = snapshotFolder(top);
      const env = title.startsWith('a variable') ? { DORGU_FORMAT: 'xml' } : {};
      const result = await runHere(args, { cwd: top, env });
      expect(result.stderr).to.match(says);
      expect(result.stderr)
        .to.match(/^error: /m)
        .and.not.match(/^\s+at .*\.[jt]s:\d+/m);
      expect(result.stdout).to.equal('');
      expect(result.code).to.equal(code);
      expect(snapshotFolder(top)).to.deep.equal(before);
    });
});
