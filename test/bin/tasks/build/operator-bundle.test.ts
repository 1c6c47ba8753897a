// The operator's bundle: it runs alone, is the same each time, and V8 keeps its text at one byte a letter.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { bundleOperator } from '../../../../bin/tasks/build/operator-bundle.ts';
import manifest from '../../../../package.json' with { type: 'json' };

const root = resolve(import.meta.dirname, '../../../..');

describe('the operator’s bundle', function () {
  this.timeout(60_000);
  let folder: string;
  let files: Map<string, string>;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dorgu-bundle-'));
    await bundleOperator(root, folder);
    files = await readFiles(join(folder, 'operator'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('runs with nothing beside it', async () => {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [
      join(folder, 'operator/main.mjs'),
      '--version',
    ]);
    expect({ stdout, stderr }).to.deep.equal({
      stdout: `dorgu-operator v${manifest.version}\n`,
      stderr: '',
    });
  });

  it('is the same from the same sources, and says nothing of where it was made', async () => {
    const second = join(folder, 'second');
    await bundleOperator(root, second);
    expect(await readFiles(join(second, 'operator'))).to.deep.equal(files);
    for (const [name, text] of files) expect(text.includes(root), name).to.equal(false);
  });

  it('is ASCII', () => {
    const others = [...files].map(([name, text]) => [name, /.{0,30}[^\0-\x7f]/.exec(text)?.[0]]);
    expect(others.filter(([, found]) => found !== undefined)).to.deep.equal([]);
  });

  it('has in other files than the first what few need, and nowhere what nobody needs', () => {
    const holders = (name: string) => {
      const definition = new RegExp(`class ${name}\\b|\\b${name}=class`);
      return [...files].filter(([, text]) => definition.test(text)).map(([file]) => file.split('/')[0]);
    };
    expect(
      ['TopicFeed', 'X509CertificateGenerator', 'SocksClient', 'Pushgateway'].map(holders),
    ).to.deep.equal([['main.mjs'], ['chunks'], ['chunks'], []]);
  });
});

async function readFiles(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const read = async (path: string): Promise<[string, string]> => [
    path.slice(folder.length + 1),
    await readFile(path, 'utf8'),
  ];
  return new Map(await Promise.all(paths.sort().map(read)));
}
