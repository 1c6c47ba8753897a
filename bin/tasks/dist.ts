// `npm run dist [-- linux/amd64 …]`: the executables of all platforms as archives in dist/krew, their checksums, and krew-manifest.yaml.
// With platforms named only those, and the manifest beside the archives instead of the root's, which is of all six.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import product from '../../package.json' with { type: 'json' };
import { checkArchive } from './dist/check-archive.ts';
import { checkManifest } from './dist/check-manifest.ts';
import { compileExecutable } from './dist/compile.ts';
import { formatKrewManifest, type Archive } from './dist/krew-manifest.ts';
import { platforms, toArchiveName, toExecutableName, type Platform } from './dist/platforms.ts';
import { installRuntimes } from './dist/runtimes.ts';
import { createTarGz } from './dist/tar.ts';
import { createZip } from './dist/zip.ts';

const root = resolve(import.meta.dirname, '../..');
const output = join(root, 'dist/krew');

const named = process.argv.slice(2);
const wanted = platforms.filter(({ os, arch }) => named.length === 0 || named.includes(`${os}/${arch}`));
if (named.length > 0 && wanted.length !== named.length) {
  const known = platforms.map(({ os, arch }) => `${os}/${arch}`).join(', ');
  throw new Error(`expected platforms among ${known}, found ${named.join(', ')}`);
}

const build = spawnSync(process.execPath, [join(root, 'bin/tasks/build.ts')], {
  cwd: root,
  stdio: 'inherit',
});
if (build.status !== 0) throw new Error(`the build ended with ${build.status}`);
const runtimes = installRuntimes(root);
mkdirSync(output, { recursive: true });
const scratch = mkdtempSync(join(tmpdir(), 'dorgu-dist-'));
try {
  const archives = wanted.map((platform) => makeArchive(platform));
  const manifest = formatKrewManifest(product, archives);
  const findings = checkManifest('dorgu', manifest);
  if (findings.length > 0) throw new Error(`krew would refuse the manifest:\n${findings.join('\n')}`);
  writeFileSync(join(named.length === 0 ? root : output, 'krew-manifest.yaml'), manifest);
  writeFileSync(
    join(output, 'checksums.txt'),
    archives
      .map(({ platform, sha256 }) => `${sha256}  ${toArchiveName(platform, product.version)}\n`)
      .join(''),
  );
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function makeArchive(platform: Platform): Archive {
  const name = toExecutableName(platform);
  const path = join(scratch, `${platform.os}-${platform.arch}`, name);
  mkdirSync(resolve(path, '..'));
  compileExecutable(runtimes, platform, join(root, 'dist'), path);
  const executable = readFileSync(path);
  if (executable.includes(root)) throw new Error(`${name} of ${platform.os}/${platform.arch} names ${root}`);
  const files = [
    { name, mode: 0o755, content: executable },
    { name: 'LICENSE', mode: 0o644, content: readFileSync(join(root, 'LICENSE')) },
  ];
  const bytes = platform.os === 'windows' ? createZip(files) : createTarGz(files);
  const findings = checkArchive(bytes, { files: [name, 'LICENSE'], bin: name });
  const archive = toArchiveName(platform, product.version);
  if (findings.length > 0) throw new Error(`krew would refuse ${archive}:\n${findings.join('\n')}`);
  writeFileSync(join(output, archive), bytes);
  rmSync(path);
  console.log(`dist/krew/${archive}: ${(bytes.length / 1e6).toFixed(1)} MB`);
  return { platform, sha256: createHash('sha256').update(bytes).digest('hex') };
}
