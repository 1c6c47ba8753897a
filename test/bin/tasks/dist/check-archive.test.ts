// krew's rules for an archive, each broken once; and that ours are archives to other programs as well.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { checkArchive } from '../../../../bin/tasks/dist/check-archive.ts';
import { createTarGz } from '../../../../bin/tasks/dist/tar.ts';
import { createZip } from '../../../../bin/tasks/dist/zip.ts';

const file = (name: string, mode = 0o644) => ({ name, mode, content: Buffer.from(`${name}\n`) });
const files = [file('kubectl-dorgu', 0o755), file('LICENSE')];
const expected = { files: ['kubectl-dorgu', 'LICENSE'], bin: 'kubectl-dorgu' };
const formats = { 'tar.gz': createTarGz, zip: createZip };

/** The first entry's type flag is another one. */
function withType(flag: string): Buffer {
  const tar = gunzipSync(createTarGz(files));
  tar.write(flag, 156);
  return gzipSync(tar);
}

describe('the rules for an archive that krew unpacks', () => {
  for (const [format, create] of Object.entries(formats)) {
    it(`take our ${format}`, () => expect(checkArchive(create(files), expected)).to.deep.equal([]));

    it(`refuse a ${format} that leaves its folder`, () => {
      expect(checkArchive(create([...files, file('../LICENSE')]), expected)).to.deep.equal([
        '../LICENSE holds two dots',
      ]);
      expect(checkArchive(create([...files, file('/etc/motd')]), expected)).to.deep.equal([
        '/etc/motd is an absolute path',
      ]);
    });

    it(`refuse a ${format} without program or licence, or with a program that may not be run`, () => {
      expect(checkArchive(create([file('LICENSE')]), expected)).to.deep.equal(['kubectl-dorgu is not in it']);
      expect(checkArchive(create([file('kubectl-dorgu'), file('LICENSE')]), expected)).to.deep.equal([
        'kubectl-dorgu may not be executed',
      ]);
      expect(checkArchive(create(files), { ...expected, files: ['kubectl-dorgu'] })).to.deep.equal([
        'no licence is installed',
      ]);
    });

    it(`are given the same bytes by the same files in a ${format}`, () =>
      expect(create(files).equals(create(files))).to.equal(true));
  }

  it('refuse links', () => {
    expect(checkArchive(withType('2'), expected)).to.deep.equal(['kubectl-dorgu is a symbolic link']);
    expect(checkArchive(withType('1'), expected)).to.deep.equal(['kubectl-dorgu is a hard link']);
    const link = { ...file('link'), mode: 0o120777 };
    expect(checkArchive(createZip([...files, link]), expected)).to.deep.equal(['link is a symbolic link']);
  });

  it('refuse what is no archive', () =>
    expect(checkArchive(Buffer.from('MZ executable'), expected)).to.deep.equal([
      'it is neither a tar.gz nor a zip',
    ]));

  for (const [format, unpack] of [
    ['tar.gz', ['tar', 'xzf']],
    ['zip', ['python3', '-m', 'zipfile', '-e']],
  ] as const)
    it(`is fair to a ${format}: another program unpacks the same`, function () {
      const folder = mkdtempSync(join(tmpdir(), 'dorgu-archive-'));
      try {
        writeFileSync(join(folder, 'archive'), formats[format](files));
        const [program, ...words] = unpack;
        const target = format === 'zip' ? ['.'] : [];
        execFileSync(program, [...words, 'archive', ...target], { cwd: folder });
        expect(readFileSync(join(folder, 'LICENSE'), 'utf8')).to.equal('LICENSE\n');
        const mode = statSync(join(folder, 'kubectl-dorgu')).mode & 0o777;
        if (format === 'tar.gz') expect(mode).to.equal(0o755);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
});
