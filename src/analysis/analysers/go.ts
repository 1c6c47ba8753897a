// Reads a Go component: module, framework, ports, routes, gRPC health, variables and what it depends on.
import { posix } from 'node:path';
import type { Claims } from '../../application/claims.ts';
import type { PortFact, ProbeFact } from '../../application/component.ts';
import { CONFIDENCE, createFact, type Evidence } from '../../application/fact.ts';
import type { Analyser, Scope } from '../analyser.ts';
import { evidenceAt, findInCode, joinPath, readCode, relativeTo, type CodeFile } from '../code/code-file.ts';
import { collectDefinitions } from '../code/dialect.ts';
import { claimEnv } from '../code/env-claims.ts';
import { findPorts } from '../code/listeners.ts';
import { claimProbes } from '../code/probe-claims.ts';
import { findPackage, recogniseDependencies, recogniseFramework, type Packages } from '../code/recognise.ts';
import { goDependencies } from '../dependencies/go.ts';
import { weaken } from '../languages/weaken.ts';
import type { Framework } from '../frameworks/framework.ts';
import { goCliPackages, goFrameworks } from '../frameworks/go.ts';
import { findConfigPorts } from '../go/config-ports.ts';
import { goDialect, goSelection } from '../go/dialect.ts';
import { findGoEnvironment } from '../go/environment.ts';
import { readGoImports } from '../go/imports.ts';
import { goListeners } from '../go/listeners.ts';
import { HUGO_FILES, isHugoConfig } from '../go/hugo.ts';
import { parseGoModule, type GoModule } from '../go/module.ts';
import { findGoPrograms, findModuleDir, type GoProgram } from '../go/programs.ts';
import { findGoRoutes } from '../go/routes.ts';

/** Claims about components that hold a Go program, or a Go module. */
export const goAnalyser: Analyser = {
  name: 'go',
  analyse(scope) {
    const programs = findGoPrograms(scope.tree, scope.files);
    const program = programs.find(({ dir }) => dir === scope.dir) ?? programs[0];
    const module = readModule(scope);
    if (!program) return claimHugo(scope) ?? {};
    const claims = analyseGo(scope, program, module, programs);
    return module || isOwn(scope, program) ? claims : weaken(claims);
  },
};

// Without a module, what lies deeper than where Go's programs lie may be a tool of somebody else's application.
const isOwn = ({ dir }: Scope, program: GoProgram): boolean =>
  /^(?:\.|(?:src|cmd)(?:\/[^/]+)?)$/.test(relativeTo(program.dir, dir)) || program.dir === dir;

function readModule({ tree, dir }: Scope): GoModule | undefined {
  const folder = findModuleDir(tree, dir);
  if (folder === undefined) return undefined;
  const file = joinPath(folder, 'go.mod');
  const text = tree.read(file);
  return text === undefined ? undefined : parseGoModule(text, file);
}

function claimHugo({ tree, dir }: Scope): Claims | undefined {
  const file = HUGO_FILES.map((name) => joinPath(dir, name)).find((path) => isHugoConfig(tree, path));
  if (file === undefined) return undefined;
  const evidence: Evidence = { file, reason: "Hugo's configuration" };
  return {
    language: [createFact('go', CONFIDENCE.hint, evidence)],
    framework: [createFact('Hugo', CONFIDENCE.manifest, evidence)],
    kind: [createFact('static', CONFIDENCE.manifest, evidence)],
  };
}

function analyseGo(
  scope: Scope,
  program: GoProgram,
  module: GoModule | undefined,
  programs: readonly GoProgram[],
): Claims {
  const files = withoutOtherPrograms(readCode(scope, goSelection), program, programs);
  const imports = readGoImports(files);
  const packages: Packages = new Map([...imports, ...usedRequires(module, imports)]);
  const found = recogniseFramework(goFrameworks, packages, () => undefined);
  const definitions = collectDefinitions(files, goDialect);
  const listening = findPorts(files, goListeners, definitions);
  const spoken = [...listening.ports, ...findConfigPorts(scope, found?.framework.name)];
  const ports = [...spoken, ...(spoken.length === 0 ? frameworkPort(found, imports) : [])];
  return {
    language: [
      createFact('go', CONFIDENCE.manifest, module ? moduleEvidence(module) : programEvidence(program)),
    ],
    ...describe(module),
    ...(found && { framework: [found.fact] }),
    ...claimKind(
      found?.framework,
      packages,
      [...ports, ...listening.variables, ...findServers(files)],
      program,
    ),
    ports,
    portVariables: listening.variables,
    startCommand: [
      createFact('./out', CONFIDENCE.hint, {
        ...programEvidence(program),
        reason: 'the program that go build -o out makes of this package',
      }),
    ],
    ...claimHealth(files),
    env: claimEnv(findGoEnvironment(files)),
    dependencies: recogniseDependencies(goDependencies, packages),
  };
}

const SERVES = /\.ListenAndServe(?:TLS)?\(|\bhttp\.Serve(?:TLS)?\(|\bgrpc\.NewServer\(/g;

// It serves, though where is only known when it runs.
function findServers(files: readonly CodeFile[]): { evidence: Evidence[] }[] {
  for (const file of files)
    for (const match of findInCode(file, SERVES))
      return [{ evidence: [evidenceAt(file, match.index, 'serves requests')] }];
  return [];
}

const moduleEvidence = ({ path, file }: GoModule): Evidence =>
  path?.evidence ?? { file, reason: 'a Go module' };
const programEvidence = ({ file, line }: GoProgram): Evidence => ({ file, line, reason: 'a Go program' });

// The module's other programs are not this component's, whatever they listen on.
function withoutOtherPrograms(
  files: readonly CodeFile[],
  program: GoProgram,
  programs: readonly GoProgram[],
): CodeFile[] {
  const others = new Set(programs.map(({ dir }) => dir).filter((dir) => dir !== program.dir));
  const isSame = !others.has(program.dir) && program.dir === posix.dirname(program.file);
  return isSame ? files.filter((file) => !others.has(posix.dirname(file.path))) : [...files];
}

// go.mod's line is the better evidence for what the source imports; what only the module needs may belong to another program.
function usedRequires(module: GoModule | undefined, imports: Packages): Map<string, Evidence> {
  const used = new Map<string, Evidence>();
  for (const [path, evidence] of module?.requires ?? [])
    if ([...imports.keys()].some((name) => name === path || name.startsWith(`${path}/`)))
      used.set(path, evidence);
  return used;
}

function describe(module: GoModule | undefined): Claims {
  const { path, goVersion } = module ?? {};
  return {
    ...(path && { name: [createFact(lastSegment(path.value), CONFIDENCE.manifest, path.evidence)] }),
    ...(goVersion && {
      languageVersion: [createFact(goVersion.value, CONFIDENCE.manifest, goVersion.evidence)],
    }),
  };
}

// github.com/acme/shop/v2 is called shop.
function lastSegment(path: string): string {
  return (
    path
      .split('/')
      .filter((part) => !/^v\d+$/.test(part))
      .at(-1) ?? path
  );
}

type Found = { framework: Framework; fact: { evidence: Evidence[] } } | undefined;

function frameworkPort(found: Found, imports: Packages): PortFact[] {
  const { port, portEnv, name, packages = [] } = found?.framework ?? {};
  if (!found || port === undefined || !findPackage(imports, packages)) return [];
  return [
    {
      value: port,
      protocol: 'TCP',
      ...(portEnv !== undefined && { fromEnv: portEnv }),
      confidence: CONFIDENCE.frameworkDefault,
      evidence: found.fact.evidence.map((one) => ({
        ...one,
        reason: `${name} listens on ${port} unless told otherwise`,
      })),
    },
  ];
}

function claimKind(
  framework: Framework | undefined,
  packages: Packages,
  ports: readonly { evidence: Evidence[] }[],
  program: GoProgram,
): Claims {
  const listening = ports.find(({ evidence }) => evidence.length > 0)?.evidence[0];
  if (listening) return { kind: [createFact('server', CONFIDENCE.frameworkDefault, listening)] };
  const evidence = framework && findPackage(packages, framework.packages ?? []);
  if (framework?.kind !== undefined && evidence)
    return { kind: [createFact(framework.kind, CONFIDENCE.frameworkDefault, evidence)] };
  const command = findPackage(packages, goCliPackages);
  if (command)
    return {
      kind: [
        createFact('cli', CONFIDENCE.frameworkDefault, {
          ...command,
          reason: `${command.reason}; ${program.file} never listens`,
        }),
      ],
    };
  return {};
}

const GRPC_HEALTH = /\bRegisterHealthServer\(/g;

function claimHealth(files: readonly CodeFile[]): Claims {
  const probes = claimProbes(findGoRoutes(files));
  if (probes.liveness || probes.readiness) return probes;
  for (const file of files)
    for (const match of findInCode(file, GRPC_HEALTH)) {
      const evidence = [evidenceAt(file, match.index, 'registers the gRPC health service')];
      const probe: ProbeFact = { kind: 'grpc', confidence: CONFIDENCE.source, evidence };
      return { ...probes, liveness: [probe], readiness: [probe] };
    }
  return probes;
}
