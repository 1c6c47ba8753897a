// The examples of the commands that write and list personas, run on the real API server in the order in which they make sense.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { stringify } from 'yaml';
import { loadCommand } from '../../../src/commands/table.ts';
import { useCluster } from '../../cluster/use-cluster.ts';
import { createPersona, runIn } from './persona-objects.ts';

const source = resolve(import.meta.dirname, '../../fixtures/commands/shop');

describe('the examples of', () => {
  const cluster = useCluster();
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'dorgu-persona-examples-'));
    cpSync(source, join(folder, 'shop'), { recursive: true });
    mkdirSync(join(folder, 'k8s/web'), { recursive: true });
    writeFileSync(join(folder, 'persona.yaml'), stringify(createPersona('billing')));
    writeFileSync(join(folder, 'k8s/web/persona.yaml'), stringify(createPersona('web')));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const name of ['persona apply', 'persona list', 'persona delete']) {
    it(`${name} do what they say`, async () => {
      const namespace = await cluster.createNamespace();
      const run = (line: string) => runIn(cluster, namespace, line.split(' ').slice(2), { cwd: folder });
      await run('kubectl dorgu persona apply shop');
      for (const { command } of (await loadCommand(name))!.examples) {
        // Nobody writes a status here: a wait ends when its time is up.
        const isWaiting = command.includes('--wait');
        const { code, stderr } = await run(isWaiting ? command.replace('2m', '100ms') : command);
        expect(code, `${command}\n${stderr}`).to.equal(isWaiting ? 8 : 0);
      }
    });
  }
});
