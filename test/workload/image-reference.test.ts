// Image references as runtimes read them.
import { expect } from 'chai';
import fc from 'fast-check';
import { parseImageReference } from '../../src/workload/image-reference.ts';

const digest = `sha256:${'a'.repeat(64)}`;

/** By reference: registry, path, tag and digest. */
const references: Readonly<Record<string, readonly [string, string, (string | undefined)?, string?]>> = {
  nginx: ['docker.io', 'library/nginx'],
  'nginx:1.27': ['docker.io', 'library/nginx', '1.27'],
  'bitnami/redis:7': ['docker.io', 'bitnami/redis', '7'],
  'docker.io/nginx': ['docker.io', 'library/nginx'],
  'index.docker.io/acme/shop': ['docker.io', 'acme/shop'],
  'registry-1.docker.io/library/nginx': ['docker.io', 'library/nginx'],
  'ghcr.io/acme/shop:1.4.2': ['ghcr.io', 'acme/shop', '1.4.2'],
  'GHCR.io/acme/shop': ['ghcr.io', 'acme/shop'],
  'registry:5000/shop': ['registry:5000', 'shop'],
  'registry:5000/shop:5000': ['registry:5000', 'shop', '5000'],
  'localhost/shop': ['localhost', 'shop'],
  'acme/shop': ['docker.io', 'acme/shop'],
  'Acme/shop': ['acme', 'shop'],
  '[::1]:5000/shop': ['[::1]:5000', 'shop'],
  [`nginx@${digest}`]: ['docker.io', 'library/nginx', undefined, digest],
  [`ghcr.io/acme/shop:1@${digest}`]: ['ghcr.io', 'acme/shop', '1', digest],
  'a.b/c__d/e--f/g.h:_x': ['a.b', 'c__d/e--f/g.h', '_x'],
};

const refused = [
  '', ' ', ':', ':latest', '/', 'nginx:', 'nginx@', 'nginx:a b', 'nginx:-x', 'Nginx', 'acme/Shop', 'acme//shop', '/nginx', 'nginx/',
  'nginx\n', 'https://ghcr.io/acme/shop', 'ghcr.io/', 'ghcr.io:port/shop', 'shop@sha256:abc', 'shop@md5', '${IMAGE}', '{{ .image }}',
  'a___b', '-a', 'a-', `a${'/b'.repeat(130)}`, 'x'.repeat(256), 'ｎginx', `nginx:${'1'.repeat(129)}`, 'ghcr.io/acme/shop:1:2',
]; // prettier-ignore

describe('parseImageReference', () => {
  for (const [text, [registry, path, tag, wantedDigest]] of Object.entries(references)) {
    it(`takes ${text} apart`, () => {
      const reference = parseImageReference(text)!;
      expect([reference.registry, reference.path, reference.tag, reference.digest]).to.deep.equal([registry, path, tag, wantedDigest]); // prettier-ignore
    });
  }

  for (const text of refused) {
    it(`refuses ${JSON.stringify(text.slice(0, 40))}`, () => {
      expect(parseImageReference(text)).to.equal(undefined);
    });
  }

  it('puts together what it has taken apart', () => {
    const word = fc.stringMatching(/^[a-z0-9]{1,8}$/);
    const host = fc.constantFrom('ghcr.io', 'localhost', 'registry:5000', 'a-b.example.com:443');
    const parts = fc.record({
      host: fc.option(host, { nil: undefined }),
      path: fc.array(word, { minLength: 1, maxLength: 4 }),
      tag: fc.option(fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/), { nil: undefined }),
      digest: fc.option(fc.constant(digest), { nil: undefined }),
    });
    fc.assert(
      fc.property(parts, ({ host, path, tag, digest }) => {
        const name = [...(host === undefined ? [] : [host]), ...path].join('/');
        const text = `${name}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
        expect(parseImageReference(text)).to.deep.include({ name, host, tag, digest });
      }),
    );
  });

  it('takes its time with nothing', () => {
    for (const text of [
      'a/'.repeat(50_000),
      'a-'.repeat(50_000),
      ':'.repeat(100_000),
      '@'.repeat(100_000),
      `${'0'.repeat(99_999)}:`,
    ]) {
      expect(parseImageReference(text)).to.equal(undefined);
    }
  });
});
