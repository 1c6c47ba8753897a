// That `npm run demo` plays to its end, and leaves nothing behind.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { useCluster } from '../cluster/use-cluster.ts';

const main = join(import.meta.dirname, 'main.ts');

function runDemo(temporary: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [main, '--fast'], { env: { ...process.env, TMPDIR: temporary } });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  return new Promise((done) => child.once('close', (code) => done({ code, stdout, stderr })));
}

describe('the demo', function () {
  // Where there is no cluster to be had, this skips or fails as everywhere.
  useCluster({ workloads: true });

  it('shows a cluster, an application, a rollout that breaks and heals, and a node that goes', async function () {
    this.timeout(180_000);
    const temporary = mkdtempSync(join(tmpdir(), 'dorgu-demo-test-'));
    try {
      const { code, stdout, stderr } = await runDemo(temporary);
      expect(code, stdout + stderr).to.equal(0);
      const said = [
        'Nodes         3 of 3 ready: 3 worker',
        'go-greeter in go-greeter: api, standard',
        'Unschedulable  no node takes the pod',
        'Recovered',
        'Nodes         2 of 2 ready: 2 worker',
      ];
      let from = 0;
      for (const text of said) {
        const at = stdout.indexOf(text, from);
        expect(at, `${text}, in its place`).to.be.at.least(from);
        from = at;
      }
      expect(stdout).to.not.contain('Judged');
      expect(readdirSync(temporary)).to.deep.equal([]);
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
  });
});
