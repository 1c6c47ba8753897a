// How the bundle takes Node's own modules: by process.getBuiltinModule, which is much faster at the start than import.
import { builtinModules } from 'node:module';
import { relative } from 'node:path';
import type { Plugin } from 'esbuild';

/** Where the modules that this plugin makes live. */
const namespace = 'node-modules';

/**
 * `import` of a module of Node reads every export of it, and `node:http` and `node:crypto` have such that load whole clients
 * when they are read. This reads what is used. Each importer has its own few lines, so that no chunk holds nothing else.
 */
export const nodeModules: Plugin = {
  name: 'node-modules',
  setup(build) {
    const names = new Set(builtinModules);
    build.onResolve({ filter: /^(node:)?[a-z_]+(\/[a-z]+)?$/ }, ({ path, kind, importer }) => {
      const name = path.replace(/^node:/, '');
      if (kind !== 'import-statement' || !names.has(name)) return undefined;
      // Relative: the bundle names it, and is to be the same in every folder.
      const from = relative(build.initialOptions.absWorkingDir ?? '.', importer).replaceAll('\\', '/');
      return { path: `node:${name}`, namespace, suffix: `?${from}` };
    });
    build.onLoad({ filter: /^node:/, namespace }, ({ path }) => ({ contents: toModule(path) }));
  },
};

/** What nobody uses of it is left out of the bundle, since no line of it has an effect. */
function toModule(name: string): string {
  const exported = Object.keys(process.getBuiltinModule(name) ?? {}).filter((key) =>
    /^[A-Za-z_]\w*$/.test(key),
  );
  return [
    `const all = /* @__PURE__ */ process.getBuiltinModule(${JSON.stringify(name)});`,
    'const read = (key) => all[key];',
    'export default all;',
    ...exported.map((key, index) => `const export${index} = /* @__PURE__ */ read("${key}");`),
    `export { ${exported.map((key, index) => `export${index} as ${key}`).join(', ')} };`,
  ].join('\n');
}

/** For CommonJS libraries, which call require: an ES module has none. */
export const requireBanner =
  "const require=n=>process.getBuiltinModule(n)??process.getBuiltinModule('module').createRequire(import.meta.url)(n);";
