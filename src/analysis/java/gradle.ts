// Reads a Gradle project by patterns over its masked script: plugins, dependencies, version catalog, what its parents apply to all.
import { posix } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import type { Evidence } from '../../application/fact.ts';
import { createCodeFile, evidenceAt, joinPath, type CodeFile } from '../code/code-file.ts';
import type { SourceTree } from '../source-tree.ts';
import type { JavaProject } from './java-project.ts';

const MAX_PARENTS = 6;
const PLUGIN =
  /\b(?:id|apply\s{0,4}plugin:|alias|kotlin)\s{0,4}\(?\s{0,4}(?:["'](?<id>[\w.-]{1,100})["']|libs\.plugins\.(?<alias>[\w.]{1,80}))(?:\s{0,4}\))?(?:\s{1,4}version\s{1,4}["'](?<version>[\w.-]{1,40})["'])?/g;
const BARE_PLUGIN = /^\s{0,20}`?(?<id>application|war|java|groovy)`?\s{0,4}$/gm;
const DEPENDENCY =
  /\b(?<scope>\w{0,40}(?:[iI]mplementation|[aA]pi|[cC]ompile|[rR]untime|[rR]untimeOnly|[cC]ompileOnly|classpath|developmentOnly))[ \t]{0,4}\(?[ \t]{0,4}(?:(?:enforcedPlatform|platform)\([ \t]{0,4})?(?:["'](?<name>[\w.-]{1,120}:[\w.-]{1,120})(?::[^"'\n]{0,80})?["']|group:\s{0,4}["'](?<group>[\w.-]{1,120})["'],\s{0,4}name:\s{0,4}["'](?<artifact>[\w.-]{1,120})["']|libs\.(?<alias>[\w.]{1,120}))/g;
const RUNNABLE = new Set([
  'application',
  'war',
  'org.springframework.boot',
  'io.quarkus',
  'io.micronaut.application',
  'io.ktor.plugin',
  'com.gradleup.shadow',
  'com.github.johnrengelman.shadow',
  'com.google.cloud.tools.jib',
]);
const GROUPS = new Map([['org.springframework.boot', 'org.springframework.boot:gradle-plugin']]);

/** Reads the script of a folder whose text is given. */
export function readGradleProject(tree: SourceTree, dir: string, name: string, text: string): JavaProject {
  const file = createCodeFile(joinPath(dir, name), text, 'java');
  const project: JavaProject = {
    tool: 'gradle',
    dir,
    file: file.path,
    packaging: 'jar',
    modules: readModules(tree, dir),
    packages: new Map(),
  };
  describe(project, tree, file);
  const catalog = readCatalog(tree, dir);
  readScript(project, file, catalog, true);
  for (const parent of findParentScripts(tree, dir)) readScript(project, parent, catalog, false);
  return project;
}

function describe(project: JavaProject, tree: SourceTree, file: CodeFile): void {
  const settings = ['settings.gradle', 'settings.gradle.kts'].map((name) => joinPath(project.dir, name));
  for (const path of settings) {
    const match = /\brootProject\.name\s{0,4}=\s{0,4}["']([^"'\n]{1,80})["']/.exec(tree.read(path) ?? '');
    if (match?.[1] !== undefined)
      project.name = { value: match[1], evidence: { file: path, reason: 'rootProject.name' } };
  }
  const version = /^\s{0,8}version\s{0,4}=?\s{0,4}["']([^"'$\n]{1,60})["']/m.exec(file.text);
  if (version?.[1] !== undefined)
    project.version = { value: version[1], evidence: evidenceAt(file, version.index, 'version') };
  const java =
    /\b(?:sourceCompatibility|targetCompatibility)\s{0,4}=\s{0,4}["']?(?:JavaVersion\.VERSION_)?(\d[\d._]{0,6})/.exec(
      file.text,
    ) ?? /\b(?:JavaLanguageVersion\.of|jvmToolchain)\(\s{0,4}(\d{1,2})/.exec(file.text);
  if (java?.[1] !== undefined)
    project.javaVersion = {
      value: java[1].replace('_', '.'),
      evidence: evidenceAt(file, java.index, "the compiler's target"),
    };
}

function readModules(tree: SourceTree, dir: string): string[] {
  const text =
    tree.read(joinPath(dir, 'settings.gradle')) ?? tree.read(joinPath(dir, 'settings.gradle.kts')) ?? '';
  return [...text.matchAll(/\binclude\s{0,4}\(?([^\n)]{1,2000})/g)].flatMap(([, list = '']) =>
    [...list.matchAll(/["']:?([\w:.-]{1,120})["']/g)].map(([, name = '']) =>
      posix.join(dir, name.replaceAll(':', '/')),
    ),
  );
}

// Scripts above that configure all projects, up to the tree's root.
function findParentScripts(tree: SourceTree, dir: string): CodeFile[] {
  const scripts: CodeFile[] = [];
  for (let folder = dir; folder !== '.' && scripts.length < MAX_PARENTS;) {
    folder = posix.dirname(folder);
    for (const name of ['build.gradle', 'build.gradle.kts']) {
      const text = tree.read(joinPath(folder, name));
      if (text !== undefined && /\b(?:subprojects|allprojects)\b/.test(text))
        scripts.push(createCodeFile(joinPath(folder, name), text, 'java'));
    }
  }
  return scripts;
}

interface Catalog {
  libraries: Map<string, string>;
  plugins: Map<string, string>;
}

function readScript(project: JavaProject, file: CodeFile, catalog: Catalog, isOwn: boolean): void {
  for (const match of [...file.text.matchAll(PLUGIN), ...file.text.matchAll(BARE_PLUGIN)])
    readPlugin(project, file, match, catalog, isOwn);
  for (const { index, groups = {} } of file.text.matchAll(DEPENDENCY)) {
    const name = /^test|Test/.test(groups['scope'] ?? '') ? undefined : nameOf(groups, catalog);
    if (name === undefined || project.packages.has(name)) continue;
    project.packages.set(name, evidenceAt(file, index, `depends on ${name}`));
  }
}

function readPlugin(
  project: JavaProject,
  file: CodeFile,
  { index, groups = {} }: RegExpExecArray,
  catalog: Catalog,
  isOwn: boolean,
): void {
  const id = groups['id'] ?? catalog.plugins.get(toAlias(groups['alias']));
  if (id === undefined || isNotApplied(file, index)) return;
  const evidence = evidenceAt(file, index, `applies the plugin ${id}`);
  applyPlugin(project, id, groups['version'], evidence);
  if (isOwn && RUNNABLE.has(id)) project.runnable ??= evidence;
}

const isNotApplied = (file: CodeFile, index: number) =>
  /^[^\n]{0,160}\bapply\s{1,4}false/.test(file.text.slice(index, index + 200));

function applyPlugin(
  project: JavaProject,
  id: string,
  version: string | undefined,
  evidence: Evidence,
): void {
  const name = GROUPS.get(id) ?? id;
  if (!project.packages.has(name)) project.packages.set(name, evidence);
  if (id === 'war') project.packaging = 'war';
  if (id === 'org.springframework.boot' && version !== undefined) project.springBoot = version;
}

function nameOf(groups: Partial<Record<string, string>>, catalog: Catalog): string | undefined {
  const { name, group, artifact, alias } = groups;
  if (name !== undefined) return name;
  if (group !== undefined && artifact !== undefined) return `${group}:${artifact}`;
  return catalog.libraries.get(toAlias(alias));
}

const toAlias = (alias: string | undefined) => (alias ?? '').replace(/[._]/g, '-');

// gradle/libs.versions.toml, in the folder or above it.
function readCatalog(tree: SourceTree, dir: string): Catalog {
  for (let folder = dir; ; folder = posix.dirname(folder)) {
    const text = tree.read(joinPath(folder, 'gradle/libs.versions.toml'));
    if (text !== undefined) return parseCatalog(text);
    if (folder === '.') return { libraries: new Map(), plugins: new Map() };
  }
}

function parseCatalog(text: string): Catalog {
  const root = readToml(text);
  const libraries = entriesOf(root['libraries']).flatMap(([alias, value]): [string, string][] => {
    const module =
      typeof value === 'string' ? value.split(':').slice(0, 2).join(':') : moduleOf(tableOf(value));
    return [[alias, module]];
  });
  const plugins = entriesOf(root['plugins']).flatMap(([alias, value]): [string, string][] => {
    const id = typeof value === 'string' ? value.split(':')[0] : tableOf(value)['id'];
    return typeof id === 'string' ? [[alias, id]] : [];
  });
  return { libraries: new Map(libraries), plugins: new Map(plugins) };
}

const entriesOf = (table: unknown): [string, unknown][] =>
  Object.entries(tableOf(table)).map(([alias, value]) => [toAlias(alias), value]);

function moduleOf({ module, group, name }: Record<string, unknown>): string {
  if (typeof module === 'string') return module;
  return typeof group === 'string' && typeof name === 'string' ? `${group}:${name}` : '';
}

function readToml(text: string): Record<string, unknown> {
  try {
    return parseToml(text);
  } catch {
    // A broken catalog names nothing.
    return {};
  }
}

function tableOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
