// The operator's bundle: one program without node_modules, which needs half the memory that its sources need.
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { nodeModules, requireBanner } from './node-modules.ts';
import { promClientParts } from './prom-client-parts.ts';

/** Where the bundle is, below the folder of what is built; started as `node dist/operator/main.mjs`. */
export const operatorFolder = 'operator';

/**
 * Writes the bundle of the sources in `root` to `output`/operator: main.mjs and a chunk for each part that few need. Names are kept, so
 * that stack frames can be read without a source map; all else that only people need is left out, since V8 keeps the text.
 * Same sources, same bytes.
 */
export async function bundleOperator(root: string, output: string): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { main: 'operator/main.ts' },
    outdir: join(output, operatorFolder),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    minifySyntax: true,
    minifyWhitespace: true,
    // Modules where a library has them: import() of CommonJS has no names in a bundle, and its unused parts stay.
    mainFields: ['module', 'main'],
    // Node looks for a package.json to learn what a .js file is, and the image has none.
    outExtension: { '.js': '.mjs' },
    legalComments: 'none',
    metafile: true,
    chunkNames: 'chunks/[name]-[hash]',
    banner: { js: requireBanner },
    logLevel: 'warning',
    plugins: [nodeModules, promClientParts],
  });
  return metafile;
}
