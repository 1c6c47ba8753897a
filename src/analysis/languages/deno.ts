// Deno: its settings file, its tasks, and main files that only Deno understands.
import type { Language, StartCommand } from './language.ts';
import { findFile, findLine, namesOf, type Project } from './project.ts';

const MAINS = [
  'main.ts',
  'server.ts',
  'index.ts',
  'app.ts',
  'mod.ts',
  'src/index.ts',
  'src/main.ts',
  'src/server.ts',
];

const ONLY_DENO = /\bDeno\.\w|\bfrom\s{1,4}['"](?:https:\/\/(?:deno\.land|esm\.sh)|jsr:|npm:)/;

/** Deno. */
export const deno: Language = {
  name: 'deno',
  languageOf: (project) => (findFile(project, /\.tsx?$/) === undefined ? 'javascript' : 'typescript'),
  selection: {
    syntax: 'javascript',
    extensions: ['.ts', '.tsx', '.js', '.mjs'],
    isLeftOut: (path) => /_test\.\w+$|\.test\.\w+$|(?:^|\/)(?:tests?|node_modules|vendor)\//.test(path),
  },
  manifests: /^deno\.jsonc?$/,
  mains: MAINS,
  packages: (text) =>
    namesOf(
      text,
      /"(?:jsr:|npm:|https:\/\/deno\.land\/x\/)([@\w./-]{1,80}?)(?:@[\w.^~-]{1,30})?\/?"/g,
      /^[ \t]{0,20}"(@?[\w./-]{1,80})\/?"[ \t]{0,4}:[ \t]{0,4}"(?:jsr:|npm:|https:)/gm,
    ),
  runs: (project) => {
    // With a package.json beside it, Node's tools say how it runs.
    if (project.has('package.json')) return undefined;
    const task = findTask(project);
    if (task) return task.evidence;
    const main = findMain(project);
    // Without Deno's own settings, only what it alone understands tells.
    if (!project.manifest && !ONLY_DENO.test(project.tree.read(main ?? '') ?? '')) return undefined;
    return main === undefined ? undefined : { file: main, reason: 'a program of Deno' };
  },
  frameworks: [
    {
      name: 'Fresh',
      packages: ['@fresh/core', '$fresh', 'fresh'],
      files: ['fresh.gen.ts'],
      kind: 'server',
      port: 8000,
    },
    { name: 'Lume', packages: ['lume'], files: ['_config.ts'], kind: 'static' },
    { name: 'Hono', packages: ['hono', '@hono/hono'], kind: 'server', port: 8000 },
    { name: 'Oak', packages: ['oak', '@oak/oak'], kind: 'server' },
  ],
  opens: [
    {
      pattern: /\bDeno\.serve\([ \t\n]{0,20}\{[^}\n]{0,200}?\bport:[ \t]{0,4}(?<value>[^\n,}]{1,120})/g,
      label: 'Deno.serve',
    },
    {
      pattern: /\bDeno\.listen\([ \t\n]{0,20}\{[^}\n]{0,200}?\bport:[ \t]{0,4}(?<value>[^\n,}]{1,120})/g,
      label: 'Deno.listen',
    },
    {
      pattern: /\.listen\([ \t\n]{0,20}\{[^}\n]{0,200}?\bport:?[ \t]{0,4}(?<value>[^\n,}]{1,120})/g,
      label: 'the server',
    },
    { pattern: /\bserve\([^\n]{1,120}?\bport:[ \t]{0,4}(?<value>[^\n,}]{1,120})/g, label: 'serve' },
  ],
  portOf: (project) => {
    for (const file of project.code) {
      const at = file.code.search(/\b(?:Deno\.serve|(?<![\w.])serve)\(/);
      if (at !== -1)
        return {
          value: 8000,
          evidence: {
            file: file.path,
            line: file.lineAt(at),
            reason: 'Deno listens on 8000 unless told otherwise',
          },
        };
    }
    return undefined;
  },
  routes: [
    /\.get\([ \t]{0,4}["'`](?<path>\/[\w/.-]{1,80})["'`]/g,
    /\bpathname[ \t]{0,4}={2,3}[ \t]{0,4}["'`](?<path>\/[\w/.-]{1,80})["'`]/g,
  ],
  reads: [
    /\bDeno\.env\.get\([ \t]{0,4}["'`](?<name>[A-Za-z_]\w{0,119})["'`][ \t]{0,4}\)(?<fallback>[ \t]{0,4}(?:\|\||\?\?))?/g,
  ],
  start: startDeno,
};

const findTask = (project: Project) =>
  findLine(project.manifest, /^[ \t]{0,20}"start"[ \t]{0,4}:[ \t]{0,4}["{]/m, 'the task start');

const findMain = (project: Project) =>
  MAINS.map((name) => project.read(name)?.file).find((file) => file !== undefined);

function startDeno(project: Project): StartCommand | undefined {
  const task = findTask(project);
  if (task) return { command: 'deno task start', evidence: task.evidence };
  const main = findMain(project);
  if (main === undefined) return undefined;
  const path = project.dir === '.' ? main : main.slice(project.dir.length + 1);
  return {
    command: `deno run --allow-all ${path}`,
    evidence: { file: main, reason: 'the main file, by its name' },
  };
}
