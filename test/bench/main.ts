// `npm run bench [-- DIR]`: analysis beside `find` and reading the same files, in one run, as ratios. Nothing is asserted.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { analyseApplication } from '../../src/analysis/analyse.ts';
import { openSourceTree } from '../../src/analysis/source-tree.ts';

const root = resolve(import.meta.dirname, '..', '..');
const ROUNDS = 9;

/** Median of the milliseconds that `work` takes, after one warm-up. */
async function measure(work: () => unknown): Promise<number> {
  await work();
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
}

async function compare(title: string, directory: string): Promise<void> {
  const { files } = openSourceTree(directory);
  const find = await measure(() => spawnSync('find', [directory, '-type', 'f']));
  const read = await measure(() =>
    openSourceTree(directory).files.forEach((file) => readFileSync(join(directory, file))),
  );
  const analyse = await measure(() => analyseApplication(directory));
  const command = await measure(() =>
    spawnSync(process.execPath, [join(root, 'bin/run.js'), 'analyze', directory, '-o', 'json']),
  );
  const generate = await measure(() =>
    spawnSync(process.execPath, [join(root, 'bin/run.js'), 'generate', directory, '--dry-run', '-o', 'json']),
  );
  const bare = await measure(() => spawnSync(process.execPath, ['-e', '0']));
  console.log(`${title}: ${files.length} files`);
  console.log(
    `  analysis in process       ${analyse.toFixed(1)} ms, ${Math.round((files.length * 1000) / analyse)} files/s`,
  );
  console.log(`  ... to find               ${(analyse / find).toFixed(2)}`);
  console.log(`  ... to reading the files  ${(analyse / read).toFixed(2)}`);
  console.log(
    `  analyze, whole process    ${command.toFixed(0)} ms, ${(command / bare).toFixed(2)} times node -e 0`,
  );
  console.log(
    `  generate, whole process   ${generate.toFixed(0)} ms, ${(generate / bare).toFixed(2)} times node -e 0`,
  );
}

/** A made-up service of many files, so that the figure does not hang on what a machine has lying about. */
function createLargeApplication(directory: string, fileCount: number): void {
  writeFileSync(
    join(directory, 'package.json'),
    '{"name":"large","dependencies":{"express":"5"},"scripts":{"start":"node src/0/0.js"}}',
  );
  for (let folder = 0; folder < fileCount / 50; folder++) {
    mkdirSync(join(directory, 'src', String(folder)), { recursive: true });
    for (let file = 0; file < 50; file++) {
      const routes = Array.from(
        { length: 40 },
        (_, at) => `app.get('/items/${file}/${at}', (q, r) => r.send(process.env.V${at}));`,
      );
      writeFileSync(
        join(directory, 'src', String(folder), `${file}.js`),
        `${routes.join('\n')}\nexport default app;\n`,
      );
    }
  }
  writeFileSync(
    join(directory, 'src/0/0.js'),
    `import express from 'express';\nexpress().listen(process.env.PORT || 3000);\n`,
  );
}

const named = process.argv.slice(2);
const large = mkdtempSync(join(tmpdir(), 'dorgu-bench-'));
try {
  for (const directory of named.filter((one) => existsSync(one))) await compare(directory, directory);
  if (named.length === 0) {
    await compare('examples/express-shop', join(root, 'examples/express-shop'));
    createLargeApplication(large, 5000);
    await compare('a service of 5,000 files', large);
  }
} finally {
  rmSync(large, { recursive: true, force: true });
}
