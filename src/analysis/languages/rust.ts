// Rust: Cargo's packages and workspaces, and the servers of its frameworks.
import { posix } from 'node:path';
import type { Language, StartCommand } from './language.ts';
import { findLine, findFile, type Project } from './project.ts';

const SECTION = /^\[(?<name>[^\]\n]{1,120})\]/gm;
const DEPENDENCY = /^(?<name>[\w-]{1,80})(?:\.\w{1,20})?[ \t]{0,8}=/gm;

/** Rust. */
export const rust: Language = {
  name: 'rust',
  selection: {
    syntax: 'rust',
    extensions: ['.rs'],
    isLeftOut: (path) => /(?:^|\/)(?:tests|benches|examples|target)\/|(?:^|\/)build\.rs$/.test(path),
  },
  manifests: /^Cargo\.toml$/,
  packages: readDependencies,
  runs: (project) => {
    const { manifest } = project;
    const listed = findLine(manifest, /^\[\[bin\]\]/m, 'a program of its own')?.evidence;
    if (listed) return listed;
    const main = findFile(project, /^src\/(?:main\.rs|bin\/[^/]{1,80}(?:\.rs|\/main\.rs))$/);
    if (main !== undefined) return { file: main, reason: 'a program of Rust' };
    return isWorkspaceWithProgram(project) ? project.sign : undefined;
  },
  frameworks: [
    {
      name: 'Leptos',
      packages: ['leptos_axum', 'leptos_actix'],
      kind: 'server',
      port: 3000,
      portEnv: 'LEPTOS_SITE_ADDR',
    },
    { name: 'Dioxus', packages: ['dioxus-fullstack', 'dioxus'], kind: 'server', port: 8080, portEnv: 'PORT' },
    { name: 'Loco', packages: ['loco-rs'], kind: 'server', port: 5150, portEnv: 'PORT' },
    { name: 'Shuttle', packages: ['shuttle-runtime'], kind: 'server', port: 8000 },
    { name: 'Rocket', packages: ['rocket'], kind: 'server', port: 8000, portEnv: 'ROCKET_PORT' },
    { name: 'Actix Web', packages: ['actix-web'], kind: 'server' },
    { name: 'Poem', packages: ['poem', 'poem-openapi'], kind: 'server' },
    { name: 'Salvo', packages: ['salvo'], kind: 'server' },
    { name: 'Axum', packages: ['axum'], kind: 'server' },
    { name: 'Warp', packages: ['warp'], kind: 'server' },
    { name: 'Tide', packages: ['tide'], kind: 'server' },
    { name: 'Gotham', packages: ['gotham'], kind: 'server' },
    { name: 'ntex', packages: ['ntex'], kind: 'server' },
    { name: 'Tonic', packages: ['tonic'], kind: 'server' },
    { name: 'Hyper', packages: ['hyper'] },
    { name: 'clap', packages: ['clap', 'structopt', 'argh'], kind: 'cli' },
  ],
  clients: [
    { name: 'postgresql', type: 'database', packages: ['tokio-postgres', 'postgres', 'deadpool-postgres'] },
    { name: 'mongodb', type: 'database', packages: ['mongodb'] },
    { name: 'mysql', type: 'database', packages: ['mysql', 'mysql_async'] },
    { name: 'redis', type: 'cache', packages: ['redis', 'fred', 'deadpool-redis'] },
    { name: 'kafka', type: 'queue', packages: ['rdkafka', 'kafka'] },
    { name: 'rabbitmq', type: 'queue', packages: ['lapin', 'amqprs'] },
    { name: 'nats', type: 'queue', packages: ['async-nats', 'nats'] },
  ],
  opens: [
    { pattern: /\bTcpListener::bind\((?<value>[^;\n]{1,200})/g, label: 'TcpListener' },
    { pattern: /\.bind(?:_auto_h2c|_rustls\w{0,10})?\((?<value>[^;\n]{1,200})/g, label: 'bind' },
    { pattern: /\bSocketAddr(?:V4)?::(?:from|new)\((?<value>[^;\n]{1,200})/g, label: 'SocketAddr' },
    { pattern: /\bServer::(?:bind|builder\(\)\.serve)\((?<value>[^;\n]{1,200})/g, label: 'Server' },
    {
      pattern: /\.(?:listen|serve|run)\((?<value>(?:\(\[[^)\n]{1,60}\]|"[\d.:[\]]{1,60}")[^;\n]{0,100})/g,
      label: 'the server',
    },
    { pattern: /\bTcpListener::new\((?<value>[^;\n]{1,200})/g, label: 'TcpListener' },
  ],
  portSettings: [
    { file: /^Rocket\.toml$/, pattern: /^port[ \t]{0,4}=[ \t]{0,4}(?<port>\d{2,5})/m },
    { file: /^config\/production\.yaml$/, pattern: /^[ \t]{1,8}port:[ \t]{1,4}(?<port>\d{2,5})/m },
  ],
  routes: [
    /\.(?:route|at|nest)\([ \t\n]{0,40}"(?<path>\/[\w/.-]{1,80})"[ \t\n]{0,20},[ \t\n]{0,40}(?:\w{1,20}::)?(?:get|method_router|any)\b/g,
    /#\[get\([ \t]{0,4}"(?<path>\/[\w/.-]{1,80})"/g,
    /\bwarp::path!?\([ \t]{0,4}"(?<path>[\w/.-]{1,80})"[ \t]{0,4}\)/g,
  ],
  reads: [
    /\benv::var(?:_os)?\([ \t]{0,4}"(?<name>[A-Za-z_]\w{0,119})"[ \t]{0,4}\)(?<fallback>[ \t\n]{0,60}\.(?:unwrap_or|ok\(|unwrap_or_else|map_or|is_ok))?/g,
  ],
  start: startRust,
  versions: [
    { file: 'rust-toolchain.toml', pattern: /^channel[ \t]{0,4}=[ \t]{0,4}"([\w.-]{1,40})"/m },
    { file: 'rust-toolchain', pattern: /^([\w.-]{1,40})\s{0,4}$/m },
    { file: '', pattern: /^rust-version[ \t]{0,4}=[ \t]{0,4}"([\w.]{1,20})"/m },
  ],
};

function readDependencies(text: string): { name: string; offset: number }[] {
  const sections = [...text.matchAll(SECTION)];
  return sections.flatMap((section, at) => {
    const name = section.groups?.['name'] ?? '';
    const single = /(?:^|\.)dependencies\.([\w-]{1,80})$/.exec(name)?.[1];
    if (single !== undefined) return [{ name: single, offset: section.index }];
    if (!/(?:^|\.)dependencies$/.test(name) || /dev-|build-/.test(name)) return [];
    const from = section.index;
    const body = text.slice(from, sections[at + 1]?.index ?? text.length);
    return [...body.matchAll(DEPENDENCY)].map((one) => ({
      name: one.groups?.['name'] ?? '',
      offset: from + one.index,
    }));
  });
}

function isWorkspaceWithProgram(project: Project): boolean {
  return (
    /^\[workspace\]/m.test(project.manifest?.text ?? '') &&
    findFile(project, /(?:^|\/)src\/(?:main\.rs|bin\/[^/]{1,80}\.rs)$/) !== undefined
  );
}

const DEFAULT_RUN = /^default-run[ \t]{0,4}=[ \t]{0,4}"([\w-]{1,80})"/m;
const BINARY = /^\[\[bin\]\][^[]{0,400}?^name[ \t]{0,4}=[ \t]{0,4}"([\w-]{1,80})"/m;
const PACKAGE = /^\[package\][^[]{0,800}?^name[ \t]{0,4}=[ \t]{0,4}"([\w-]{1,80})"/m;

// Cargo's own default, else the package's main file, else the one program there is; a workspace's stands in a member.
function startRust(project: Project): StartCommand | undefined {
  const chosen =
    findLine(project.manifest, DEFAULT_RUN, 'the program that cargo runs') ??
    findLine(project.manifest, BINARY, 'the program that cargo builds') ??
    findMemberProgram(project);
  return chosen && { command: `./bin/${chosen.value}`, evidence: chosen.evidence };
}

function findMemberProgram(project: Project): ReturnType<typeof findLine> {
  const main =
    findFile(project, /(?:^|\/)src\/main\.rs$/) ?? findFile(project, /(?:^|\/)src\/bin\/[^/]{1,80}\.rs$/);
  if (main === undefined) return undefined;
  const evidence = { file: main, reason: 'a program of Rust' };
  const own = /\/bin\/(?!main\.rs)([^/]{1,80})\.rs$/.exec(main)?.[1];
  if (own !== undefined) return { value: own, evidence };
  const home = main.replace(/(?:^|\/)src\/(?:main\.rs|bin\/.*)$/, '');
  const file = home === '' ? 'Cargo.toml' : `${home}/Cargo.toml`;
  const text = project.tree.read(file) ?? '';
  return (
    findLine({ file, text }, PACKAGE, 'the package that cargo builds') ?? {
      value: posix.basename(home),
      evidence,
    }
  );
}
