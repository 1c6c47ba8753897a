// Reads a Python component: manifests, framework, ports, start command, routes, variables and what it depends on.
import type { Claims } from '../../application/claims.ts';
import type { ComponentKind, PortFact, ProbeFact } from '../../application/component.ts';
import { CONFIDENCE, createFact, type Evidence, type Fact } from '../../application/fact.ts';
import type { Analyser, Scope } from '../analyser.ts';
import { evidenceAt, findInCode, joinPath, readCode, type CodeFile } from '../code/code-file.ts';
import { collectDefinitions, type Definitions } from '../code/dialect.ts';
import { claimEnv } from '../code/env-claims.ts';
import { findPorts } from '../code/listeners.ts';
import { resolvePort } from '../code/port-expression.ts';
import { claimProbes } from '../code/probe-claims.ts';
import { recogniseDependencies, recogniseFramework, type Packages } from '../code/recognise.ts';
import { pythonDependencies } from '../dependencies/python.ts';
import { pythonCliPackages, pythonFrameworks } from '../frameworks/python.ts';
import { pythonDialect, pythonSelection } from '../python/dialect.ts';
import { findMainFile, findWsgiCallable } from '../python/entry-point.ts';
import { findPythonEnvironment } from '../python/environment.ts';
import { readImports } from '../python/imports.ts';
import { pythonListeners } from '../python/listeners.ts';
import { readPythonManifest } from '../python/manifests.ts';
import type { PythonManifest } from '../python/packages.ts';
import { findPythonRoutes } from '../python/routes.ts';
import { findPythonStart } from '../python/start-command.ts';
import type { Framework } from '../frameworks/framework.ts';

/** Claims about components that hold Python: by a manifest, or by a main file in their folder. */
export const pythonAnalyser: Analyser = {
  name: 'python',
  analyse(scope) {
    const manifest = readPythonManifest(scope.tree, scope.dir);
    const files = readCode(scope, pythonSelection);
    const language = findLanguage(scope, manifest, files);
    return language ? { language: [language], ...analysePython(scope, manifest, files) } : {};
  },
};

function findLanguage(
  scope: Scope,
  manifest: PythonManifest,
  files: readonly CodeFile[],
): Fact<string> | undefined {
  const [file] = manifest.files;
  if (file !== undefined && (files.length > 0 || manifest.packages.size > 0))
    return createFact('python', CONFIDENCE.manifest, { file, reason: 'a Python manifest' });
  const manage = joinPath(scope.dir, 'manage.py');
  if (files.some(({ path }) => path === manage))
    return createFact('python', CONFIDENCE.manifest, { file: manage, reason: "Django's command" });
  const main = findMainFile(files, scope.dir)?.evidence ?? findWsgiCallable(files, scope.dir);
  return main && createFact('python', CONFIDENCE.example, main);
}

function analysePython(scope: Scope, manifest: PythonManifest, files: readonly CodeFile[]): Claims {
  const packages: Packages = new Map([...readImports(files), ...manifest.packages]);
  const found =
    recogniseFramework(pythonFrameworks, manifest.packages, (name) => findFile(scope, name)) ??
    recogniseFramework(pythonFrameworks, packages, (name) => findFile(scope, name));
  const definitions = collectDefinitions(files, pythonDialect);
  const listening = findPorts(files, pythonListeners, definitions);
  const spoken = [...listening.ports, ...findSettingPorts(files, definitions)];
  const start = findPythonStart({ scope, files, manifest, framework: found?.framework.name, ports: spoken });
  const ports = [
    ...spoken,
    ...(start?.port ? [start.port] : []),
    ...frameworkPort(found, start !== undefined),
  ];
  return {
    ...describe(manifest),
    ...(found && { framework: [found.fact] }),
    ...claimKind(manifest, found, [...ports, ...listening.variables]),
    ports,
    portVariables: listening.variables,
    ...(start && { startCommand: [start.command] }),
    ...claimHealth(files, found),
    env: claimEnv(findPythonEnvironment(files)),
    dependencies: recogniseDependencies(pythonDependencies, manifest.packages),
  };
}

const findFile = ({ tree, dir }: Scope, name: string) => {
  const file = joinPath(dir, name);
  return tree.has(file) ? file : undefined;
};

function describe({ name, version, description, pythonVersion }: PythonManifest): Claims {
  const fact = (one: { value: string; evidence: Evidence }) => [
    createFact(one.value, CONFIDENCE.manifest, one.evidence),
  ];
  return {
    ...(name && { name: fact(name) }),
    ...(version && { version: fact(version) }),
    ...(description && { description: fact(description) }),
    ...(pythonVersion && { languageVersion: fact(pythonVersion) }),
  };
}

// Settings that listen without a call: gunicorn's bind, Django's runserver default, CherryPy's dictionary.
const SETTINGS: readonly { pattern: RegExp; label: string; file?: RegExp }[] = [
  {
    pattern: /^bind[ \t]{0,4}=[ \t]{0,4}(?<value>[^\n]{1,200})/gm,
    label: 'gunicorn',
    file: /gunicorn[\w.-]*\.py$/,
  },
  {
    pattern: /\bdefault_port\s{0,4}=\s{0,4}(?<value>[^\n]{1,80})/g,
    label: 'runserver',
    file: /(?:^|\/)(?:manage|runserver\w*|wsgi|settings\w*)\.py$/,
  },
  { pattern: /["']server\.socket_port["']\s{0,4}:\s{0,4}(?<value>[^\n,}]{1,80})/g, label: 'CherryPy' },
];

function findSettingPorts(files: readonly CodeFile[], definitions: Definitions): PortFact[] {
  return SETTINGS.flatMap(({ pattern, label, file: only }) =>
    files.flatMap((file) =>
      only && !only.test(file.path)
        ? []
        : [...findInCode(file, pattern)].flatMap(({ index, groups }) => {
            const { value, fromEnv } = resolvePort(groups?.['value'] ?? '', file, index, definitions);
            if (value === undefined) return [];
            const evidence = [evidenceAt(file, index, `${label} listens on ${value}`)];
            const variable = fromEnv === undefined ? {} : { fromEnv };
            return [
              { value, protocol: 'TCP' as const, ...variable, confidence: CONFIDENCE.source, evidence },
            ];
          }),
    ),
  );
}

type Found = { framework: Framework; fact: Fact<string> } | undefined;

function frameworkPort(found: Found, hasStart: boolean): PortFact[] {
  const { port, portEnv, name } = found?.framework ?? {};
  if (!found || port === undefined || !hasStart) return [];
  return [
    {
      value: port,
      protocol: 'TCP',
      ...(portEnv !== undefined && { fromEnv: portEnv }),
      // Below the default of the server that is started for it.
      confidence: CONFIDENCE.frameworkDefault - 0.05,
      evidence: found.fact.evidence.map((one) => ({
        ...one,
        reason: `${name} listens on ${port} unless told otherwise`,
      })),
    },
  ];
}

function claimKind(manifest: PythonManifest, found: Found, ports: readonly Listened[]): Claims {
  const kind = found?.framework.kind;
  const listening = ports.find((port) => isFirm(port, kind) && port.name === undefined);
  const evidence = listening?.evidence[0];
  if (evidence) return { kind: [createFact('server', CONFIDENCE.frameworkDefault, evidence)] };
  if (found && kind !== undefined && kind !== 'server') return claimFrameworkKind(found, kind);
  const [script] = manifest.scripts.values();
  const isCommand = pythonCliPackages.some((name) => manifest.packages.has(name));
  return script && isCommand ? { kind: [createFact('cli', CONFIDENCE.frameworkDefault, script)] } : {};
}

function claimFrameworkKind({ framework, fact }: NonNullable<Found>, kind: ComponentKind): Claims {
  const evidence = fact.evidence.map((one) => ({ ...one, reason: `${framework.name} runs here` }));
  return { kind: [{ value: kind, confidence: CONFIDENCE.frameworkDefault, evidence }] };
}

interface Listened {
  confidence: number;
  name?: string;
  evidence: Evidence[];
}

// A web framework's own default makes a server; that of a library which may be only a client does not.
const isFirm = ({ confidence, evidence }: Listened, kind: ComponentKind | undefined) =>
  evidence.length > 0 && (kind === 'server' || confidence >= CONFIDENCE.frameworkDefault);

const GRPC_HEALTH = /\badd_HealthServicer_to_server\(/g;

function claimHealth(files: readonly CodeFile[], found: Found): Claims {
  for (const file of files)
    for (const match of findInCode(file, GRPC_HEALTH)) {
      const evidence = [evidenceAt(file, match.index, 'registers the gRPC health service')];
      const probe: ProbeFact = { kind: 'grpc', confidence: CONFIDENCE.source, evidence };
      return { liveness: [probe], readiness: [probe] };
    }
  const probes = claimProbes(findPythonRoutes(files));
  return probes.liveness || probes.readiness ? probes : { ...probes, ...claimBuiltIn(found) };
}

function claimBuiltIn(found: Found): Claims {
  const own = found?.framework.health;
  if (!own) return {};
  const built = (path: string): ProbeFact[] => [
    { kind: 'http', path, confidence: CONFIDENCE.frameworkDefault, evidence: found.fact.evidence },
  ];
  return { liveness: built(own.liveness), readiness: built(own.readiness) };
}
