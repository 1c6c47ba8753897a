// What analysis may see of a directory: a bounded, ordered list that never leaves the root.
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { openSourceTree } from '../../src/analysis/source-tree.ts';

describe('the source tree', () => {
  let top: string;
  let root: string;
  const put = (path: string, text: string | Buffer = '') => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const files = () => openSourceTree(root).files;

  beforeEach(() => {
    top = realpathSync(mkdtempSync(join(tmpdir(), 'dorgu-tree-')));
    root = join(top, 'app');
    mkdirSync(root);
    writeFileSync(join(top, 'secret.txt'), 'outside');
  });
  afterEach(() => rmSync(top, { recursive: true, force: true }));

  it('lists files by code unit, whatever the locale would say', () => {
    for (const name of ['b', 'A', 'ä', 'a', 'Z', '_']) put(name);
    expect(files()).to.deep.equal(['A', 'Z', '_', 'a', 'b', 'ä']);
  });

  it('leaves out vendored folders', () => {
    put('node_modules/x/index.js');
    put('.git/config');
    put('api/.venv/lib.py');
    put('index.js');
    expect(files()).to.deep.equal(['index.js']);
  });

  it('honours .gitignore at every level, negation included', () => {
    put('.gitignore', 'dist/\n*.log\n!keep.log\n');
    put('api/.gitignore', '/generated\n');
    for (const path of ['dist/a.js', 'a.log', 'keep.log', 'api/generated/a.ts', 'web/generated/a.ts'])
      put(path);
    expect(files()).to.deep.equal(['.gitignore', 'api/.gitignore', 'keep.log', 'web/generated/a.ts']);
  });

  it('reads an ignored file that is asked for by name', () => {
    put('.gitignore', '.env\n');
    put('.env', 'A=1');
    expect(files()).to.deep.equal(['.gitignore']);
    expect(openSourceTree(root).read('.env')).to.equal('A=1');
  });

  it('does not follow links out of the root, and says which it left', () => {
    symlinkSync(join(top, 'secret.txt'), join(root, 'link.txt'));
    symlinkSync(top, join(root, 'up'));
    const tree = openSourceTree(root);
    expect(tree.files).to.deep.equal([]);
    expect(tree.skipped.map(({ file }) => file)).to.deep.equal(['link.txt', 'up']);
    expect(tree.read('link.txt')).to.equal(undefined);
    expect(tree.read('up/secret.txt')).to.equal(undefined);
  });

  for (const path of ['../secret.txt', 'a/../../secret.txt', '/etc/passwd', 'a\0b'])
    it(`does not read ${JSON.stringify(path)}`, () => {
      put('a/b', '');
      expect(openSourceTree(root).read(path)).to.equal(undefined);
      expect(openSourceTree(root).has(path)).to.equal(false);
    });

  it('follows a link inside the root once, and ends where links go round', () => {
    put('docker/Dockerfile', 'FROM scratch\n');
    symlinkSync('docker/Dockerfile', join(root, 'Dockerfile'));
    symlinkSync('.', join(root, 'docker/self'));
    symlinkSync('..', join(root, 'docker/parent'));
    expect(files()).to.deep.equal(['Dockerfile', 'docker/Dockerfile']);
    expect(openSourceTree(root).read('Dockerfile')).to.equal('FROM scratch\n');
  });

  it('skips what is binary or over 1 MiB, a 2 GB file among them, without reading it', () => {
    put('image.png', Buffer.from([0x89, 0x50, 0, 1]));
    put('huge.json');
    truncateSync(join(root, 'huge.json'), 2 * 1024 ** 3);
    const tree = openSourceTree(root);
    expect(tree.read('image.png')).to.equal(undefined);
    expect(tree.read('huge.json')).to.equal(undefined);
    expect(tree.skipped).to.deep.equal([{ file: 'huge.json', reason: 'larger than 1 MiB, or not readable' }]);
  });

  it('takes off byte order marks, and reads UTF-16 as Windows editors write it', () => {
    put('utf8.json', '\uFEFF{}');
    put('utf16.txt', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('flask==3\n', 'utf16le')]));
    const tree = openSourceTree(root);
    expect([tree.read('utf8.json'), tree.read('utf16.txt')]).to.deep.equal(['{}', 'flask==3\n']);
  });
});
