// Reads Python's manifests: which packages, which version of Python, which name, version and console scripts.
import { parse as parseToml } from 'smol-toml';
import type { Evidence } from '../../application/fact.ts';
import { joinPath } from '../code/code-file.ts';
import type { SourceTree } from '../source-tree.ts';
import { addRequirement, type PythonManifest } from './packages.ts';
import { readRequirements } from './requirements.ts';

type Table = Record<string, unknown>;

const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const tableOf = (value: unknown): Table => (isTable(value) ? value : {});
const own = (table: Table, key: string): unknown => (Object.hasOwn(table, key) ? table[key] : undefined);
const at = (table: Table, ...keys: string[]): Table =>
  keys.reduce<Table>((inner, key) => tableOf(own(inner, key)), table);
const stringsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

/** Reads every manifest in a folder. Broken ones count as present, and say nothing. */
export function readPythonManifest(tree: SourceTree, dir: string): PythonManifest {
  const manifest: PythonManifest = { packages: new Map(), scripts: new Map(), files: [] };
  const readers: [string, (text: string, file: string) => void][] = [
    ['pyproject.toml', (text, file) => readPyproject(manifest, text, file)],
    ['Pipfile', (text, file) => readPipfile(manifest, text, file)],
    ['setup.cfg', (text, file) => readSetupCfg(manifest, text, file)],
    ['setup.py', (text, file) => readSetupPy(manifest, text, file)],
    [
      'environment.yml',
      (text, file) => readLines(manifest, text, file, /^\s{0,12}-\s{1,4}["']?([A-Za-z][\w.-]{0,80})/),
    ],
  ];
  for (const [name, reader] of readers) {
    const file = joinPath(dir, name);
    const text = tree.read(file);
    if (text === undefined) continue;
    manifest.files.push(file);
    reader(text, file);
  }
  readRequirements(tree, dir, manifest);
  readVersionFiles(tree, dir, manifest);
  return manifest;
}

// A line that names something, for evidence: TOML parsers keep no positions.
function lineOf(text: string, needle: string): number | undefined {
  const offset = text.indexOf(needle);
  if (offset === -1) return undefined;
  let line = 1;
  for (let next = text.indexOf('\n'); next !== -1 && next < offset; next = text.indexOf('\n', next + 1))
    line++;
  return line;
}

function evidenceFor(text: string, file: string, needle: string, reason: string): Evidence {
  const line = lineOf(text, needle);
  return { file, ...(line !== undefined && { line }), reason };
}

function readToml(text: string): Table {
  try {
    return parseToml(text);
  } catch {
    // A manifest that is not TOML says nothing; its presence is still evidence.
    return {};
  }
}

function readPyproject(manifest: PythonManifest, text: string, file: string): void {
  const root = readToml(text);
  const project = at(root, 'project');
  const poetry = at(root, 'tool', 'poetry');
  for (const requirement of [...stringsOf(own(project, 'dependencies')), ...optionalGroups(project)])
    addRequirement(manifest, requirement, evidenceFor(text, file, requirement, `depends on ${requirement}`));
  for (const name of Object.keys(at(poetry, 'dependencies')))
    if (name !== 'python')
      addRequirement(manifest, name, evidenceFor(text, file, `\n${name}`, `depends on ${name}`));
  for (const scripts of [at(project, 'scripts'), at(poetry, 'scripts')])
    for (const name of Object.keys(scripts))
      manifest.scripts.set(name, evidenceFor(text, file, name, `defines the command ${name}`));
  for (const table of [project, poetry])
    for (const key of ['name', 'version', 'description'] as const)
      setText(manifest, key, own(table, key), { text, file, needle: key });
  const python = own(project, 'requires-python') ?? own(at(poetry, 'dependencies'), 'python');
  setText(manifest, 'pythonVersion', python, { text, file, needle: 'python = ' });
}

const optionalGroups = (project: Table) =>
  Object.entries(at(project, 'optional-dependencies'))
    .filter(([group]) => !/dev|test|doc|lint|type/i.test(group))
    .flatMap(([, list]) => stringsOf(list));

function setText(
  manifest: PythonManifest,
  key: 'name' | 'version' | 'description' | 'pythonVersion',
  value: unknown,
  { text, file, needle }: { text: string; file: string; needle: string },
): void {
  if (typeof value !== 'string' || value.trim() === '' || manifest[key]) return;
  manifest[key] = {
    value: value.trim(),
    evidence: evidenceFor(text, file, value, `${needle.split(' ')[0]} ${value}`),
  };
}

function readPipfile(manifest: PythonManifest, text: string, file: string): void {
  const root = readToml(text);
  for (const name of Object.keys(at(root, 'packages')))
    addRequirement(manifest, name, evidenceFor(text, file, `\n${name}`, `depends on ${name}`));
  const requires = at(root, 'requires');
  const version = own(requires, 'python_full_version') ?? own(requires, 'python_version');
  setText(manifest, 'pythonVersion', version, { text, file, needle: 'python_version' });
}

// setup.cfg is an INI file; the requirements are the indented lines below install_requires.
function readSetupCfg(manifest: PythonManifest, text: string, file: string): void {
  let isRequires = false;
  for (const [index, line] of text.split('\n').entries()) {
    const evidence = { file, line: index + 1, reason: line.trim().slice(0, 120) };
    const [, key, value = ''] = /^([a-z_]{1,40})\s{0,4}=\s{0,4}(.{0,200})$/.exec(line.trimEnd()) ?? [];
    if (isRequires && /^\s/.test(line)) addRequirement(manifest, line, evidence);
    else isRequires = key === 'install_requires';
    // `version = attr: package.__version__` is no literal.
    if ((key === 'name' || key === 'version') && /^[^:]{1,100}$/.test(value))
      manifest[key] ??= { value, evidence };
  }
}

function readSetupPy(manifest: PythonManifest, text: string, file: string): void {
  const from = text.indexOf('install_requires');
  const list = from === -1 ? '' : text.slice(from, from + 8000);
  for (const [, requirement] of list
    .slice(0, endOfList(list))
    .matchAll(/["']([A-Za-z][\w.[\]-]{0,80})[^"'\n]{0,80}["']/g))
    if (requirement !== undefined)
      addRequirement(
        manifest,
        requirement,
        evidenceFor(text, file, requirement, `depends on ${requirement}`),
      );
  for (const key of ['name', 'version'] as const) {
    const match = new RegExp(`\\b${key}\\s{0,4}=\\s{0,4}["']([^"'\\n]{1,100})["']`).exec(text);
    setText(manifest, key, match?.[1], { text, file, needle: key });
  }
  for (const [, script] of text.matchAll(/["']([\w.-]{1,60})\s{0,4}=\s{0,4}[\w.]{1,100}:\w{1,60}["']/g))
    if (script !== undefined)
      manifest.scripts.set(script, evidenceFor(text, file, script, `defines the command ${script}`));
}

function endOfList(text: string): number {
  const end = text.indexOf(']');
  return end === -1 ? text.length : end;
}

function readLines(manifest: PythonManifest, text: string, file: string, pattern: RegExp): void {
  text.split('\n').forEach((line, index) => {
    const name = pattern.exec(line)?.[1];
    const evidence = { file, line: index + 1, reason: line.trim().slice(0, 120) };
    if (name === 'python') {
      const version = /python\s{0,2}[=<>~]{1,3}\s{0,2}([\d.]{1,12})/.exec(line)?.[1];
      if (version !== undefined) manifest.pythonVersion ??= { value: version, evidence };
    } else if (name !== undefined) addRequirement(manifest, name, evidence);
  });
}

function readVersionFiles(tree: SourceTree, dir: string, manifest: PythonManifest): void {
  const patterns: [string, RegExp][] = [
    ['.python-version', /^\s*(?:python-?)?(\d[\w.]{0,20})/m],
    ['runtime.txt', /^\s*python-(\d[\w.]{0,20})/m],
    ['.tool-versions', /^python\s{1,4}(\d[\w.]{0,20})/m],
  ];
  for (const [name, pattern] of patterns) {
    const file = joinPath(dir, name);
    const text = tree.read(file);
    const match = text === undefined ? null : pattern.exec(text);
    if (text === undefined || match?.[1] === undefined) continue;
    const evidence = {
      file,
      line: text.slice(0, match.index).split('\n').length,
      reason: `Python ${match[1]}`,
    };
    manifest.pythonVersion = { value: match[1], evidence };
    return;
  }
}
