// What a second run does to a folder that people and earlier runs have touched, and that a failed write changes nothing.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { planFiles } from '../../src/output/plan-files.ts';
import { writeFiles } from '../../src/output/write-files.ts';

describe('generated files against what is on disk', () => {
  let directory: string;
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  };
  const text = (path: string) => readFileSync(join(directory, path), 'utf8');
  const plan = (files: Record<string, string>) =>
    planFiles({ directory, files: Object.entries(files).map(([path, content]) => ({ path, content })) });
  const statuses = (files: Record<string, string>) =>
    Object.fromEntries(plan(files).map(({ path, status }) => [path, status]));
  const generate = (files: Record<string, string>, options = {}) =>
    writeFiles(directory, plan(files), options);
  const snapshot = () =>
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path, readFileSync(path, 'utf8')]);

  beforeEach(() => {
    directory = realpathSync(mkdtempSync(join(tmpdir(), 'dorgu-output-')));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('writes what is new, and has nothing to do the second time', () => {
    expect(generate({ 'k8s/a.yaml': 'a\n', 'PERSONA.md': 'p\n' })).to.deep.equal([
      'PERSONA.md',
      'k8s/a.yaml',
    ]);
    const before = snapshot();
    expect(statuses({ 'k8s/a.yaml': 'a\n', 'PERSONA.md': 'p\n' })).to.deep.equal({
      'PERSONA.md': 'unchanged',
      'k8s/a.yaml': 'unchanged',
    });
    expect(generate({ 'k8s/a.yaml': 'a\n', 'PERSONA.md': 'p\n' })).to.deep.equal([]);
    expect(snapshot()).to.deep.equal(before);
    expect(readdirSync(join(directory, '.dorgu'))).to.deep.equal(['base']);
  });

  it('replaces what it wrote itself, and keeps what a person changed until it is forced', () => {
    generate({ 'a.yaml': '1\n', 'b.yaml': '1\n' });
    put('b.yaml', 'mine\n');
    expect(statuses({ 'a.yaml': '2\n', 'b.yaml': '2\n' })).to.deep.equal({
      'a.yaml': 'changed',
      'b.yaml': 'conflict',
    });
    expect(generate({ 'a.yaml': '2\n', 'b.yaml': '2\n' })).to.deep.equal(['a.yaml']);
    expect([text('a.yaml'), text('b.yaml'), text('.dorgu/base/b.yaml')]).to.deep.equal([
      '2\n',
      'mine\n',
      '1\n',
    ]);
    expect(generate({ 'a.yaml': '2\n', 'b.yaml': '2\n' }, { force: true })).to.deep.equal(['b.yaml']);
    expect([text('b.yaml'), text('.dorgu/base/b.yaml')]).to.deep.equal(['2\n', '2\n']);
  });

  it('takes a file of the same name that a person made for an edit', () => {
    put('k8s/deployment.yaml', 'mine\n');
    expect(statuses({ 'k8s/deployment.yaml': 'ours\n' })).to.deep.equal({
      'k8s/deployment.yaml': 'conflict',
    });
  });

  it('removes what is no longer generated, unless a person changed it', () => {
    generate({ 'k8s/web/a.yaml': '1\n', 'k8s/b.yaml': '1\n', 'c.yaml': '1\n' });
    put('k8s/b.yaml', 'mine\n');
    expect(statuses({ 'c.yaml': '1\n' })).to.deep.equal({
      'c.yaml': 'unchanged',
      'k8s/b.yaml': 'orphaned',
      'k8s/web/a.yaml': 'removed',
    });
    generate({ 'c.yaml': '1\n' });
    expect(existsSync(join(directory, 'k8s/web'))).to.equal(false);
    expect(text('k8s/b.yaml')).to.equal('mine\n');
  });

  it('does not mistake the line ends of a Windows checkout for an edit', () => {
    generate({ 'a.yaml': 'a\nb\n' });
    put('a.yaml', 'a\r\nb\r\n');
    expect(statuses({ 'a.yaml': 'a\nb\n' })).to.deep.equal({ 'a.yaml': 'unchanged' });
    expect(statuses({ 'a.yaml': 'a\nc\n' })).to.deep.equal({ 'a.yaml': 'changed' });
  });

  it('changes nothing where one of the files cannot be written', function () {
    if (process.getuid?.() === 0) {
      // Root writes anywhere: a folder in the place of the staged file's target fails for root as well.
      generate({ 'a.yaml': '1\n' });
      const planned = plan({ 'a.yaml': '2\n', 'z/b.yaml': '1\n' });
      put('z', 'a file where a folder has to be\n');
      const before = snapshot();
      expect(() => writeFiles(directory, planned)).to.throw('nothing was changed');
      expect(snapshot()).to.deep.equal(before);
      return;
    }
    generate({ 'a.yaml': '1\n', 'z/b.yaml': '1\n' });
    const before = snapshot();
    chmodSync(join(directory, 'z'), 0o555);
    expect(() => generate({ 'a.yaml': '2\n', 'z/b.yaml': '2\n' })).to.throw('nothing was changed');
    chmodSync(join(directory, 'z'), 0o755);
    expect(snapshot()).to.deep.equal(before);
  });

  const outside: Record<string, string> = {
    'a path that climbs out': '../a.yaml',
    'a path that climbs in the middle': 'k8s/../../a.yaml',
    'an absolute path': '/tmp/a.yaml',
    'a link that leads out': 'link/a.yaml',
    'a link to nothing': 'dangling/a.yaml',
  };
  for (const [title, path] of Object.entries(outside))
    it(`refuses ${title}`, () => {
      symlinkSync(tmpdir(), join(directory, 'link'));
      symlinkSync(join(directory, 'nowhere'), join(directory, 'dangling'));
      expect(() => plan({ [path]: 'x\n' })).to.throw(/outside the application|leads nowhere/);
    });

  it('says so where a folder stands in the place of a file', () => {
    mkdirSync(join(directory, 'PERSONA.md'));
    expect(() => plan({ 'PERSONA.md': 'x\n' })).to.throw('PERSONA.md is to be written and is not a file');
  });
});
