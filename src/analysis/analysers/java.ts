// Reads a Java or Kotlin component: build file, framework, settings, ports, health, variables and what it depends on.
import type { Claims } from '../../application/claims.ts';
import type { PortFact, ProbeFact } from '../../application/component.ts';
import { CONFIDENCE, createFact, type Evidence } from '../../application/fact.ts';
import type { Analyser, Scope } from '../analyser.ts';
import { evidenceAt, findInCode, joinPath, readCode, type CodeFile } from '../code/code-file.ts';
import { collectDefinitions } from '../code/dialect.ts';
import { claimEnv } from '../code/env-claims.ts';
import { findPorts } from '../code/listeners.ts';
import { claimProbes } from '../code/probe-claims.ts';
import { findPackage, recogniseDependencies, recogniseFramework } from '../code/recognise.ts';
import { javaDependencies } from '../dependencies/java.ts';
import type { Framework } from '../frameworks/framework.ts';
import { javaCliPackages, javaFrameworks, springWebPackages } from '../frameworks/java.ts';
import { javaDialect, javaSelection } from '../java/dialect.ts';
import { findJavaEnvironment } from '../java/environment.ts';
import { claimFrameworkHealth } from '../java/framework-health.ts';
import { javaListeners } from '../java/listeners.ts';
import { findMainMethod } from '../java/programs.ts';
import type { JavaProject, Said } from '../java/java-project.ts';
import { readJavaProject } from '../java/project.ts';
import { findJavaRoutes } from '../java/routes.ts';
import { findServerPorts, findSettingPorts } from '../java/setting-ports.ts';
import { readJavaSettings, toSettingKey, type Settings } from '../java/settings.ts';
import { findJavaStart } from '../java/start-command.ts';

/** Claims about components that have a Maven or Gradle build, or are an unpacked archive. */
export const javaAnalyser: Analyser = {
  name: 'java',
  analyse(scope) {
    const project = readJavaProject(scope.tree, scope.dir);
    return project ? analyseJava(scope, project) : claimUnpacked(scope);
  },
};

function claimUnpacked({ tree, dir }: Scope): Claims {
  const file = joinPath(dir, 'META-INF/MANIFEST.MF');
  const text = tree.read(file) ?? '';
  const main = /^Main-Class:\s{0,4}([\w.$]{1,200})/m.exec(text);
  if (main?.[1] === undefined) return {};
  const evidence = {
    file,
    line: text.slice(0, main.index).split('\n').length,
    reason: `Main-Class ${main[1]}`,
  };
  return {
    language: [createFact('java', CONFIDENCE.manifest, evidence)],
    startCommand: [createFact(`java $JAVA_OPTS ${main[1]}`, CONFIDENCE.hint, evidence)],
  };
}

function analyseJava(scope: Scope, project: JavaProject): Claims {
  const files = readCode(scope, javaSelection);
  const { packages } = project;
  const found = recogniseFramework(javaFrameworks, packages, () => undefined);
  const name = found?.framework.name;
  const settings = readJavaSettings(scope);
  const definitions = collectDefinitions(files, javaDialect);
  const listening = findPorts(files, javaListeners, definitions);
  const ports = [
    ...findSettingPorts(settings, name),
    ...listening.ports,
    ...findServerPorts(scope),
    ...frameworkPort(found, project),
  ];
  const start = findJavaStart(scope, project, name);
  return {
    language: [findLanguage(project, files)],
    ...describe(project),
    ...(found && { framework: [found.fact] }),
    ...claimKind(scope, project, found?.framework, [...ports, ...listening.variables]),
    ports,
    portVariables: listening.variables,
    ...(start && { startCommand: [start] }),
    ...claimHealth(files, project, settings, name),
    env: claimEnv(findJavaEnvironment(files, settings)),
    dependencies: recogniseDependencies(javaDependencies, packages),
  };
}

function findLanguage(project: JavaProject, files: readonly CodeFile[]) {
  const kotlin = files.filter(({ path }) => path.endsWith('.kt'));
  const isKotlin = kotlin.length > files.length / 2;
  const evidence: Evidence = { file: project.file, reason: `a ${project.tool} project` };
  const sources = kotlin.slice(0, 1).map(({ path }) => ({ file: path, reason: 'Kotlin source' }));
  return {
    value: isKotlin ? 'kotlin' : 'java',
    confidence: CONFIDENCE.manifest,
    evidence: isKotlin ? [evidence, ...sources] : [evidence],
  };
}

function describe({ name, version, description, javaVersion }: JavaProject): Claims {
  const fact = ({ value, evidence }: Said) => [createFact(value, CONFIDENCE.manifest, evidence)];
  return {
    ...(name && { name: fact(name) }),
    ...(version && { version: fact(version) }),
    ...(description && { description: fact(description) }),
    ...(javaVersion && { languageVersion: fact(javaVersion) }),
  };
}

type Found = { framework: Framework; fact: { evidence: Evidence[] } } | undefined;
const SPRING = /Spring (?:Boot|Cloud)/;

// Spring listens only with a web starter, a servlet only in an archive; a framework's default holds only where its server is there.
function frameworkPort(found: Found, project: JavaProject): PortFact[] {
  const { port, portEnv, name = '' } = found?.framework ?? {};
  const server = found && findServer(found, project);
  if (port === undefined || !server) return [];
  return [
    {
      value: port,
      protocol: 'TCP',
      ...(portEnv !== undefined && { fromEnv: portEnv }),
      confidence: CONFIDENCE.frameworkDefault,
      evidence: [{ ...server, reason: `${name} listens on ${port} unless told otherwise` }],
    },
  ];
}

function findServer(found: NonNullable<Found>, { packages, packaging }: JavaProject): Evidence | undefined {
  if (SPRING.test(found.framework.name)) return findPackage(packages, springWebPackages);
  return found.framework.name === 'Servlet' && packaging !== 'war' ? undefined : found.fact.evidence[0];
}

function claimKind(
  scope: Scope,
  project: JavaProject,
  framework: Framework | undefined,
  ports: readonly { evidence: Evidence[] }[],
): Claims {
  const listening = ports.find(({ evidence }) => evidence.length > 0)?.evidence[0];
  const server =
    framework?.kind === 'server' ? findPackage(project.packages, framework.packages ?? []) : undefined;
  const evidence = listening ?? server;
  if (evidence) return { kind: [createFact('server', CONFIDENCE.frameworkDefault, evidence)] };
  const command = findPackage(project.packages, javaCliPackages);
  if (command) return { kind: [createFact('cli', CONFIDENCE.frameworkDefault, command)] };
  const main = findMainMethod(scope.tree, scope.files, scope.dir);
  if (!main) return {};
  return {
    kind: [
      createFact('worker', CONFIDENCE.hint, { ...main, reason: 'a program that is not seen to listen' }),
    ],
  };
}

const GRPC_HEALTH = /\b(?:HealthStatusManager|HealthServiceImpl|HealthGrpc\.HealthImplBase)\b/g;

function claimHealth(
  files: readonly CodeFile[],
  project: JavaProject,
  settings: Settings,
  framework: string | undefined,
): Claims {
  const built = claimFrameworkHealth({
    packages: project.packages,
    settings,
    springBoot: project.springBoot,
  });
  const prefix = [
    'server.servlet.context-path',
    'server.context-path',
    'spring.mvc.servlet.path',
    'micronaut.server.context-path',
    'quarkus.http.root-path',
    'quarkus.rest.path',
  ]
    .map((key) => settings.get(toSettingKey(key))?.value)
    .find((value) => value !== undefined && !value.includes('${'));
  const routed = claimProbes(findJavaRoutes(files, prefix ?? ''));
  if (built.liveness || routed.liveness || routed.readiness) return { ...routed, ...built };
  for (const file of files)
    for (const match of findInCode(file, GRPC_HEALTH)) {
      const evidence = [evidenceAt(file, match.index, 'registers the gRPC health service')];
      const probe: ProbeFact = { kind: 'grpc', confidence: CONFIDENCE.source, evidence };
      return { ...routed, liveness: [probe], readiness: [probe] };
    }
  return framework === undefined ? routed : { ...routed, ...built };
}
