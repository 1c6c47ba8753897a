// A4: a server that is gone without a word. No test but one in a network of its own can bring that about; where that may not be had it is left out.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';

const run = promisify(execFile);
const script = join(import.meta.dirname, 'vanished-peer.ts');

describe('a watch whose server vanishes', function () {
  this.timeout(120_000);

  it('ends within 30 s, long before its silence would tell', async function () {
    const alone = ['--map-root-user', '--net'];
    const isPossible = await run('unshare', [...alone, 'iptables', '-L', 'INPUT']).then(
      () => true,
      () => false,
    );
    if (!isPossible) return this.skip();
    const { stdout } = await run('unshare', [...alone, process.execPath, script]);
    const { noticedMs } = JSON.parse(stdout) as { noticedMs: number };
    expect(noticedMs).to.be.within(10_000, 30_000);
  });
});
