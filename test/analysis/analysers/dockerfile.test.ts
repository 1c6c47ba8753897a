// What a Dockerfile claims about its component.
import { expect } from 'chai';
import { dockerfileAnalyser } from '../../../src/analysis/analysers/dockerfile.ts';
import { CONFIDENCE } from '../../../src/application/fact.ts';
import { createMemoryTree } from '../memory-tree.ts';
import { claimText, fixture } from '../dockerfile/read.ts';

const values = (facts: readonly { value: unknown }[] | undefined) => (facts ?? []).map(({ value }) => value);

describe('what a Dockerfile claims', () => {
  it('says nothing where there is none', () => {
    expect(dockerfileAnalyser.analyse({ tree: createMemoryTree({}), dir: '.', files: [] })).to.deep.equal({});
  });

  it('tells ports of the command from those of EXPOSE by their confidence', () => {
    const { ports } = claimText(fixture('multi-stage'));
    expect(ports?.map(({ value, protocol, confidence }) => [value, protocol, confidence])).to.deep.equal([
      [8080, 'TCP', CONFIDENCE.imageCommand],
      [8080, 'TCP', CONFIDENCE.dockerfile],
      [9000, 'UDP', CONFIDENCE.dockerfile],
      [9001, 'UDP', CONFIDENCE.dockerfile],
    ]);
  });

  it('tells language, start, version, description, folders and signal', () => {
    const claims = claimText(fixture('multi-stage'));
    expect(values(claims.language)).to.deep.equal(['javascript']);
    expect(values(claims.languageVersion)).to.deep.equal(['24']);
    expect(values(claims.startCommand)).to.deep.equal(['node dist/server.js --port 8080']);
    expect(values(claims.version)).to.deep.equal(['1.4.2']);
    expect(values(claims.description)).to.deep.equal(['Sells shoes']);
    expect(values(claims.workingDirectory)).to.deep.equal(['/app']);
    expect(values(claims.stopSignal)).to.deep.equal(['SIGQUIT']);
    expect(claims.volumes?.map(({ path, kind }) => [path, kind])).to.deep.equal([
      ['/data', 'data'],
      ['/tmp/work', 'temporary'],
    ]);
    expect(values(claims.environment)).to.deep.equal([
      { name: 'PORT', value: '8080' },
      { name: 'HOST', value: '0.0.0.0' },
    ]);
  });

  const languages: [string, string, (string | undefined)[]][] = [
    ['python:3.12-slim', 'FROM python:3.12-slim', ['python', '3.12']],
    ['a binary of Go on scratch', 'FROM golang:1.23 AS b\nFROM scratch\nCOPY --from=b /x /x', ['go', '1.23']],
    ['Temurin', 'FROM eclipse-temurin:21-jre', ['java', '21']],
    ['Maven with its JDK', 'FROM maven:3.9-eclipse-temurin-17', ['java', '17']],
    ['distroless Java', 'FROM gcr.io/distroless/java17-debian12', ['java', '17']],
    ['.NET', 'FROM mcr.microsoft.com/dotnet/aspnet:8.0', ['c#', '8.0']],
    ['a tag that is no version', 'FROM node:lts', ['javascript', undefined]],
    ['a digest', `FROM docker.io/library/ruby:3.3@sha256:${'0'.repeat(64)}`, ['ruby', '3.3']],
    ['an image that says none', 'FROM alpine', [undefined, undefined]],
  ];
  for (const [title, text, expected] of languages)
    it(`reads the language of ${title}`, () => {
      const { language, languageVersion } = claimText(text);
      expect([language?.[0]?.value, languageVersion?.[0]?.value]).to.deep.equal(expected);
    });

  it('takes nginx with files in its folder for a static site', () => {
    const claims = claimText('FROM node:24 AS b\nFROM nginx\nCOPY --from=b /d /usr/share/nginx/html');
    expect(claims.kind?.[0]).to.deep.include({ value: 'static', confidence: CONFIDENCE.dockerfile });
  });

  it('does not take nginx that only proxies for a static site', () =>
    expect(claimText('FROM nginx').kind).to.equal(undefined));

  it('knows where ASP.NET listens by default, and where ENV moves it', () => {
    const base = claimText('FROM mcr.microsoft.com/dotnet/aspnet:8.0').ports?.[0];
    expect(base).to.deep.include({ value: 8080, confidence: CONFIDENCE.imageTable });
    const moved = claimText('FROM mcr.microsoft.com/dotnet/aspnet:8.0\nENV ASPNETCORE_URLS=http://+:5000')
      .ports?.[0];
    expect(moved).to.deep.include({ value: 5000, confidence: CONFIDENCE.imageEnv });
  });

  it('names the variables that the start script reads', () => {
    const { env } = claimText('FROM a\nENV SET=1\nCMD serve $SET $REGION --token $API_TOKEN');
    expect(env?.map(({ name, kind }) => [name, kind])).to.deep.equal([
      ['REGION', 'config'],
      ['API_TOKEN', 'secret'],
    ]);
  });

  it('lets no planted secret out, and warns of each that is baked in', () => {
    const claims = claimText(fixture('secrets'));
    expect(JSON.stringify(claims)).not.to.contain('planted');
    const warnings = (claims.notes ?? []).filter(({ message }) =>
      message.includes('secret inside the image'),
    );
    expect(warnings).to.have.length(4);
    expect(warnings[0]?.message).to.match(/^web\/Dockerfile:3: DB_PASSWORD /);
  });
});
