// The table of bad input: each is refused with its exit code and message, and nothing is written.
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SERVER = `require('http').createServer().listen(3000);\n`;
const PACKAGE = '{"name":"shop","version":"1.0.0","scripts":{"start":"node server.js"}}';
const APP = { 'app/package.json': PACKAGE, 'app/server.js': SERVER };
const COMPOSE_APP = { ...APP, 'app/Dockerfile': 'FROM node:24\nCMD ["node","server.js"]\n' };
const SETTINGS_APP = (settings: string) => ({ ...APP, 'app/.dorgu.yaml': settings });

/** One bad input: what is there, what is called, and how it has to end. */
export interface BadInput {
  files?: Record<string, string>;
  /** Makes what a table of files cannot: links, huge files. */
  prepare?: (top: string) => void;
  args?: string[];
  code: number;
  /** Has to be on stderr. */
  says: RegExp;
}

/** By a sentence that says what is wrong. */
export const badInputs: Record<string, BadInput> = {
  'a path that is missing': {
    args: ['generate', 'nowhere'],
    code: 2,
    says: /error: .*nowhere.* does not exist/,
  },
  'a path that is a file': {
    files: APP,
    args: ['generate', 'app/server.js'],
    code: 2,
    says: /is not a folder/,
  },
  'an empty folder': { prepare: (top) => mkdirSync(join(top, 'app')), code: 1, says: /no application found/ },
  'a folder without an application': {
    files: { 'app/notes.txt': 'x' },
    code: 1,
    says: /no application found/,
  },
  'a command-line program': {
    files: {
      'app/package.json': '{"name":"tool","bin":{"tool":"cli.js"}}',
      'app/cli.js': 'console.log(1)\n',
    },
    code: 1,
    says: /command-line/,
  },
  'an empty Dockerfile': { files: { ...APP, 'app/Dockerfile': '' }, code: 1, says: /Dockerfile.*FROM/s },
  'a Dockerfile without FROM': {
    files: { ...APP, 'app/Dockerfile': 'RUN x\n' },
    code: 1,
    says: /Dockerfile:1.*FROM/s,
  },
  'a Dockerfile with an unknown instruction': {
    files: { ...APP, 'app/Dockerfile': 'FROM node:24\nEXPOZE 3000\n' },
    code: 1,
    says: /Dockerfile:2.*EXPOZE/s,
  },
  'a Dockerfile whose heredoc never ends': {
    files: { ...APP, 'app/Dockerfile': 'FROM node:24\nRUN <<EOF\necho\n' },
    code: 1,
    says: /Dockerfile:2/,
  },
  'a Dockerfile copied from a stage that does not exist, as its base': {
    files: { ...APP, 'app/Dockerfile': 'FROM node:24 AS a\nFROM a\nFROM ${MISSING:?say which}\n' },
    code: 1,
    says: /Dockerfile:3/,
  },
  'a target that no stage has': {
    files: { ...APP, 'app/Dockerfile': 'FROM node:24 AS build\n' },
    args: ['generate', 'app', '--target', 'prod'],
    code: 1,
    says: /prod/,
  },
  'a compose file that is not YAML': {
    files: { ...COMPOSE_APP, 'app/compose.yaml': 'services:\n  web: [\n' },
    code: 1,
    says: /compose\.yaml:\d+/,
  },
  'a compose file with an unknown key': {
    files: { ...COMPOSE_APP, 'app/compose.yaml': 'services:\n  web:\n    build: .\n    prots: ["80"]\n' },
    code: 1,
    says: /compose\.yaml:4.*prots.*ports/s,
  },
  'a compose file that extends itself in a circle': {
    files: {
      ...COMPOSE_APP,
      'app/compose.yaml': 'services:\n  a: {build: ., extends: {service: b}}\n  b: {extends: {service: a}}\n',
    },
    code: 1,
    says: /compose\.yaml.*(cycle|circle|itself)/s,
  },
  'a compose file whose services wait for each other': {
    files: {
      ...COMPOSE_APP,
      'app/compose.yaml': 'services:\n  a: {build: ., depends_on: [b]}\n  b: {build: ., depends_on: [a]}\n',
    },
    code: 1,
    says: /compose\.yaml.*(cycle|circle)/s,
  },
  'a compose file that includes itself': {
    files: { ...COMPOSE_APP, 'app/compose.yaml': 'include: [compose.yaml]\nservices: {a: {build: .}}\n' },
    code: 1,
    says: /compose\.yaml.*(cycle|circle|itself)/s,
  },
  'a compose file that builds outside': {
    files: { ...COMPOSE_APP, 'app/compose.yaml': 'services:\n  a:\n    build: ../other\n' },
    code: 1,
    says: /compose\.yaml:3.*(outside|leaves)/s,
  },
  'a compose env_file that climbs out': {
    files: {
      ...COMPOSE_APP,
      'secret.env': 'A=1',
      'app/compose.yaml': 'services:\n  a:\n    build: .\n    env_file: ../secret.env\n',
    },
    code: 1,
    says: /(outside|leaves)/,
  },
  'a compose env_file that is a link out': {
    files: {
      ...COMPOSE_APP,
      'secret.env': 'A=1',
      'app/compose.yaml': 'services:\n  a:\n    build: .\n    env_file: .env.link\n',
    },
    prepare: (top) => symlinkSync('../secret.env', join(top, 'app/.env.link')),
    code: 1,
    says: /(outside|leaves)/,
  },
  'a compose file that is asked for and missing': {
    files: APP,
    args: ['generate', 'app', '--compose-file', 'other.yaml'],
    code: 1,
    says: /other\.yaml/,
  },
  'a compose bomb of aliases': {
    files: {
      ...COMPOSE_APP,
      'app/compose.yaml': `x-a: &a [1,1,1,1,1,1,1,1,1]\n${'bcdefghij'
        .split('')
        .map(
          (name, at) =>
            `x-${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefghi'[at] ?? ''}`).join(',')}]\n`,
        )
        .join('')}services: {web: {build: .}}\n`,
    },
    code: 1,
    says: /compose\.yaml/,
  },
  'settings that are not YAML': { files: SETTINGS_APP('app: [\n'), code: 1, says: /\.dorgu\.yaml:\d+:\d+/ },
  'settings with an unknown key': {
    files: SETTINGS_APP('version: "1"\nscalling:\n  min_replicas: 2\n'),
    code: 1,
    says: /\.dorgu\.yaml:2:1.*scalling.*scaling/s,
  },
  'settings with the quantity abc': {
    files: SETTINGS_APP('version: "1"\nresources:\n  requests:\n    cpu: abc\n'),
    code: 1,
    says: /\.dorgu\.yaml:4:\d+.*abc/s,
  },
  'settings with a minimum over the maximum': {
    files: SETTINGS_APP('version: "1"\nscaling:\n  min_replicas: 9\n  max_replicas: 2\n'),
    code: 1,
    says: /min_?replicas.*max_?replicas|max_?replicas.*min_?replicas/is,
  },
  'settings of the wrong type': {
    files: SETTINGS_APP('version: "1"\nscaling:\n  min_replicas: many\n'),
    code: 1,
    says: /\.dorgu\.yaml:3:\d+.*many/s,
  },
  'workspace settings with an unknown key': {
    files: {
      ...APP,
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.git/config': '',
      '.dorgu-workspace.yaml': 'defualts: {}\n',
    },
    code: 1,
    says: /\.dorgu-workspace\.yaml:1:1.*defualts.*defaults/s,
  },
  'a variable with a format that does not exist': {
    files: APP,
    args: ['generate', 'app'],
    code: 1,
    says: /DORGU_FORMAT.*xml/s,
  },
  'a format that does not exist': {
    files: APP,
    args: ['generate', 'app', '--format', 'xml'],
    code: 2,
    says: /xml.*kustomize/s,
  },
  'an unknown flag': {
    files: APP,
    args: ['generate', 'app', '--foramt', 'plain'],
    code: 2,
    says: /--foramt.*--format/s,
  },
  'an unknown command': { args: ['genrate', 'app'], code: 2, says: /genrate.*generate/s },
  'a namespace that is no DNS label': {
    files: APP,
    args: ['generate', 'app', '-n', 'Shop_1'],
    code: 2,
    says: /Shop_1/,
  },
  'an output folder outside the application': {
    files: APP,
    args: ['generate', 'app', '--output-dir', '../elsewhere'],
    code: 2,
    says: /\.\.\/elsewhere/,
  },
  'an output folder that is a link out': {
    files: APP,
    prepare: (top) => {
      mkdirSync(join(top, 'elsewhere'));
      symlinkSync('../elsewhere', join(top, 'app/k8s'));
    },
    code: 1,
    says: /outside the application/,
  },
  'an output folder that is a file': { files: { ...APP, 'app/k8s': 'mine\n' }, code: 1, says: /k8s/ },
  'a folder in the place of a file': {
    files: APP,
    prepare: (top) => mkdirSync(join(top, 'app/PERSONA.md')),
    code: 1,
    says: /PERSONA\.md is to be written and is not a file/,
  },
  'a host without a way to expose it': {
    files: APP,
    args: ['generate', 'app', '--expose', 'ingress'],
    code: 2,
    says: /--host/,
  },
  'a host that is no DNS name': {
    files: APP,
    args: ['generate', 'app', '--expose', 'ingress', '--host', 'a b'],
    code: 2,
    says: /a b/,
  },
  'an image with the tag latest': {
    files: APP,
    args: ['generate', 'app', '--tag', 'latest'],
    code: 2,
    says: /latest/,
  },
  'a pom.xml of 2 GB': {
    files: { 'app/Main.java': 'class Main {}' },
    prepare: (top) => {
      writeFileSync(join(top, 'app/pom.xml'), '');
      truncateSync(join(top, 'app/pom.xml'), 2 * 1024 ** 3);
    },
    code: 1,
    says: /no application found|pom\.xml/,
  },
  'a Dockerfile that is binary': {
    prepare: (top) => {
      mkdirSync(join(top, 'app'));
      writeFileSync(join(top, 'app/Dockerfile'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1]));
    },
    code: 1,
    says: /Dockerfile/,
  },
};
