// krew's rules for a manifest, each broken once; and the manifest that is in the repository.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { parse, stringify } from 'yaml';
import product from '../../../../package.json' with { type: 'json' };
import { checkManifest } from '../../../../bin/tasks/dist/check-manifest.ts';
import { formatKrewManifest } from '../../../../bin/tasks/dist/krew-manifest.ts';
import { platforms } from '../../../../bin/tasks/dist/platforms.ts';

const root = resolve(import.meta.dirname, '../../../..');
const archives = platforms.map((platform, index) => ({ platform, sha256: String(index).repeat(64) }));
const good = formatKrewManifest(product, archives);

/** The good one, in which the field at `path` is something else. */
function change(path: readonly (string | number)[], value: unknown): string {
  const manifest: unknown = parse(good);
  let place = manifest as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) place = place[key] as Record<string | number, unknown>;
  place[path.at(-1) ?? ''] = value;
  return stringify(manifest);
}
const spec = (field: string, value: unknown) => change(['spec', field], value);
const platform = (field: string, value: unknown) => change(['spec', 'platforms', 0, field], value);
const selector = (value: unknown) => platform('selector', value);

const refused: Record<string, [manifest: string, finding: string]> = {
  'another version of the format': [
    change(['apiVersion'], 'krew.googlecontainertools.github.com/v1alpha1'),
    'apiVersion is not krew.googlecontainertools.github.com/v1alpha2',
  ],
  'another kind': [change(['kind'], 'Plug'), 'kind is not Plugin'],
  'a name that is not the file’s': [
    change(['metadata', 'name'], 'dorga'),
    'metadata.name is "dorga", not "dorgu"',
  ],
  'a version without v': [spec('version', '0.1.0'), 'spec.version is no semantic version with a leading v'],
  'a version of two numbers': [
    spec('version', 'v0.1'),
    'spec.version is no semantic version with a leading v',
  ],
  'a version with a leading zero': [
    spec('version', 'v0.01.0'),
    'spec.version is no semantic version with a leading v',
  ],
  'no short description': [spec('shortDescription', undefined), 'spec.shortDescription is empty'],
  'two lines of short description': [
    spec('shortDescription', 'One\nTwo'),
    'spec.shortDescription has a line break',
  ],
  '51 characters of short description': [
    spec('shortDescription', 'x'.repeat(51)),
    'spec.shortDescription is longer than 50 characters',
  ],
  'the word kubectl in it': [
    spec('shortDescription', 'A kubectl thing'),
    'spec.shortDescription says kubectl or plugin',
  ],
  'the word plugin in it': [
    spec('shortDescription', 'Plugin for personas'),
    'spec.shortDescription says kubectl or plugin',
  ],
  'a full stop at its end': [
    spec('shortDescription', 'Personas.'),
    'spec.shortDescription ends in a full stop',
  ],
  'no description': [spec('description', ''), 'spec.description is empty'],
  'a home page without TLS': [spec('homepage', 'http://x.io'), 'spec.homepage is no https address'],
  'no platforms': [spec('platforms', []), 'spec.platforms has none'],
  'an archive without TLS': [
    platform('uri', 'http://x.io/a.zip'),
    'spec.platforms[0]: uri is no https address',
  ],
  'an archive of another format': [
    platform('uri', 'https://x.io/a.tar.xz'),
    'spec.platforms[0]: uri names neither a .tar.gz nor a .zip',
  ],
  'a digest in capitals': [
    platform('sha256', 'A'.repeat(64)),
    'spec.platforms[0]: sha256 is not 64 digits in lower case',
  ],
  'a digest that is short': [
    platform('sha256', 'a'.repeat(63)),
    'spec.platforms[0]: sha256 is not 64 digits in lower case',
  ],
  'no program': [platform('bin', ''), 'spec.platforms[0]: bin is empty'],
  'a program elsewhere': [platform('bin', '../bin/sh'), 'spec.platforms[0]: bin leads out of the folder'],
  'an empty list of files': [platform('files', []), 'spec.platforms[0]: files is there and holds none'],
  'a file from nowhere': [platform('files', [{ to: '.' }]), 'spec.platforms[0]: a file has no from'],
  'a file to nowhere': [platform('files', [{ from: 'a' }]), 'spec.platforms[0]: a file has no to'],
  'a file put elsewhere': [
    platform('files', [{ from: 'a', to: '../a' }]),
    'spec.platforms[0]: a file is put outside of the folder',
  ],
  'a path with detours': [
    platform('files', [{ from: 'a', to: './a' }]),
    'spec.platforms[0]: a to is not written in the shortest way',
  ],
  'no selector': [selector(undefined), 'spec.platforms[0]: selector is empty'],
  'a selector of another key': [
    selector({ matchLabels: { os: 'linux', arch: 'amd64', libc: 'musl' } }),
    'spec.platforms[0]: selector has the key libc',
  ],
  'a platform that krew does not know': [
    selector({ matchLabels: { os: 'plan9', arch: 'amd64' } }),
    'spec.platforms[0]: selector fits no platform that krew knows',
  ],
  'two archives for one platform': [
    selector({
      matchLabels: { os: 'linux' },
      matchExpressions: [{ key: 'arch', operator: 'In', values: ['arm64'] }],
    }),
    'more than one of spec.platforms is for linux/arm64',
  ],
  'a program on Windows without .exe': [
    change(['spec', 'platforms', 4, 'bin'], 'kubectl-dorgu'),
    'spec.platforms[4]: bin is no .exe on Windows',
  ],
};

describe('the rules for a krew manifest', () => {
  for (const [title, [manifest, finding]] of Object.entries(refused))
    it(`refuse ${title}`, () => expect(checkManifest('dorgu', manifest)).to.include(finding));

  it('refuse a name with a dot, and one that Windows keeps', () => {
    for (const name of ['do.rgu', 'NUL'])
      expect(checkManifest(name, change(['metadata', 'name'], name))).to.deep.equal([
        `${name} is no name for a plugin`,
      ]);
  });

  it('take what is written for six platforms', () => {
    expect(checkManifest('dorgu', good)).to.deep.equal([]);
    const { spec: written } = parse(good) as { spec: { platforms: { uri: string }[] } };
    expect(written.platforms.map(({ uri }) => uri.split('/').at(-1))).to.deep.equal(
      [
        'linux_amd64.tar.gz',
        'linux_arm64.tar.gz',
        'darwin_amd64.tar.gz',
        'darwin_arm64.tar.gz',
        'windows_amd64.zip',
        'windows_arm64.zip',
      ].map((end) => `kubectl-dorgu_v${product.version}_${end}`),
    );
  });

  it('take what is in the repository, of this version', () => {
    const text = readFileSync(join(root, 'krew-manifest.yaml'), 'utf8');
    expect(checkManifest('dorgu', text)).to.deep.equal([]);
    expect((parse(text) as { spec: { version: string } }).spec.version).to.equal(`v${product.version}`);
  });
});
