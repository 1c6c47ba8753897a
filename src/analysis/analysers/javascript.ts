// Reads a JavaScript or TypeScript component: manifest, framework, ports, start command, routes, variables, dependencies, kind.
import type { Claims } from '../../application/claims.ts';
import type { PortFact, ProbeFact } from '../../application/component.ts';
import { CONFIDENCE, createFact, type Evidence, type Fact } from '../../application/fact.ts';
import type { Analyser, Scope } from '../analyser.ts';
import { evidenceAt, findInCode, joinPath, readCode, type CodeFile } from '../code/code-file.ts';
import { claimProbes } from '../code/probe-claims.ts';
import { recogniseFramework, type Packages } from '../code/recognise.ts';
import type { Framework } from '../frameworks/framework.ts';
import { javascriptFrameworks } from '../frameworks/javascript.ts';
import { isAssetsOnly } from '../javascript/assets-only.ts';
import { collectJavascriptDefinitions, javascriptSelection } from '../javascript/dialect.ts';
import { claimJavascriptEnv, collectKnownValues } from '../javascript/env.ts';
import { findKind } from '../javascript/kind.ts';
import { findLanguage, findNodeVersion } from '../javascript/language.ts';
import { findListenCall, findListeners } from '../javascript/listeners.ts';
import { readPackageJson, type PackageJson } from '../javascript/package-json.ts';
import { findPackageManager } from '../javascript/package-manager.ts';
import { runtimePackages, toPackages } from '../javascript/packages.ts';
import { reachableFiles } from '../javascript/reachable.ts';
import { findRoutes } from '../javascript/routes.ts';
import { settlePorts } from '../javascript/settle-ports.ts';
import { findEntries, findEntryFile, findStart } from '../javascript/start-command.ts';
import { findStores } from '../javascript/stores.ts';

/** Claims about components that have a package.json, or a main file of JavaScript in their folder. */
export const javascriptAnalyser: Analyser = {
  name: 'javascript',
  analyse(scope) {
    const { manifest, notes } = readPackageJson(scope.tree, scope.dir);
    const isOurs =
      manifest !== undefined || notes.length > 0 || findEntryFile(scope, undefined) !== undefined;
    return isOurs ? { ...analyseScope(scope, manifest), notes } : {};
  },
};

type Found = { framework: Framework; fact: Fact<string> } | undefined;

function analyseScope(scope: Scope, manifest: PackageJson | undefined): Claims {
  const files = readCode(scope, javascriptSelection).filter(isWritten);
  const packages: Packages = manifest ? toPackages(manifest) : new Map();
  const framework = findFramework(scope, manifest, packages);
  const { listeners, listenCall } = findListening(scope, manifest, files, framework);
  if (manifest && !listenCall && isAssetsOnly(scope.tree, manifest)) return {};
  const kind = findKind({ scope, manifest, files, framework, listeners, listenCall });
  const manager = findPackageManager(
    scope.tree,
    scope.dir,
    (dir) => readPackageJson(scope.tree, dir).manifest,
  );
  const isStatic = kind?.value === 'static';
  const start = findStart({ scope, manifest, manager, files, framework: framework?.framework, isStatic });
  return {
    ...describe(scope, manifest),
    ...some('language', findLanguage(scope, manifest, packages, files)),
    ...some('framework', framework?.fact),
    ...some('kind', kind),
    ports: settlePorts({ scope, manifest, listeners, framework, isStatic }),
    ...some('startCommand', start),
    ...claimHealth(scope, files),
    // Pages read variables when they are built: nothing is left of them to set when they are served.
    env: isStatic ? [] : claimJavascriptEnv(scope, files),
    dependencies: findStores(scope, manifest ? runtimePackages(manifest) : new Map(), files),
  };
}

const some = <K extends keyof Claims>(key: K, fact: NonNullable<Claims[K]>[number] | undefined): Claims =>
  fact === undefined ? {} : { [key]: [fact] };

// Bundled and minified text has lines that nobody wrote.
function isWritten({ text }: CodeFile): boolean {
  return text.length < 20_000 || text.split('\n').length > text.length / 400;
}

function describe(scope: Scope, manifest: PackageJson | undefined): Claims {
  const text = (key: 'name' | 'version' | 'description'): Claims => {
    const value = manifest?.[key];
    return manifest && value !== undefined
      ? { [key]: [createFact(value, CONFIDENCE.manifest, manifest.at(`its ${key}`, key))] }
      : {};
  };
  return {
    ...text('name'),
    ...text('version'),
    ...text('description'),
    ...some('languageVersion', findNodeVersion(scope, manifest)),
  };
}

// What the program has when it runs comes first: a server that uses Vite to build is no Vite site.
function findFramework(scope: Scope, manifest: PackageJson | undefined, packages: Packages): Found {
  if (!manifest) return undefined;
  const findFile = (name: string) => {
    const file = joinPath(scope.dir, name);
    return scope.tree.has(file) ? file : undefined;
  };
  return recogniseFramework(javascriptFrameworks, packages, findFile);
}

interface Listening {
  listeners: PortFact[];
  listenCall: Evidence | undefined;
}

// What the entry does not reach may be a mock or a tool; it counts only where the entry is not understood.
function findListening(
  scope: Scope,
  manifest: PackageJson | undefined,
  files: readonly CodeFile[],
  framework: Found,
): Listening {
  const definitions = collectJavascriptDefinitions(files);
  const known = collectKnownValues(scope);
  const reached = reachableFiles(files, findEntries(scope, manifest, files), scope.dir);
  const own = findListeners(reached, definitions, known);
  const searched = own.length > 0 || framework?.framework.kind === 'static' ? reached : files;
  return {
    listeners: searched === reached ? own : findListeners(files, definitions, known),
    listenCall: findListenCall(searched),
  };
}

const GRPC_HEALTH =
  /\bHealth(?:Service)?\.service\b|\bnew HealthImplementation\(|\bnew GrpcHealthCheck\b|\bHealthService\b/g;

function claimHealth(scope: Scope, files: readonly CodeFile[]): Claims {
  const probes = claimProbes(findRoutes(scope, files));
  if (probes.liveness || probes.readiness) return probes;
  for (const file of files)
    for (const match of findInCode(file, GRPC_HEALTH)) {
      if (!/grpc/i.test(file.text)) continue;
      const evidence = [evidenceAt(file, match.index, 'registers the gRPC health service')];
      const probe: ProbeFact = { kind: 'grpc', confidence: CONFIDENCE.source, evidence };
      return { ...probes, liveness: [probe], readiness: [probe] };
    }
  return probes;
}
