// What production runs: Procfile, then the start script, then the main file, then the framework's own command.
import { posix } from 'node:path';
import { CONFIDENCE, createFact, type Fact } from '../../application/fact.ts';
import { compareText } from '../../api/compare-text.ts';
import type { Scope } from '../analyser.ts';
import { joinPath, type CodeFile } from '../code/code-file.ts';
import type { Framework } from '../frameworks/framework.ts';
import { mainProcess, parseProcfile } from '../procfile.ts';
import type { PackageJson } from './package-json.ts';
import type { ManagerFact } from './package-manager.ts';
import { productionScript } from './scripts.ts';

/** Names of main files, most telling first. */
const MAIN_FILES = ['server', 'index', 'app', 'main', 'src/server', 'src/index', 'src/main', 'src/app'];
const ENDINGS = ['.js', '.mjs', '.cjs', '.ts', '.mts', '.tsx'];

/** What the start command is read from. */
export interface StartSources {
  scope: Scope;
  manifest?: PackageJson | undefined;
  manager: ManagerFact;
  files: readonly CodeFile[];
  framework?: Framework | undefined;
  /** Whether what it builds are only files: then no process of its own runs. */
  isStatic: boolean;
}

/** The start command, or undefined where only the image can say. */
export function findStart(sources: StartSources): Fact<string> | undefined {
  return fromProcfile(sources.scope) ?? fromScript(sources) ?? fromDefaults(sources);
}

function fromDefaults(sources: StartSources): Fact<string> | undefined {
  if (sources.isStatic) return undefined;
  return fromFramework(sources) ?? fromMainFile(sources);
}

function fromProcfile({ tree, dir }: Scope): Fact<string> | undefined {
  const file = joinPath(dir, 'Procfile');
  const entry = mainProcess(parseProcfile(tree.read(file) ?? ''));
  if (!entry) return undefined;
  const evidence = { file, line: entry.line, reason: `process ${entry.process}` };
  return createFact(entry.command, CONFIDENCE.source, evidence);
}

function fromScript({ manifest, manager, isStatic }: StartSources): Fact<string> | undefined {
  const found = manifest && productionScript(manifest);
  if (!found || (isStatic && found.isDevelopment)) return undefined;
  return {
    value: `${manager.name} run ${found.name}`,
    confidence: found.isDevelopment ? CONFIDENCE.example : CONFIDENCE.manifest,
    evidence: [
      manifest.at(`the script ${found.name} runs ${found.script}`, 'scripts', found.name),
      ...manager.evidence,
    ],
  };
}

function fromFramework({ framework, manifest }: StartSources): Fact<string> | undefined {
  if (framework?.start === undefined || !manifest) return undefined;
  const reason = `${framework.name} is started like this unless a script says otherwise`;
  return createFact(framework.start, CONFIDENCE.frameworkDefault, { file: manifest.file, reason });
}

function fromMainFile(sources: StartSources): Fact<string> | undefined {
  const { scope, manifest, manager } = sources;
  const entry = findEntryFile(scope, manifest);
  if (entry === undefined) return undefined;
  const runtime = manager.name === 'bun' ? 'bun' : runtimeOf(entry.path, manifest);
  if (runtime === undefined) return undefined;
  const path = scope.dir === '.' ? entry.path : posix.relative(scope.dir, entry.path);
  const confidence = entry.isDeclared ? CONFIDENCE.manifest : CONFIDENCE.frameworkDefault;
  const evidence =
    entry.isDeclared && manifest
      ? manifest.at(`${entry.key ?? 'main'} is ${path}`, entry.key ?? 'main')
      : { file: entry.path, reason: 'the main file, by its name' };
  return createFact(`${runtime} ${path}`, confidence, evidence);
}

// Node runs TypeScript itself where the package says so; otherwise it is built first, and where to is not known here.
function runtimeOf(path: string, manifest: PackageJson | undefined): string | undefined {
  if (!/\.[cm]?tsx?$/.test(path)) return 'node';
  const has = (name: string) => manifest?.dependencies.has(name) === true;
  if (has('tsx')) return 'npx tsx';
  return has('ts-node') ? 'npx ts-node' : undefined;
}

/** The file that the program begins with; `isDeclared` where package.json names it. */
export function findEntryFile(
  { tree, dir }: Pick<Scope, 'tree' | 'dir'>,
  manifest: PackageJson | undefined,
): { path: string; isDeclared: boolean; key?: 'main' | 'module' } | undefined {
  for (const key of ['main', 'module'] as const) {
    const declared = manifest?.[key];
    if (declared === undefined) continue;
    const base = posix.join(dir, declared);
    const path = [base, ...ENDINGS.map((ending) => base + ending), posix.join(base, 'index.js')].find(
      (one) => /\.[cm]?[jt]sx?$/.test(one) && tree.has(one),
    );
    if (path !== undefined) return { path, isDeclared: true, key };
  }
  for (const name of MAIN_FILES)
    for (const ending of ENDINGS) {
      const path = joinPath(dir, name + ending);
      if (tree.has(path)) return { path, isDeclared: false };
    }
  return undefined;
}

/** Source files that the scripts, main and usual names begin with: where the search for listeners starts. */
export function findEntries(
  scope: Scope,
  manifest: PackageJson | undefined,
  files: readonly CodeFile[],
): string[] {
  const known = new Set(files.map((file) => file.path));
  const script = manifest && productionScript(manifest)?.script;
  const named = [...(script ?? '').slice(0, 2000).matchAll(/(?:^|\s)(\.?[\w@./-]{1,200})/g)]
    .flatMap(([, word = '']) => candidatesOf(posix.join(scope.dir, word)))
    .filter((path) => known.has(path));
  if (named.length > 0) return named;
  const entry = findEntryFile(scope, manifest)?.path;
  const usual = MAIN_FILES.flatMap((name) => ENDINGS.map((ending) => joinPath(scope.dir, name + ending)));
  return [
    ...(entry === undefined ? [] : [entry]),
    ...usual.filter((path) => known.has(path)).sort(compareText),
  ];
}

// `dist/main.js` is built from `src/main.ts`.
function candidatesOf(path: string): string[] {
  const source = path.replace(/(^|\/)(?:dist|build|lib|out)\//, '$1src/');
  return [path, source].flatMap((one) => {
    const stem = one.replace(/\.[cm]?js$/, '');
    return [one, `${stem}.ts`, `${stem}.mts`, `${stem}.js`, `${stem}/index.js`, `${stem}/index.ts`];
  });
}
