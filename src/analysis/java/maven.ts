// Reads a Maven project: coordinates, packaging, modules, and the dependencies and plugins that it has or inherits.
import { posix } from 'node:path';
import type { Evidence } from '../../application/fact.ts';
import { joinPath } from '../code/code-file.ts';
import { lineAt, type SourceTree } from '../source-tree.ts';
import { child, children, entriesOf, parsePom, textOf, textsOf, type PomNode } from './pom.ts';
import type { JavaProject, Said } from './java-project.ts';

const MAX_PARENTS = 6;
const RUNNABLE =
  /^(?:org\.springframework\.boot:spring-boot-maven-plugin|.*:quarkus-maven-plugin|io\.micronaut\.\w+:micronaut-maven-plugin|io\.reactiverse:vertx-maven-plugin|org\.codehaus\.mojo:exec-maven-plugin|.*:liberty-maven-plugin|org\.apache\.maven\.plugins:maven-shade-plugin|com\.google\.cloud\.tools:jib-maven-plugin)$/;

interface Pom {
  file: string;
  text: string;
  project: PomNode;
}

/** Reads the pom of a folder whose text is given. */
export function readMavenProject(tree: SourceTree, dir: string, text: string): JavaProject {
  const file = joinPath(dir, 'pom.xml');
  const own: Pom = { file, text, project: parsePom(text) };
  const chain = [own, ...findParents(tree, dir, own.project)];
  const properties = collectProperties(chain);
  const project: JavaProject = {
    tool: 'maven',
    dir,
    file,
    packaging: resolve(textOf(own.project, 'packaging') ?? 'jar', properties),
    modules: textsOf(child(own.project, 'modules'), 'module').map((module) => posix.join(dir, module)),
    packages: new Map(),
    ...describe(own, properties),
  };
  for (const pom of chain) collectPackages(project, pom, pom === own, properties);
  const version = findSpringBoot(chain, properties);
  return { ...project, ...(version !== undefined && { springBoot: version }) };
}

function findParents(tree: SourceTree, dir: string, project: PomNode): Pom[] {
  const parents: Pom[] = [];
  let from = dir;
  let current = project;
  while (parents.length < MAX_PARENTS) {
    const parent = child(current, 'parent');
    const wanted = textOf(parent, 'artifactId');
    if (wanted === undefined) break;
    const relative = textOf(parent, 'relativePath') ?? '../pom.xml';
    const path = posix.join(from, relative.endsWith('.xml') ? relative : `${relative}/pom.xml`);
    const text = path.startsWith('../') ? undefined : tree.read(path);
    if (text === undefined) break;
    current = parsePomOnce(tree, path, text);
    if (textOf(current, 'artifactId') !== wanted) break;
    parents.push({ file: path, text, project: current });
    from = posix.dirname(path);
  }
  return parents;
}

// All modules of a build have the same parents.
const PARENTS = new WeakMap<SourceTree, Map<string, PomNode>>();

function parsePomOnce(tree: SourceTree, path: string, text: string): PomNode {
  const known = PARENTS.get(tree) ?? new Map<string, PomNode>();
  PARENTS.set(tree, known);
  const pom = known.get(path) ?? parsePom(text);
  known.set(path, pom);
  return pom;
}

function collectProperties(chain: readonly Pom[]): Map<string, string> {
  const properties = new Map<string, string>();
  for (const { project } of chain) {
    for (const [name, value] of entriesOf(child(project, 'properties')))
      if (!properties.has(name)) properties.set(name, value);
    for (const name of ['version', 'groupId', 'artifactId']) {
      const value = textOf(project, name) ?? textOf(child(project, 'parent'), name);
      for (const key of [`project.${name}`, `pom.${name}`])
        if (value !== undefined && !properties.has(key)) properties.set(key, value);
    }
  }
  return properties;
}

function resolve(text: string, properties: ReadonlyMap<string, string>): string {
  let result = text;
  for (let round = 0; round < 4 && result.includes('${'); round++)
    result = result
      .replace(/\$\{([^${}]{1,100})\}/g, (all, name: string) => properties.get(name) ?? all)
      .slice(0, 500);
  return result;
}

function describe(pom: Pom, properties: ReadonlyMap<string, string>): Partial<JavaProject> {
  const said = (key: string, text: string | undefined, reason: string): Partial<Record<string, Said>> => {
    const value = text === undefined ? undefined : resolve(text, properties).replace(/\s+/g, ' ');
    if (value === undefined || value.includes('${')) return {};
    return { [key]: { value, evidence: evidenceFor(pom, `>${text}<`, reason) } };
  };
  const { project } = pom;
  const java = [
    'java.version',
    'maven.compiler.release',
    'maven.compiler.target',
    'maven.compiler.source',
    'jdk.version',
    'release.version',
  ]
    .map((name) => properties.get(name))
    .find((value) => value !== undefined);
  return {
    ...said('name', textOf(project, 'artifactId'), 'artifactId'),
    ...said('version', textOf(project, 'version') ?? textOf(child(project, 'parent'), 'version'), 'version'),
    ...said('description', textOf(project, 'description'), 'description'),
    ...said('javaVersion', java, "the compiler's target"),
  };
}

function collectPackages(
  project: JavaProject,
  pom: Pom,
  isOwn: boolean,
  properties: ReadonlyMap<string, string>,
): void {
  add(project, pom, child(pom.project, 'parent'), properties);
  for (const part of [pom.project, ...children(child(pom.project, 'profiles'), 'profile')]) {
    for (const dependency of children(child(part, 'dependencies'), 'dependency'))
      if (textOf(dependency, 'scope') !== 'test') add(project, pom, dependency, properties);
    for (const bom of isOwn
      ? children(child(part, 'dependencyManagement', 'dependencies'), 'dependency')
      : [])
      if (textOf(bom, 'scope') === 'import') add(project, pom, bom, properties);
    for (const plugin of children(child(part, 'build', 'plugins'), 'plugin'))
      noteRunnable(project, isOwn, add(project, pom, plugin, properties, 'org.apache.maven.plugins'));
  }
}

function noteRunnable(project: JavaProject, isOwn: boolean, plugin: string | undefined): void {
  const evidence = project.packages.get(plugin ?? '');
  if (isOwn && evidence && plugin !== undefined && RUNNABLE.test(plugin)) project.runnable ??= evidence;
}

function add(
  project: JavaProject,
  pom: Pom,
  node: PomNode,
  properties: ReadonlyMap<string, string>,
  group = '',
): string | undefined {
  const artifact = textOf(node, 'artifactId');
  if (artifact === undefined) return undefined;
  const name = `${resolve(textOf(node, 'groupId') ?? group, properties)}:${resolve(artifact, properties)}`;
  if (!project.packages.has(name))
    project.packages.set(name, evidenceFor(pom, `<artifactId>${artifact}<`, `names ${name}`));
  return name;
}

function evidenceFor({ file, text }: Pom, needle: string, reason: string): Evidence {
  const offset = text.indexOf(needle);
  return { file, ...(offset !== -1 && { line: lineAt(text, offset) }), reason };
}

function findSpringBoot(chain: readonly Pom[], properties: ReadonlyMap<string, string>): string | undefined {
  for (const { project } of chain) {
    const parent = child(project, 'parent');
    const boms = children(child(project, 'dependencyManagement', 'dependencies'), 'dependency');
    for (const node of [parent, ...boms]) {
      const version = textOf(node, 'version');
      if (textOf(node, 'groupId') === 'org.springframework.boot' && version !== undefined)
        return resolve(version, properties);
    }
  }
  return properties.get('spring-boot.version') ?? properties.get('spring.boot.version');
}
