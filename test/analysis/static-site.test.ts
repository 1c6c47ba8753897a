// Static sites: where they begin, what generates them, and the web server's port and fixed answers.
import { expect } from 'chai';
import fc from 'fast-check';
import { readDockerfile } from '../../src/analysis/dockerfile/read-dockerfile.ts';
import { staticSiteAnalyser } from '../../src/analysis/analysers/static-site.ts';
import { staticSiteRoots } from '../../src/analysis/discovery/static-site.ts';
import { createMemoryScope, createMemoryTree } from './memory-tree.ts';

const analyse = (files: Record<string, string>, image?: string) => {
  if (image === undefined) return staticSiteAnalyser.analyse(createMemoryScope(files));
  const scope = createMemoryScope({ ...files, Dockerfile: `FROM ${image}\n` });
  const build = readDockerfile(scope.tree, { dockerfile: 'Dockerfile', context: '.' });
  return staticSiteAnalyser.analyse({ ...scope, build });
};

describe('static sites', () => {
  const roots: Record<string, [Record<string, string>, string[]]> = {
    'begin at pages without a manifest': [{ 'index.html': '' }, ['.']],
    'begin above public/': [{ 'public/index.html': '' }, ['.']],
    'do not begin at the pages of a program': [{ 'index.html': '', 'package.json': '{}' }, []],
    'do not begin at pages below a program': [{ 'web/index.html': '', 'go.mod': '' }, []],
    'do not begin at pages of pages': [{ 'index.html': '', 'about/index.html': '' }, ['.']],
    "begin at a generator's settings": [{ 'site/hugo.toml': '' }, ['site']],
    'do not begin at any config.toml': [{ 'config.toml': '[server]\nport = 1' }, []],
  };
  for (const [sentence, [files, dirs]] of Object.entries(roots))
    it(sentence, () =>
      expect(staticSiteRoots.find(createMemoryTree(files)).map(({ dir }) => dir)).to.deep.equal(dirs),
    );

  const generators: Record<string, [string, string]> = {
    Hugo: ['config.toml', 'baseURL = "https://example.com"'],
    Zola: ['config.toml', 'base_url = "https://example.com"'],
    Jekyll: ['_config.yml', 'title: a\ntheme: minima'],
    MkDocs: ['mkdocs.yml', 'site_name: a'],
  };
  for (const [name, [file, text]] of Object.entries(generators))
    it(`are known to be made by ${name}`, () => {
      const claims = analyse({ [file]: text });
      expect(claims.framework?.[0]?.value).to.equal(name);
      expect(claims.kind?.[0]?.value).to.equal('static');
    });

  const ports: Record<string, [Record<string, string>, string, number[]]> = {
    'nginx on 80 when nothing is said': [{ 'index.html': '' }, 'nginx:1.29-alpine', [80]],
    'unprivileged nginx on 8080': [{ 'index.html': '' }, 'nginxinc/nginx-unprivileged:1.29', [8080]],
    'nginx where its settings say': [
      { 'nginx.conf': 'server {\n  # listen 1;\n  listen 8080;\n  listen [::]:8080;\n}' },
      'nginx',
      [8080],
    ],
    'Caddy where its settings say': [{ Caddyfile: ':8081 {\n  file_server\n}' }, 'caddy:2', [8081]],
    'httpd where its settings say': [{ 'httpd.conf': 'Listen 8082\n' }, 'httpd:2.4', [8082]],
    'plainly where TLS is served too': [
      { 'nginx.conf': 'server { listen 80; }\nserver {\n  listen 80;\n  listen 443 ssl;\n}' },
      'nginx',
      [80],
    ],
  };
  for (const [sentence, [files, image, expected]] of Object.entries(ports))
    it(`are served by ${sentence}`, () =>
      expect(analyse(files, image).ports?.map(({ value }) => value)).to.deep.equal(expected));

  it('answer probes that nginx answers itself, and not those that it passes on', () => {
    const text =
      'server {\n  listen 80;\n  location = /healthz {\n    access_log off;\n    return 200 "ok";\n  }\n  location /health {\n    proxy_pass http://api;\n  }\n}';
    const claims = analyse({ 'nginx.conf': text }, 'nginx');
    expect(claims.liveness?.[0]).to.include({ kind: 'http', path: '/healthz' });
    expect(claims.liveness?.[0]?.evidence[0]).to.include({ file: 'nginx.conf', line: 3 });
  });

  it('are none of an image that runs a program', () => {
    expect(analyse({ 'index.html': '', 'main.py': '' }, 'python:3.13')).to.deep.equal({});
  });

  it('survive any settings, in linear time', () => {
    const pieces = [
      'location /health {',
      '{',
      '}',
      'return 200',
      'listen ',
      '80;',
      '\n',
      ' ',
      '#',
      'Listen',
      ':{$PORT:80}',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 80 }), (parts) => {
        for (const file of ['nginx.conf', 'Caddyfile', 'httpd.conf'])
          for (const { value } of analyse({ [file]: parts.join('') }, 'nginx').ports ?? [])
            expect(value).to.be.within(1, 65_535);
      }),
    );
    const started = performance.now();
    analyse({ 'nginx.conf': 'location /health {'.repeat(10_000) }, 'nginx');
    expect(performance.now() - started).to.be.lessThan(3000);
  });
});
