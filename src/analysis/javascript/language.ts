// JavaScript or TypeScript, by what the sources are written in; and which Node it wants.
import { CONFIDENCE, createFact, type Evidence, type Fact } from '../../application/fact.ts';
import type { Scope } from '../analyser.ts';
import { joinPath, type CodeFile } from '../code/code-file.ts';
import type { PackageJson } from './package-json.ts';
import type { Packages } from '../code/recognise.ts';

const TYPED = /\.[cm]?tsx?$/;

/** The language, or undefined where there is neither a manifest nor a source file. */
export function findLanguage(
  scope: Scope,
  manifest: PackageJson | undefined,
  packages: Packages,
  files: readonly CodeFile[],
): Fact<string> | undefined {
  const typed = files.filter(({ path }) => TYPED.test(path));
  const sign = findSign(scope, packages);
  const isTyped = files.length > 0 ? typed.length * 2 >= files.length : sign !== undefined;
  const example = (isTyped ? typed : files)[0];
  const value = isTyped ? 'typescript' : 'javascript';
  const evidence = [
    ...(manifest ? [manifest.at('a package of npm', 'name')] : []),
    ...(isTyped && sign ? [sign] : []),
    ...(example ? [{ file: example.path, reason: `written in ${value}` }] : []),
  ];
  if (evidence.length === 0) return undefined;
  return { value, confidence: manifest ? CONFIDENCE.manifest : CONFIDENCE.hint, evidence };
}

function findSign({ tree, dir }: Scope, packages: Packages): Evidence | undefined {
  const config = ['tsconfig.json', 'tsconfig.app.json', 'tsconfig.base.json']
    .map((name) => joinPath(dir, name))
    .find((file) => tree.has(file));
  return config === undefined
    ? packages.get('typescript')
    : { file: config, reason: 'settings of TypeScript' };
}

/** The Node version asked for: engines, `.nvmrc`, `.node-version`, `.tool-versions`. */
export function findNodeVersion(scope: Scope, manifest: PackageJson | undefined): Fact<string> | undefined {
  const engines = manifest?.engines.get('node');
  if (manifest && engines !== undefined)
    return createFact(engines, CONFIDENCE.manifest, manifest.at('engines names node', 'engines', 'node'));
  for (const name of ['.nvmrc', '.node-version', '.tool-versions']) {
    const file = joinPath(scope.dir, name);
    const text = scope.tree.has(file) ? (scope.tree.read(file) ?? '').slice(0, 2000) : '';
    const pattern = name === '.tool-versions' ? /^nodejs\s+(\S{1,40})/m : /^\s*v?([\w./*-]{1,40})\s*$/m;
    const version = pattern.exec(text)?.[1];
    if (version !== undefined)
      return createFact(version, CONFIDENCE.manifest, { file, reason: 'names a Node version' });
  }
  return undefined;
}
