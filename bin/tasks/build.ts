// `npm run build`: bundles the command line into dist/, a chunk for each command, writes down the texts that never change,
// and bundles the operator into dist/operator.
import { rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { lazyRequires } from './build/lazy-requires.ts';
import { nodeModules, requireBanner } from './build/node-modules.ts';
import { bundleOperator } from './build/operator-bundle.ts';
import { collectTexts } from './build/texts.ts';

const root = resolve(import.meta.dirname, '../..');
const output = join(root, 'dist');

rmSync(output, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: { main: 'src/commands/main.ts' },
  outdir: output,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22.19',
  minifySyntax: true,
  minifyWhitespace: true,
  // Node looks for a package.json to learn what a .js file is, for every one.
  outExtension: { '.js': '.mjs' },
  legalComments: 'none',
  metafile: true,
  chunkNames: 'chunks/[name]-[hash]',
  banner: { js: requireBanner },
  // What oclif would load while developing with other compilers; never on our ways.
  external: ['typescript', 'ts-node', 'tsx'],
  logLevel: 'warning',
  plugins: [nodeModules, lazyRequires],
});

const texts = await collectTexts();
writeFileSync(
  join(output, 'launch.js'),
  `// Answers what never changes (help, version) without loading anything; everything else goes to main.mjs. Written by npm run build.
const texts = ${JSON.stringify(texts)};

export async function main(argv) {
  const key = argv.join(' ');
  if (Object.hasOwn(texts, key)) process.stdout.write(texts[key]);
  else await (await import('./main.mjs')).main(argv);
}
`,
);

const operator = await bundleOperator(root, output);

console.log(`dist/: ${describeSize(metafile)}, ${Object.keys(texts).length} texts`);
console.log(`dist/operator/: ${describeSize(operator)}`);

function describeSize({ outputs }: Metafile): string {
  const bytes = Object.values(outputs).reduce((sum, { bytes: size }) => sum + size, 0);
  return `${Object.keys(outputs).length} files, ${Math.round(bytes / 1024)} KiB`;
}
