// Puts ajv's run-time help into compiled validators, so that they need nothing installed and nothing resolved.
import { build } from 'esbuild';

/** The code as one module without imports. `minify` where nobody will read it. */
export async function makeSelfContained(code: string, { minify = false } = {}): Promise<string> {
  const result = await build({
    stdin: { contents: code, resolveDir: import.meta.dirname, loader: 'js' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['main'],
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    minify,
  });
  return result.outputFiles[0]?.text ?? '';
}
