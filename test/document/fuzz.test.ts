// The reader of manifests against bytes that nobody meant: it answers, in bounded time, with errors that have a place.
import { expect } from 'chai';
import fc from 'fast-check';
import { DorguError } from '../../src/api/errors.ts';
import { readManifests } from '../../src/document/read-manifests.ts';

const SEED = `# Source: shop/templates/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata: &meta
  name: web
  labels: {app: "web", 'tier': critical}
  annotations:
    note: |
      several
      lines
spec:
  replicas: 0x3
  template:
    metadata:
      <<: *meta
    spec:
      containers:
        - name: web
          image: nginx:1.27
          env: [{name: A, value: "b"}]
---
{"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "Service"}]}
`;
const JSON_SEED = JSON.stringify({
  apiVersion: 'v1',
  kind: 'List',
  items: [{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'a\u2028"\\', n: [1.5e3, true, null] } }],
});

/** Processor time of this process, so that other work on the machine does not count. */
const MAX_CPU_MS = 8_000;

async function readBytes(bytes: Uint8Array): Promise<string> {
  async function* stream(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(bytes);
  }
  try {
    const { manifests } = await readManifests(['-'], { cwd: '/', stdin: stream() });
    for (const { object, line, column, locate } of manifests) {
      expect(Object.hasOwn(object, 'kind')).to.equal(true);
      for (const place of [{ line, column }, locate('spec.template.spec.containers[0].image'), locate('a.b')])
        expect(place.line >= 1 && place.column >= 1, JSON.stringify(place)).to.equal(true);
    }
    return 'read';
  } catch (error) {
    if (!(error instanceof DorguError)) throw error;
    expect(error.message).to.match(/^stdin|places of the manifests|expected manifests/);
    return error.code;
  }
}

const readText = (text: string) => readBytes(new TextEncoder().encode(text));

describe('the reader of manifests against foreign bytes', function () {
  this.timeout(60_000);

  for (const [name, seed] of Object.entries({ YAML: SEED, JSON: JSON_SEED })) {
    it(`survives every cut and thousands of edits of ${name}`, async () => {
      for (let length = 0; length < seed.length; length += 5) await readText(seed.slice(0, length));
      const piece = fc.oneof(
        fc.constantFrom(
          '[',
          '{',
          '}',
          ']',
          '&a ',
          '*meta',
          ': ',
          '- ',
          '\t',
          '\n---\n',
          '"',
          "'",
          '? ',
          '<<: ',
        ),
        fc.constantFrom('|', '!!', '%YAML 1.1\n', '\u0000', '\ufeff', '__proto__: ', '{{', '#', ',', '\r\n'),
        fc.string({ maxLength: 4 }),
      );
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.nat(seed.length), fc.nat(6), piece), { maxLength: 4 }),
          async (edits) => {
            const text = edits.reduce(
              (before, [at, removed, added]) => before.slice(0, at) + added + before.slice(at + removed),
              seed,
            );
            await readText(text);
          },
        ),
        { numRuns: 700 },
      );
    });
  }

  it('survives random bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        await readBytes(bytes);
      }),
      { numRuns: 500 },
    );
    expect(await readBytes(Uint8Array.of(0xff, 0xfe, 0x41, 0))).to.equal('ManifestUnreadable');
  });

  const size = 2_000_000;
  const bombs: Record<string, [text: string, answer: string]> = {
    'two megabytes of [': ['['.repeat(size), 'ManifestTooLarge'],
    'two megabytes of {': ['{'.repeat(size), 'ManifestTooLarge'],
    'two megabytes of nested objects in JSON': ['{"a":'.repeat(size / 5), 'ManifestTooLarge'],
    'lists within lists on one line': ['- '.repeat(size / 2), 'ManifestTooLarge'],
    'keys within keys on one line': ['? '.repeat(size / 2), 'ManifestTooLarge'],
    'an unclosed text': [`a: "${'b'.repeat(size)}`, 'ManifestSyntax'],
    'a stair of indentation': [
      Array.from({ length: 1_800 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join(''),
      'ManifestTooLarge',
    ],
    'aliases that multiply': [
      `a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n${Array.from(
        { length: 20 },
        (_, level) => `a${level + 1}: &a${level + 1} [${Array(10).fill(`*a${level}`).join(', ')}]`,
      ).join('\n')}\n`,
      'ManifestTooLarge',
    ],
    'an alias to itself': ['a: &a [*a]\n', 'ManifestSyntax'],
    'a file that is too long': ['#'.repeat(17 * 1024 * 1024), 'ManifestTooLarge'],
    'twenty thousand objects too many': ['---\napiVersion: v1\nkind: A\n'.repeat(20_001), 'ManifestTooLarge'],
  };
  for (const [title, [text, answer]] of Object.entries(bombs)) {
    it(`answers to ${title} in bounded time`, async () => {
      const begin = process.cpuUsage();
      expect(await readText(text)).to.equal(answer);
      expect(process.cpuUsage(begin).user / 1000).to.be.below(MAX_CPU_MS);
    });
  }

  it('takes foreign keys as keys', async () => {
    for (const text of [
      'apiVersion: v1\nkind: A\n__proto__: {polluted: true}\nconstructor: x\n',
      '{"apiVersion":"v1","kind":"A","__proto__":{"polluted":true},"constructor":"x"}',
    ]) {
      async function* stream(): AsyncGenerator<Uint8Array> {
        yield await Promise.resolve(new TextEncoder().encode(text));
      }
      const { manifests } = await readManifests(['-'], { cwd: '/', stdin: stream() });
      expect(Object.keys(manifests[0]!.object)).to.deep.equal([
        'apiVersion',
        'kind',
        '__proto__',
        'constructor',
      ]);
      expect(({} as { polluted?: boolean }).polluted).to.equal(undefined);
    }
  });
});
