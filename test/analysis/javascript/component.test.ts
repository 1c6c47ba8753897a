// What a JavaScript component is, is written in, starts with, reads and needs.
import { expect } from 'chai';
import fc from 'fast-check';
import { javascriptAnalyser } from '../../../src/analysis/analysers/javascript.ts';
import { createMemoryScope } from '../memory-tree.ts';

const analyse = (files: Record<string, string>) => javascriptAnalyser.analyse(createMemoryScope(files));

describe('the kind of a JavaScript component', () => {
  const cases: Record<string, [Record<string, string>, string | undefined]> = {
    'is server where it listens': [{ 'package.json': '{}', 'index.js': 'app.listen(3000)' }, 'server'],
    'is server where it listens on a port that is not known': [
      { 'package.json': '{}', 'server.js': 'app.listen(process.env.PORT)' },
      'server',
    ],
    'is static for a single page': [
      { 'package.json': '{ "dependencies": { "react": "19" }, "devDependencies": { "vite": "7" } }' },
      'static',
    ],
    'is server for Next.js': [
      { 'package.json': '{ "dependencies": { "next": "15", "react": "19" } }' },
      'server',
    ],
    'is static for Next.js that exports': [
      {
        'package.json': '{ "dependencies": { "next": "15" } }',
        'next.config.js': "module.exports = { output: 'export' }",
      },
      'static',
    ],
    'is static for SvelteKit with its static adapter': [
      {
        'package.json': '{ "devDependencies": { "@sveltejs/kit": "2" } }',
        'svelte.config.js': "import adapter from '@sveltejs/adapter-static'",
      },
      'static',
    ],
    'is server for Astro with its Node adapter': [
      {
        'package.json': '{ "dependencies": { "astro": "5" } }',
        'astro.config.mjs': "import node from '@astrojs/node'",
      },
      'server',
    ],
    'is worker where it only consumes a queue': [
      {
        'package.json': '{ "main": "index.js", "dependencies": { "bullmq": "5" } }',
        'index.js': "import { Worker } from 'bullmq'\nnew Worker('mail', send)",
      },
      'worker',
    ],
    'is server where it consumes a queue and listens too': [
      {
        'package.json': '{ "main": "index.js", "dependencies": { "bullmq": "5" } }',
        'index.js': "import { Worker } from 'bullmq'\nnew Worker('mail', send)\napp.listen(3000)",
      },
      'server',
    ],
    'is cli where it installs a command and starts nothing': [
      { 'package.json': '{ "bin": { "tool": "cli.js" } }', 'cli.js': 'console.log(1)' },
      'cli',
    ],
    'is not known where nothing tells': [{ 'package.json': '{ "name": "a" }' }, undefined],
  };
  for (const [sentence, [files, kind]] of Object.entries(cases))
    it(sentence, () => {
      const [fact] = analyse(files).kind ?? [];
      expect(fact?.value).to.equal(kind);
      if (kind !== undefined) expect(fact?.evidence).to.not.be.empty;
    });
});

describe('the start command of a JavaScript component', () => {
  const cases: Record<string, [Record<string, string>, string | undefined]> = {
    'is the start script, by the package manager': [
      { 'package.json': '{ "scripts": { "start": "node a.js" } }', 'pnpm-lock.yaml': '' },
      'pnpm run start',
    ],
    "is the Procfile's web process before the script": [
      {
        'package.json': '{ "scripts": { "start": "node a.js" } }',
        Procfile: 'release: node migrate.js\nweb: node web.js\n',
      },
      'node web.js',
    ],
    'is the main file': [
      { 'package.json': '{ "main": "src/index.js" }', 'src/index.js': '' },
      'node src/index.js',
    ],
    'is the main file without its ending': [
      { 'package.json': '{ "main": "./lib/app" }', 'lib/app.js': '' },
      'node lib/app.js',
    ],
    'is server.js by its name': [{ 'package.json': '{}', 'server.js': '' }, 'node server.js'],
    'is run by bun where bun is the manager': [
      { 'package.json': '{ "module": "index.ts" }', 'index.ts': '', 'bun.lock': '' },
      'bun index.ts',
    ],
    'is not Node with TypeScript that nobody builds': [{ 'package.json': '{}', 'index.ts': '' }, undefined],
    'is start:prod where start is for development': [
      { 'package.json': '{ "scripts": { "start": "nest start", "start:prod": "node dist/main" } }' },
      'npm run start:prod',
    ],
    "is the framework's where no script is": [
      { 'package.json': '{ "dependencies": { "next": "15" } }' },
      'npx next start',
    ],
    'is nothing where a development server is all there is': [
      {
        'package.json':
          '{ "dependencies": { "react": "19" }, "scripts": { "start": "react-scripts start" } }',
      },
      undefined,
    ],
  };
  for (const [sentence, [files, command]] of Object.entries(cases))
    it(sentence, () => expect(analyse(files).startCommand?.[0]?.value).to.equal(command));
});

describe('the language and framework', () => {
  it('is TypeScript where the sources are', () => {
    const claims = analyse({
      'package.json': '{}',
      'tsconfig.json': '{}',
      'src/a.ts': '',
      'src/b.ts': '',
      'c.js': '',
    });
    expect(claims.language?.[0]?.value).to.equal('typescript');
  });
  it('is JavaScript where a typescript package is only a tool', () => {
    const claims = analyse({
      'package.json': '{ "devDependencies": { "typescript": "5" } }',
      'a.js': '',
      'b.js': '',
    });
    expect(claims.language?.[0]?.value).to.equal('javascript');
  });
  it('says nothing of a folder without JavaScript', () => {
    expect(analyse({ 'main.go': 'package main' })).to.deep.equal({});
  });
  it('leaves a package that builds the pages of a PHP program to that program', () => {
    const claims = analyse({
      'package.json': '{ "devDependencies": { "vite": "7" } }',
      'composer.json': '{}',
    });
    expect(claims.kind).to.equal(undefined);
    expect(claims.language).to.equal(undefined);
  });
  it('names the outer framework, with its line', () => {
    const claims = analyse({ 'package.json': '{\n"dependencies": {\n"react": "19",\n"next": "15" } }' });
    expect(claims.framework?.[0]?.value).to.equal('Next.js');
    expect(claims.framework?.[0]?.evidence[0]?.line).to.equal(4);
  });
  it('reports a package.json that is no JSON', () => {
    const claims = analyse({ 'package.json': '{', 'index.js': 'app.listen(3000)' });
    expect(claims.notes?.[0]?.message).to.contain('package.json is not read');
    expect(claims.ports?.[0]?.value).to.equal(3000);
  });
});

describe('the variables and stores of a JavaScript component', () => {
  const source = [
    'const url = process.env.DATABASE_URL',
    "const level = process.env.LOG_LEVEL || 'info'",
    "const key = process.env['API_KEY']!",
    'if (process.env.SENTRY_HOST) init()',
    "const { REGION, STAGE = 'dev' } = process.env",
    '// process.env.COMMENTED',
    "process.env.ASSIGNED = 'x'",
  ].join('\n');
  const files = {
    'package.json': '{ "dependencies": { "pg": "8", "ioredis": "5", "@prisma/client": "6" } }',
    'index.js': source,
    '.env.example': 'LOG_LEVEL=debug\nAPI_KEY=sk-not-a-real-one-000000000000\n',
    '.env': 'DATABASE_URL=postgres://me:hunter2@db/x\nONLY_REAL=1\n',
    'prisma/schema.prisma': 'datasource db {\n  provider = "mysql"\n  url = env("DATABASE_URL")\n}\n',
  };
  const env = analyse(files).env ?? [];
  const ofSource = (name: string) => env.find((one) => one.name === name);

  it('are required unless something stands in', () => {
    const required = env.filter((one) => one.required).map(({ name }) => name);
    expect(required).to.have.members(['DATABASE_URL', 'API_KEY', 'REGION']);
    expect(ofSource('LOG_LEVEL')?.required).to.equal(false);
    expect(ofSource('SENTRY_HOST')?.required).to.equal(false);
    expect(ofSource('STAGE')?.required).to.equal(false);
  });
  it('are not what is assigned or only commented on', () => {
    expect(ofSource('ASSIGNED')).to.equal(undefined);
    expect(ofSource('COMMENTED')).to.equal(undefined);
  });
  it("keep an example's value for settings, and never a secret's or a real .env's", () => {
    const text = JSON.stringify(analyse(files));
    expect(env.filter(({ name }) => name === 'LOG_LEVEL').map(({ value }) => value)).to.include('debug');
    expect(text).not.to.contain('hunter2');
    expect(text).not.to.contain('sk-not-a-real-one');
    expect(ofSource('ONLY_REAL')).to.equal(undefined);
    expect(ofSource('API_KEY')?.kind).to.equal('secret');
  });
  it('are the keys of a checked schema', () => {
    const claims = analyse({
      'package.json': '{}',
      'env.ts':
        'export const env = cleanEnv(process.env, {\n  SMTP_HOST: host(),\n  RETRIES: num({ default: 3 }),\n})',
    });
    expect(claims.env?.map(({ name, required }) => [name, required])).to.deep.equal([
      ['SMTP_HOST', true],
      ['RETRIES', false],
    ]);
  });
  it('are left out for pages, which read them when they are built', () => {
    const claims = analyse({
      'package.json': '{ "dependencies": { "react": "19" } }',
      'src/a.js': 'process.env.PUBLIC_URL',
    });
    expect(claims.env).to.deep.equal([]);
  });
  it("find stores by package and by Prisma's provider", () => {
    expect(analyse(files).dependencies?.map(({ name }) => name)).to.deep.equal([
      'postgresql',
      'redis',
      'mysql',
    ]);
  });
});

describe('hostile source', () => {
  const pieces = [
    'app.listen(',
    'process.env.PORT',
    '||',
    '{',
    '}',
    '(',
    ')',
    '`${',
    '`',
    "'",
    '"',
    '/*',
    '//',
    '\n',
    'const port = ',
    'router.get("/health",',
    "app.use('/a', router)",
    "require('./index')",
    'env(',
    '\u202e',
    '\u0000',
    '__proto__',
    ' ',
  ];
  it('never throws, and claims only valid ports with evidence in the file', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), (parts) => {
        const text = parts.join('');
        const claims = analyse({ 'package.json': '{ "main": "index.js" }', 'index.js': text });
        for (const { value, evidence } of claims.ports ?? []) {
          expect(value).to.be.within(1, 65_535);
          for (const { line = 1 } of evidence) expect(line).to.be.within(1, text.split('\n').length);
        }
      }),
    );
  });
  it('takes linear time', () => {
    for (const piece of pieces.filter((one) => one.trim() !== '')) {
      const started = performance.now();
      analyse({
        'package.json': '{ "main": "index.js" }',
        'index.js': `${piece}\n`.repeat(20_000).slice(0, 200_000),
      });
      expect(performance.now() - started, piece).to.be.lessThan(3000);
    }
  }).timeout(60_000);
});
