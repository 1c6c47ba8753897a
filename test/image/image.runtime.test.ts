// The operator's image as operator/Dockerfile makes it: what it says of itself, what is in it, and that it runs as a pod would run it.
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { parse } from 'yaml';
import { buildOperator } from '../../bin/tasks/build/operator.ts';
import manifest from '../../package.json' with { type: 'json' };
import { installCrds } from '../cluster/crds.ts';
import { isClusterRequired } from '../cluster/connection.ts';
import { grantOperator, operatorAccount, operatorNamespace } from '../cluster/operator-account.ts';
import { waitUntil } from '../cluster/wait-until.ts';
import { startOwnCluster, type OwnCluster } from '../commands/cluster/own-cluster.ts';
import { followOperator } from '../operator/child.ts';
import { buildImage, type BuiltImage } from './build-image.ts';
import { runImage, startImage } from './run-image.ts';
import { findTools, type Tools } from './tools.ts';

const repository = resolve(import.meta.dirname, '../..');
const accountFolder = '/var/run/secrets/kubernetes.io/serviceaccount';
const prefix = 'org.opencontainers.image';

const nodeFlags = manifest.scripts.operator.split(' ').filter((word) => word.startsWith('--'));

describe('the operator’s image', function () {
  this.timeout(60_000);
  let tools: Tools;
  let image: BuiltImage;
  /** Path in the image -> its bytes; what the base has is left out. */
  let files: Map<string, Buffer>;
  let folder: string;
  /** As `files`, without Node. */
  let builtBefore: Map<string, Buffer>;
  before(async function () {
    this.timeout(600_000);
    const found = findTools(process.env);
    if ('missing' in found) {
      if (isClusterRequired(process.env) && process.env['DORGU_WITHOUT_IMAGE'] !== 'true')
        throw new Error(`CI is set, so this may not be skipped: ${found.missing}`);
      process.stderr.write(`\n  skipped: ${found.missing}\n`);
      this.skip();
    }
    ({ tools } = found);
    folder = await mkdtemp(join(tmpdir(), 'dorgu-built-here-'));
    builtBefore = await buildHere(join(folder, 'before'));
    image = await buildImage(tools);
    files = await readAdded(image);
  });
  after(async () => {
    await (image as BuiltImage | undefined)?.remove();
    if ((folder as string | undefined) !== undefined) await rm(folder, { recursive: true, force: true });
  });

  it('says who made it of what, whom it runs as and what it runs', () => {
    const { Labels, ...config } = image.config;
    expect(config).to.deep.equal({
      User: '65532:65532',
      Env: ['PATH=/usr/local/bin:/usr/bin:/bin', 'MALLOC_ARENA_MAX=1', 'HOME=/'],
      Entrypoint: ['/usr/local/bin/node', ...nodeFlags, '/app/main.mjs'],
      ExposedPorts: { '8081/tcp': {}, '8443/tcp': {}, '9090/tcp': {}, '9443/tcp': {} },
    });
    expect(Labels).to.include({
      [`${prefix}.title`]: 'dorgu-operator',
      [`${prefix}.version`]: manifest.version,
      [`${prefix}.licenses`]: manifest.license,
      [`${prefix}.source`]: manifest.homepage,
      [`${prefix}.base.name`]: 'localhost/base',
    });
    expect(image.created).to.equal('1970-01-01T00:00:00Z');
  });

  it('holds Node and what was built, the same as is built here, and nothing else', async function () {
    const built = await buildHere(join(folder, 'after'));
    // Somebody worked on the sources meanwhile: nobody can tell which of them the image has.
    if (!isDeepStrictEqual(built, builtBefore)) this.skip();
    expect([...files.keys()].filter((path) => path !== '/usr/local/bin/node')).to.deep.equal([
      ...built.keys(),
    ]);
    for (const [path, bytes] of built) expect(files.get(path)?.equals(bytes), path).to.equal(true);
  });

  it('belongs to root, cannot be written to by others, and its files have no time', async () => {
    for (const path of ['/app', ...files.keys()]) {
      const { uid, gid, mode, mtimeMs } = await lstat(join(image.root, path));
      expect({
        path,
        uid,
        gid,
        isOpen: (mode & 0o022) !== 0,
        isReadable: (mode & 0o004) !== 0,
      }).to.deep.equal({ path, uid: 0, gid: 0, isOpen: false, isReadable: true });
      if (path !== '/app') expect(mtimeMs, path).to.equal(0);
    }
  });

  it('is hardly larger than Node', () => {
    const sizes = [...files].map(([path, bytes]) => ({ isNode: path.endsWith('/node'), bytes }));
    const own = Buffer.concat(sizes.filter(({ isNode }) => !isNode).map(({ bytes }) => bytes));
    const node = sizes.find(({ isNode }) => isNode)?.bytes ?? Buffer.alloc(0);
    const packed = gzipSync(own).length;
    const [ownMb, packedMb, nodeMb] = [own, packed, node].map((size) =>
      ((typeof size === 'number' ? size : size.length) / 1e6).toFixed(1),
    );
    process.stdout.write(
      `\n  image: ${nodeMb} MB of Node, ${ownMb} MB of ours (${packedMb} MB compressed)\n`,
    );
    expect(packed).to.be.below(1e6);
  });

  it('answers --help and --version', async () => {
    expect(await runImage(tools, image, { args: ['--version'] })).to.deep.equal({
      code: 0,
      stdout: `dorgu-operator v${manifest.version}\n`,
      stderr: '',
    });
    const help = await runImage(tools, image, { args: ['--help'] });
    expect(help).to.include({ code: 0, stderr: '' });
    expect(help.stdout).to.include('--health-probe-bind-address');
  });

  it('says what is wrong with an option, and that there is no cluster', async () => {
    expect(await runImage(tools, image, { args: ['--concurrency=many'] })).to.include({ code: 2 });
    const { code, stderr } = await runImage(tools, image, { args: [] });
    expect(code).to.equal(1);
    expect(stderr).to.include('error: ');
  });

  describe('in a cluster', () => {
    let cluster: OwnCluster | undefined;
    before(async function () {
      this.timeout(120_000);
      cluster = await startOwnCluster();
      if (cluster === undefined) this.skip();
      await installCrds(cluster.plane.kubectl);
      await grantOperator(cluster.plane.kubectl);
    });
    after(() => cluster?.stop());

    it('becomes ready with its account’s token as a user without a name, and stops within five seconds of SIGTERM', async () => {
      const { plane } = cluster!;
      const { hostname, port } = new URL(plane.server);
      const child = await startImage(tools, image, {
        args: [
          '--leader-elect',
          '--metrics-bind-address=127.0.0.1:0',
          '--health-probe-bind-address=127.0.0.1:0',
        ],
        environment: {
          KUBERNETES_SERVICE_HOST: hostname,
          KUBERNETES_SERVICE_PORT: port,
          POD_NAMESPACE: operatorNamespace,
        },
        mounts: { [accountFolder]: await writeAccount(cluster!) },
      });
      const followed = followOperator(child);
      await followed.said('Leading begins');
      const health = await followed.port('health');
      await waitUntil(
        'readiness',
        async () => ((await fetch(`http://127.0.0.1:${health}/readyz`)).ok ? true : undefined),
        { timeoutMs: 20_000 },
      );
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      for (const [name, value] of Object.entries({ Uid: '65532', Gid: '65532', CapEff: '0000000000000000' }))
        expect(new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1], name).to.equal(value);
      const mounted = (await readFile(`/proc/${child.pid}/mountinfo`, 'utf8')).split('\n');
      expect(mounted.find((line) => line.split(' ')[4] === '/')).to.match(/ \/ ro[ ,]/);
      const resident = /^VmRSS:\s+(\d+)/m.exec(status)?.[1];
      process.stdout.write(`\n  image: ready with ${Math.round(Number(resident) / 1024)} MB resident\n`);
      const toldAt = Date.now();
      followed.kill('SIGTERM');
      expect(await followed.ended).to.equal(0);
      expect(Date.now() - toldAt).to.be.below(5000);
      expect(followed.lines.filter(({ level }) => level === 'error')).to.deep.equal([]);
    });
  });
});

/** What a kubelet mounts into a pod. */
async function writeAccount(cluster: OwnCluster): Promise<string> {
  const { plane } = cluster;
  const folder = join(plane.folder, 'account');
  await mkdir(folder, { mode: 0o755 });
  const kubeconfig = parse(await readFile(plane.kubectl.kubeconfig, 'utf8')) as {
    clusters: { cluster: Record<string, string> }[];
  };
  const { cluster: entry = {} } = kubeconfig.clusters[0] ?? {};
  const data = entry['certificate-authority-data'];
  const ca =
    data === undefined ? await readFile(entry['certificate-authority'] ?? '') : Buffer.from(data, 'base64');
  const token = await cluster.kubectl(['create', 'token', operatorAccount, '-n', operatorNamespace]);
  await writeFile(join(folder, 'token'), token.trim(), { mode: 0o644 });
  await writeFile(join(folder, 'ca.crt'), ca, { mode: 0o644 });
  await writeFile(join(folder, 'namespace'), operatorNamespace, { mode: 0o644 });
  return folder;
}

/** The files that the base does not have. */
async function readAdded({ root, baseRoot }: BuiltImage): Promise<Map<string, Buffer>> {
  const base = new Set(await listFiles(baseRoot));
  const added = (await listFiles(root)).filter((path) => !base.has(path));
  return new Map(
    await Promise.all(
      added.map(async (path): Promise<[string, Buffer]> => [path, await readFile(join(root, path))]),
    ),
  );
}

/** What the image ought to have, by path in it. */
async function buildHere(output: string): Promise<Map<string, Buffer>> {
  await buildOperator(repository, output);
  const built = await readFiles(join(output, 'operator'));
  return new Map([...built].map(([path, bytes]) => [`/app${path}`, bytes]));
}

async function readFiles(folder: string): Promise<Map<string, Buffer>> {
  const paths = await listFiles(folder);
  return new Map(
    await Promise.all(
      paths.map(async (path): Promise<[string, Buffer]> => [path, await readFile(join(folder, path))]),
    ),
  );
}

/** Paths from the folder, with a slash before them, sorted. */
async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length))
    .sort();
}
