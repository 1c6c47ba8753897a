// Dockerfiles for applications that have none: what they say, and that writing one changes nothing the next time.
import { expect } from 'chai';
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
  mkdirSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runHere } from '../commands/command-line.ts';
import { copyExample } from './generated-example.ts';

/** Examples without their Dockerfiles, and what has to stand in the one that is written. */
const cases: Record<string, RegExp[]> = {
  'express-shop': [
    /^FROM node:24-alpine AS build$/m,
    /^RUN npm ci$/m,
    /^EXPOSE 3000$/m,
    /^CMD \["npm", "run", "start"\]$/m,
  ],
  'fastapi-notes': [/^RUN pip install .*-r requirements\.txt$/m, /uvicorn app\.main:app/, /^EXPOSE 8000$/m],
  'go-greeter': [/^FROM golang:1\.24-alpine AS build$/m, /-o \/out\/app \.\/cmd\/greeter$/m, /^ENTRYPOINT/m],
  'spring-orders': [
    /^FROM maven:3-eclipse-temurin-17 AS build$/m,
    /cp target\/\*\.jar \/app\/app\.jar/,
    /^EXPOSE 8081$/m,
  ],
  'static-docs': [/^FROM nginxinc\/nginx-unprivileged:/m, /^COPY public /m, /^EXPOSE 8080$/m],
};

/** Files that are no reason for a Dockerfile of one's own, below `folder`. */
function write(folder: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

describe('a Dockerfile for an application without one', function () {
  this.timeout(60_000);
  let root: string;
  const folder = () => join(root, 'app');
  const dockerfile = () => readFileSync(join(folder(), 'Dockerfile'), 'utf8');

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'dorgu-dockerfile-'));
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  for (const [name, patterns] of Object.entries(cases))
    it(`is written for ${name}, in stages and without root, and the second run changes nothing`, async () => {
      copyExample(name, folder());
      for (const file of ['Dockerfile', '.dockerignore', 'compose.yaml', 'nginx.conf'])
        rmSync(join(folder(), file), { force: true });
      expect((await runHere(['generate', folder()])).code).to.equal(0);
      for (const pattern of [...patterns, /^USER 10001$/m]) expect(dockerfile()).to.match(pattern);
      expect(readFileSync(join(folder(), '.dockerignore'), 'utf8')).to.match(/^\*\*\/\.env$/m);
      const { code, stderr } = await runHere(['generate', folder(), '--check']);
      expect(code, stderr).to.equal(0);
    });

  it('is a person’s once it is edited: read like any other, and never overwritten', async () => {
    copyExample('go-greeter', folder());
    rmSync(join(folder(), 'Dockerfile'));
    await runHere(['generate', folder()]);
    appendFileSync(join(folder(), 'Dockerfile'), 'USER 12345\n');
    const edited = dockerfile();
    expect((await runHere(['generate', folder()])).code).to.equal(0);
    expect(dockerfile()).to.equal(edited);
    expect(readFileSync(join(folder(), 'k8s/deployment.yaml'), 'utf8')).to.contain('runAsUser: 12345');
  });

  it('stays where compose names it afterwards', async () => {
    copyExample('fastapi-notes', folder());
    rmSync(join(folder(), 'Dockerfile'));
    await runHere(['generate', folder()]);
    write(folder(), { 'compose.yaml': 'services:\n  app:\n    build: .\n    ports: ["8000:8000"]\n' });
    await runHere(['generate', folder()]);
    expect(existsSync(join(folder(), 'Dockerfile'))).to.equal(true);
  });

  it('is not invented for a language without a recipe, which is said', async () => {
    write(folder(), {
      Gemfile: "source 'https://rubygems.org'\ngem 'sinatra'\n",
      'app.rb': "require 'sinatra'\nset :port, 4567\nget('/healthz') { 'ok' }\n",
      '.dorgu.yaml': 'version: "1"\napp:\n  name: app\n  type: api\n',
    });
    const { stderr } = await runHere(['generate', folder()]);
    expect(existsSync(join(folder(), 'Dockerfile'))).to.equal(false);
    expect(stderr).to.match(/no Dockerfile|no application/i);
  });

  it('replaces none that is there', async () => {
    copyExample('express-shop', folder());
    const ignore = readFileSync(join(folder(), '.dockerignore'), 'utf8');
    const before = dockerfile();
    await runHere(['generate', folder()]);
    expect(dockerfile()).to.equal(before);
    expect(readFileSync(join(folder(), '.dockerignore'), 'utf8')).to.equal(ignore);
  });
});
