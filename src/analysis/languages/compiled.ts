// Languages that compile to one program, each with a builder that says its name: Swift, Haskell, Crystal, Dart, COBOL.
import { posix } from 'node:path';
import type { Language, StartCommand } from './language.ts';
import { findFile, findLine, namesOf, type Project } from './project.ts';

/** Swift: packages with an executable. */
export const swift: Language = {
  name: 'swift',
  selection: {
    syntax: 'rust',
    extensions: ['.swift'],
    isLeftOut: (path) => /(?:^|\/)(?:Tests|\.build)\//.test(path),
  },
  manifests: /^Package\.swift$/,
  packages: (text) => namesOf(text, /\/([\w.-]{1,80}?)(?:\.git)?"[ \t]{0,4},/g),
  runs: (project) => {
    const target = findLine(project.manifest, /\.executable(?:Target)?\(/, 'a program of Swift');
    if (target) return target.evidence;
    const main = findFile(project, /^Sources\/[^/]{1,80}\/main\.swift$/);
    return main === undefined ? undefined : { file: main, reason: 'a program of Swift' };
  },
  frameworks: [
    { name: 'Vapor', packages: ['vapor'], kind: 'server', port: 8080 },
    { name: 'Hummingbird', packages: ['hummingbird'], kind: 'server', port: 8080 },
    { name: 'Kitura', packages: ['Kitura'], kind: 'server', port: 8080 },
    { name: 'Perfect', packages: ['Perfect-HTTPServer'], kind: 'server', port: 8181 },
    { name: 'SwiftNIO', packages: ['swift-nio'] },
  ],
  clients: [
    {
      name: 'postgresql',
      type: 'database',
      packages: ['fluent-postgres-driver', 'postgres-nio', 'postgres-kit'],
    },
    { name: 'mysql', type: 'database', packages: ['fluent-mysql-driver', 'mysql-nio'] },
    {
      name: 'mongodb',
      type: 'database',
      packages: ['fluent-mongo-driver', 'mongo-swift-driver', 'MongoKitten'],
    },
    { name: 'redis', type: 'cache', packages: ['redis', 'RediStack'] },
  ],
  opens: [
    {
      pattern: /\b(?:configuration\.port|server\.port)[ \t]{0,4}=[ \t]{0,4}(?<value>[^\n]{1,120})/g,
      label: 'the server',
    },
    { pattern: /\.bind\((?<value>[^\n]{1,120})/g, label: 'the server' },
    { pattern: /\baddHTTPServer\(onPort:[ \t]{0,4}(?<value>[^\n,]{1,60})/g, label: 'Kitura' },
    { pattern: /\.hostname\([^\n]{1,80}?port:[ \t]{0,4}(?<value>[^\n)]{1,60})/g, label: 'Hummingbird' },
  ],
  routes: [/\.get\([ \t]{0,4}"(?<path>[\w/.-]{1,80})"[ \t]{0,4}\)/g],
  reads: [
    /\bEnvironment\.get\([ \t]{0,4}"(?<name>[A-Za-z_]\w{0,119})"[ \t]{0,4}\)(?<fallback>[^\n]{0,40}\?\?)?/g,
    /\benvironment\["(?<name>[A-Za-z_]\w{0,119})"\](?<fallback>[ \t]{0,4}\?\?)?/g,
  ],
  start: ({ manifest }) => {
    const target =
      findLine(
        manifest,
        /\.executable(?:Target)?\(\s{0,40}name:[ \t]{0,4}"([\w.-]{1,80})"/,
        'the program that swift build makes',
      ) ?? findLine(manifest, /\bname:[ \t]{0,4}"([\w.-]{1,80})"/, 'the program that swift build makes');
    return target && { command: `./${target.value}`, evidence: target.evidence };
  },
  versions: [{ file: '', pattern: /swift-tools-version:[ \t]{0,4}([\d.]{1,12})/ }],
};

/** Haskell: Stack and Cabal. */
export const haskell: Language = {
  name: 'haskell',
  selection: {
    syntax: 'haskell',
    extensions: ['.hs'],
    isLeftOut: (path) => /(?:^|\/)(?:test|dist(?:-newstyle)?|\.stack-work)\//.test(path),
  },
  manifests: /^(?:package\.yaml|[\w.-]{1,80}\.cabal)$/,
  packages: (text) => namesOf(text, /^[ \t,-]{0,20}([a-z][\w-]{1,60})(?:[ \t]{0,20}(?:[<>=^&,]|$))/gm),
  runs: (project) => {
    const { manifest } = project;
    const listed = findLine(manifest, /^(?:executables?:?\b|executable[ \t])/m, 'a program of Haskell');
    return listed?.evidence;
  },
  frameworks: [
    { name: 'Yesod', packages: ['yesod', 'yesod-core'], kind: 'server', port: 3000, portEnv: 'PORT' },
    { name: 'IHP', packages: ['ihp'], kind: 'server', port: 8000, portEnv: 'PORT' },
    { name: 'Servant', packages: ['servant-server', 'servant'], kind: 'server' },
    { name: 'Scotty', packages: ['scotty'], kind: 'server' },
    { name: 'Spock', packages: ['Spock', 'spock'], kind: 'server' },
    { name: 'Snap', packages: ['snap', 'snap-core'], kind: 'server', port: 8000 },
    { name: 'Warp', packages: ['warp'], kind: 'server' },
  ],
  clients: [
    {
      name: 'postgresql',
      type: 'database',
      packages: ['postgresql-simple', 'hasql', 'persistent-postgresql'],
    },
    { name: 'redis', type: 'cache', packages: ['hedis'] },
  ],
  opens: [
    {
      pattern: /\b(?:scotty|run|runSettings|spock|runSpock|setPort)[ \t(]{1,4}(?<value>[\w"(][^\n]{1,80})/g,
      label: 'the server',
    },
  ],
  routes: [/\bget[ \t]{1,4}"(?<path>\/[\w/.-]{1,80})"/g],
  reads: [/\b(?:getEnv|lookupEnv)[ \t]{1,4}"(?<name>[A-Za-z_]\w{0,119})"/g],
  start: ({ manifest }) => {
    const name =
      findLine(manifest, /^executables:\s{1,20}([\w-]{1,80}):/m, 'the program that is built') ??
      findLine(manifest, /^executable[ \t]{1,4}([\w-]{1,80})/m, 'the program that is built');
    return name && { command: `home/.local/bin/${name.value}`, evidence: name.evidence };
  },
};

/** Crystal: shards. */
export const crystal: Language = {
  name: 'crystal',
  selection: {
    syntax: 'python',
    extensions: ['.cr'],
    isLeftOut: (path) => /(?:^|\/)(?:spec|lib)\//.test(path),
  },
  manifests: /^shard\.yml$/,
  packages: (text) => namesOf(text, /^[ \t]{1,8}([\w-]{1,60}):[ \t]{0,4}$/gm),
  runs: ({ manifest }) => findLine(manifest, /^targets:/m, 'a program of Crystal')?.evidence,
  frameworks: [
    { name: 'Lucky', packages: ['lucky'], kind: 'server', port: 3000, portEnv: 'PORT' },
    { name: 'Amber', packages: ['amber'], kind: 'server', port: 3000, portEnv: 'PORT' },
    { name: 'Kemal', packages: ['kemal'], kind: 'server', port: 3000, portEnv: 'PORT' },
    { name: 'Athena', packages: ['athena'], kind: 'server', port: 3000 },
  ],
  clients: [
    { name: 'postgresql', type: 'database', packages: ['pg'] },
    { name: 'redis', type: 'cache', packages: ['redis'] },
  ],
  opens: [
    { pattern: /\b(?:bind_tcp|Kemal\.run|listen)[ \t(]{1,4}(?<value>[^\n]{1,80})/g, label: 'the server' },
  ],
  routes: [/^[ \t]{0,20}get[ \t(]{1,4}"(?<path>\/[\w/.-]{1,80})"/gm],
  reads: [
    /\bENV\["(?<name>[A-Za-z_]\w{0,119})"\]\??(?<fallback>[ \t]{0,4}\|\|)?/g,
    /\bENV\.fetch\([ \t]{0,4}"(?<name>[A-Za-z_]\w{0,119})"(?<fallback>[ \t]{0,4},)?/g,
  ],
  start: ({ manifest }) => {
    const target = findLine(
      manifest,
      /^targets:[ \t]{0,4}\n[ \t]{1,8}([\w-]{1,60}):/m,
      'the program that shards builds',
    );
    return target && { command: `./bin/${target.value}`, evidence: target.evidence };
  },
  versions: [{ file: '', pattern: /^crystal:[ \t]{0,4}"?([^"\n]{1,30})/m }],
};

/** Dart on servers; what needs Flutter is an application for devices. */
export const dart: Language = {
  name: 'dart',
  selection: {
    syntax: 'java',
    extensions: ['.dart'],
    isLeftOut: (path) => /(?:^|\/)(?:test|\.dart_tool|build)\//.test(path),
  },
  manifests: /^pubspec\.yaml$/,
  packages: (text) => namesOf(text, /^[ \t]{2}([a-z]\w{0,60}):/gm),
  runs: (project) => {
    if (/^[ \t]{2}flutter:/m.test(project.manifest?.text ?? '')) return undefined;
    const main = findFile(project, /^(?:bin\/[\w-]{1,80}|lib\/main|main)\.dart$/);
    return main === undefined ? undefined : { file: main, reason: 'a program of Dart' };
  },
  frameworks: [
    { name: 'Dart Frog', packages: ['dart_frog'], kind: 'server', port: 8080, portEnv: 'PORT' },
    { name: 'Serverpod', packages: ['serverpod'], kind: 'server', port: 8080 },
    { name: 'Shelf', packages: ['shelf', 'shelf_router'], kind: 'server', port: 8080 },
    { name: 'Alfred', packages: ['alfred'], kind: 'server' },
  ],
  clients: [
    { name: 'postgresql', type: 'database', packages: ['postgres'] },
    { name: 'redis', type: 'cache', packages: ['redis'] },
  ],
  opens: [
    {
      pattern: /\b(?:serve|HttpServer\.bind|ServerSocket\.bind|\.listen)\((?<value>[^;\n]{1,120})/g,
      label: 'the server',
    },
  ],
  routes: [/\.get\([ \t]{0,4}['"](?<path>\/[\w/.-]{1,80})['"]/g],
  reads: [/\bPlatform\.environment\[['"](?<name>[A-Za-z_]\w{0,119})['"]\](?<fallback>[ \t]{0,4}\?\?)?/g],
  start: (project) => {
    const main = findFile(project, /^bin\/[\w-]{1,80}\.dart$/);
    if (main === undefined) return undefined;
    return {
      command: `./bin/${posix.basename(main, '.dart')}.exe`,
      evidence: { file: main, reason: 'the program that dart compile exe makes of this' },
    };
  },
  versions: [{ file: '', pattern: /^[ \t]{2}sdk:[ \t]{0,4}['"]?([^'"\n]{1,40})/m }],
};

/** COBOL: source files, without a manifest. */
export const cobol: Language = {
  name: 'cobol',
  selection: { syntax: 'hash', extensions: ['.cbl', '.cob'], isLeftOut: () => false },
  manifests: /\.(?:cbl|cob)$/i,
  runs: ({ manifest }) => findLine(manifest, /\bPROGRAM-ID\b/i, 'a program of COBOL')?.evidence,
  start: startCobol,
};

function startCobol(project: Project): StartCommand | undefined {
  const main = findFile(project, /^(?:src\/)?index\.(?:cbl|cob)$/i) ?? project.manifest?.file;
  if (main === undefined) return undefined;
  return {
    command: `./${posix.basename(main).replace(/\.\w+$/, '')}`,
    evidence: { file: main, reason: 'the program that cobc makes of this' },
  };
}
