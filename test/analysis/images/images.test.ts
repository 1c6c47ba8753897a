// What images are, by their references: parts of a reference, services, languages, what they bring.
import { expect } from 'chai';
import fc from 'fast-check';
import { defaultsOfImage } from '../../../src/analysis/images/defaults.ts';
import { isRuntimeImage, languageOfImage } from '../../../src/analysis/images/languages.ts';
import { parseImageReference } from '../../../src/analysis/images/reference.ts';
import { isFileServer, serviceOfImage } from '../../../src/analysis/images/services.ts';

describe('an image reference', () => {
  const table: Record<string, [string, string, string, string | undefined]> = {
    'may be a name': ['node', 'node', 'node', undefined],
    'may have a tag': ['node:24-alpine', 'node', 'node', '24-alpine'],
    'may have a digest': ['node:24@sha256:0', 'node', 'node', '24'],
    'may spell out Docker Hub': ['docker.io/library/Node', 'Node', 'node', undefined],
    'may name a registry': ['ghcr.io/acme/web:1', 'ghcr.io/acme/web', 'acme/web', '1'],
    'may name a port and no tag': ['localhost:5000/web', 'localhost:5000/web', 'web', undefined],
    'may name the own machine': ['localhost/a/web', 'localhost/a/web', 'a/web', undefined],
    'may be empty': ['', '', '', undefined],
  };
  for (const [title, [image, repository, path, tag]] of Object.entries(table))
    it(title, () => {
      const name = path.slice(path.lastIndexOf('/') + 1);
      expect(parseImageReference(image)).to.deep.equal({ repository, path, name, ...(tag && { tag }) });
    });

  it('is read whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (image) => {
        expect(parseImageReference(image).path).to.not.include('@');
        expect([serviceOfImage(image), languageOfImage(image), defaultsOfImage(image)]).to.have.length(3);
      }),
    );
  });
});

describe('an image', () => {
  it('is known under any registry, by any maker', () => {
    for (const image of ['postgres:16', 'docker.io/bitnami/postgresql', 'quay.io/a/postgres@sha256:0'])
      expect(serviceOfImage(image)).to.include({ name: 'postgresql', type: 'database' });
    expect(serviceOfImage('mcr.microsoft.com/mssql/server:2022')).to.include({ name: 'mssql' });
    expect(serviceOfImage('acme/all-in-one')).to.equal(undefined);
    expect(serviceOfImage('jaegertracing/all-in-one')).to.include({ name: 'jaeger' });
  });
  it('listens where its maker says', () => {
    expect(serviceOfImage('nginx')?.ports).to.deep.equal([80]);
    expect(serviceOfImage('nginxinc/nginx-unprivileged:1')?.ports).to.deep.equal([8080]);
    expect(serviceOfImage('bitnami/nginx')?.ports).to.deep.equal([8080]);
  });
  it('serves files where it is a web server', () => {
    for (const image of ['nginx:alpine', 'caddy', 'pierrezemb/goStatic', 'openresty/openresty:1', 'httpd'])
      expect(isFileServer(image), image).to.equal(true);
    for (const image of ['node', 'haproxy', 'acme/nginx-exporter', 'scratch'])
      expect(isFileServer(image), image).to.equal(false);
  });
  it('runs mounted source where it is a runtime, and archives where it is an application server', () => {
    for (const image of ['node:24', 'bitnami/php', 'mono', 'mcr.microsoft.com/dotnet/sdk:8.0', 'oven/bun'])
      expect(isRuntimeImage(image), image).to.equal(true);
    for (const image of ['tomcat:10', 'jboss/keycloak', 'postgres', 'alpine'])
      expect(isRuntimeImage(image), image).to.equal(false);
  });
  it('speaks a language, in a version that its tag or name says', () => {
    expect(languageOfImage('maven:3-eclipse-temurin-21')).to.deep.equal({ language: 'java', version: '21' });
    expect(languageOfImage('gcr.io/distroless/nodejs22-debian12')).to.deep.equal({
      language: 'javascript',
      version: '22',
    });
    expect(languageOfImage('nginx')).to.equal(undefined);
  });
});
