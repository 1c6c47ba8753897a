// How the bundle takes oclif: each of its modules is run when something of it is called, not when a command is loaded.
import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

/** What TypeScript makes of an import: `const errors_1 = require("./errors");`, and a call of __importDefault around it. */
const compiledImport =
  /^(?:const|var) (\w+_\d+) = ((?:__import(?:Default|Star)\()?require\("[^"]+"\)\)?);$/gm;

/** oclif's parser leads to its help, its spinners and its search for plugins; a command line needs none of them. */
export const lazyRequires: Plugin = {
  name: 'lazy-requires',
  setup(build) {
    build.onLoad({ filter: /[\\/]@oclif[\\/]core[\\/]lib[\\/].*\.js$/ }, ({ path }) => ({
      contents: delayRequires(readFileSync(path, 'utf8')),
      loader: 'js',
    }));
  },
};

/** The same module, in which a name that was imported is loaded once it is read. */
export function delayRequires(source: string): string {
  const names = [...source.matchAll(compiledImport)].map(([, name = '']) => name);
  if (names.length === 0) return source;
  const mention = new RegExp(`(?<![\\w.$])(?:${names.join('|')})(?!\\w)`, 'g');
  return source
    .split(/^/m)
    .map((line) => {
      const declared = new RegExp(compiledImport.source).exec(line.trimEnd());
      if (declared === null) return line.replace(mention, '$&.module');
      const [, name = '', load = ''] = declared;
      return `const ${name} = { get module() { return (this.loaded ??= ${load}); } };\n`;
    })
    .join('');
}
