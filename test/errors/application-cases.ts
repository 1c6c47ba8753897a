// How the errors of an application, its settings, and what is generated from it are met.
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { applicationErrors } from '../../src/api/error-codes/application.ts';
import { application, type ErrorCase, type Place } from './error-case.ts';

const withFiles = (files: Record<string, string>) => ({ ...application, ...files });
const dockerfile = { 'app/Dockerfile': 'FROM node:24\nCMD ["node","server.js"]\n' };
const composed = (text: string) => withFiles({ ...dockerfile, 'app/compose.yaml': text });
const settings = (text: string) => withFiles({ 'app/.dorgu.yaml': text });
const analyze = ['analyze', 'app'] as const;
const generate = ['generate', 'app'] as const;

/** Nine levels of nine aliases each. */
const bomb = ['x-0: &b0 [a, a, a, a, a, a, a, a, a, a]']
  .concat(
    Array.from(
      { length: 8 },
      (_, level) => `x-${level + 1}: &b${level + 1} [${Array(10).fill(`*b${level}`).join()}]`,
    ),
  )
  .concat('services: {web: {build: .}}\n')
  .join('\n');

const isClusterPersonas = ({ url }: { url: string }) => url.includes('/clusterpersonas');
const strict = {
  metadata: { name: 'production' },
  spec: { name: 'production', policies: { security: { allowedRegistries: ['registry.example.com/only'] } } },
};

/** By code. */
export const applicationCases: Record<Exclude<keyof typeof applicationErrors, 'ChecksFailed'>, ErrorCase> = {
  PathMissing: { args: ['analyze', 'nowhere'], says: /^error: .*nowhere.* does not exist/ },
  PathNotFolder: {
    args: ['analyze', 'app/server.js'],
    files: application,
    says: /^error: .*is not a folder/,
  },
  NoApplication: { args: analyze, files: { 'app/notes.txt': 'x' }, says: /^error: no application found/ },
  NothingToDeploy: {
    args: generate,
    files: {
      'app/package.json': '{"name":"tool","bin":{"tool":"cli.js"}}',
      'app/cli.js': 'console.log(1)\n',
    },
    says: /^error: .*command-line program/,
  },
  DockerfileInvalid: {
    args: analyze,
    files: withFiles({ 'app/Dockerfile': 'FROM node:24\nEXPOZE 3000\n' }),
    says: /^error: .*Dockerfile:2.*EXPOZE/,
  },
  DockerfileMissing: {
    args: analyze,
    files: withFiles({ 'app/Dockerfile': `FROM node:24\n${'# much\n'.repeat(200_000)}` }),
    says: /^error: expected a Dockerfile at Dockerfile, found one larger than 1 MiB/,
  },
  ComposeSyntax: {
    args: analyze,
    files: composed('services:\n  web: [\n'),
    says: /^error: compose\.yaml:\d+/,
  },
  ComposeInvalid: {
    args: analyze,
    files: composed('services:\n  web: {build: ., ports: 80}\n'),
    says: /^error: compose\.yaml:2:\d+: .*ports: expected a list/,
  },
  ComposeCycle: {
    args: analyze,
    files: composed('services:\n  a: {build: ., depends_on: [b]}\n  b: {build: ., depends_on: [a]}\n'),
    says: /^error: compose\.yaml.* circle/,
  },
  ComposeFileMissing: {
    args: analyze,
    files: composed('include: [other.yaml]\n'),
    says: /^error: compose\.yaml:1:\d+: .*"other\.yaml"/,
  },
  ComposeTooLarge: { args: analyze, files: composed(bomb), says: /^error: compose\.yaml.*aliases/ },
  PathOutsideApplication: {
    args: generate,
    files: composed('services:\n  a: {build: ../other}\n'),
    says: /^error: compose\.yaml:2:\d+: .*\.\.\/other/,
  },
  SettingsInvalid: {
    args: generate,
    files: settings('version: "1"\nscalling: {}\n'),
    says: /^error: .*\.dorgu\.yaml:2:1: .*scalling/,
  },
  SettingsSyntax: { args: generate, files: settings('app: [\n'), says: /^error: .*\.dorgu\.yaml:\d+:\d+/ },
  SettingsUnreadable: {
    args: generate,
    files: application,
    prepare: ({ folder }) => symlinkSync('.dorgu.yaml', join(folder, 'app/.dorgu.yaml')),
    says: /^error: .*\.dorgu\.yaml: cannot be read/,
  },
  UnknownKey: { args: ['config', 'get', 'registri'], says: /^error: unknown key "registri"/ },
  BadValue: {
    args: ['config', 'set', 'format', 'xml'],
    json: false,
    env: homeOf('/nonexistent'),
    says: /xml/,
  },
  NotSet: { args: ['config', 'get', 'registry'], says: /^error: registry is not set/ },
  NoHome: { args: ['config', 'path'], says: /^error: .*no home folder/ },
  FileExists: {
    args: ['init', 'app', '--yes'],
    json: false,
    files: settings('version: "1"\n'),
    says: /^error: app\/\.dorgu\.yaml is there already/,
  },
  Drift: { args: [...generate, '--check'], files: application, says: /^error: / },
  FilesEdited: {
    args: generate,
    files: application,
    prepare: ({ folder }) => writeFileSync(join(folder, 'app/PERSONA.md'), 'mine\n'),
    says: /^error: 1 file was changed by hand/,
  },
  RulesBroken: {
    args: [...generate, '--from-cluster'],
    files: application,
    prepare: ({ server }) =>
      server.inject(
        { body: { kind: 'ClusterPersonaList', metadata: {}, items: [strict] } },
        { fits: isClusterPersonas },
      ),
    says: /^error: what was generated breaks a rule of its own persona or of ClusterPersona production/,
  },
  OutputOutside: {
    args: generate,
    files: application,
    prepare: ({ folder }) => {
      mkdirSync(join(folder, 'elsewhere'));
      symlinkSync('../elsewhere', join(folder, 'app/k8s'));
    },
    says: /^error: .*outside the application/,
  },
  OutputNotFolder: {
    args: generate,
    files: withFiles({ 'app/k8s': 'mine\n' }),
    says: /^error: k8s is to be a folder, and is a file/,
  },
  OutputNotFile: {
    args: generate,
    files: application,
    prepare: ({ folder }) => mkdirSync(join(folder, 'app/PERSONA.md')),
    says: /^error: PERSONA\.md is to be written and is not a file/,
  },
  OutputTooLarge: {
    args: generate,
    files: application,
    prepare: makeLargeFile,
    says: /^error: .*larger than 4 MiB/,
  },
  OutputFailed: {
    args: ['check', 'persona.yaml', '--write-baseline', 'notes/known.json'],
    files: { 'persona.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n', notes: 'a file\n' },
    says: /^error: .*notes\/known\.json: cannot be written/m,
  },
  NotGenerated: {
    args: ['explain', 'app/server.js'],
    files: application,
    says: /^error: .*server\.js was not written by generate/,
  },
};

function homeOf(path: string): Record<string, string> {
  return { XDG_CONFIG_HOME: path };
}

function makeLargeFile({ folder }: Place): void {
  const path = join(folder, 'app/PERSONA.md');
  writeFileSync(path, '');
  truncateSync(path, 5 * 1024 * 1024);
}
