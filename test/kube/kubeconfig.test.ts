// Which kubeconfig is read, what of it counts, and what is said about one that cannot be used.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect } from 'chai';
import { stringify } from 'yaml';
import { exitCodeOf } from '../../src/commands/exit-codes.ts';
import { connect } from '../../src/kube/connect.ts';
import { findServiceAccount } from '../../src/kube/in-cluster.ts';
import type { ClusterEntry, UserEntry } from '../../src/kube/kubeconfig/kubeconfig.ts';
import { loadKubeconfig, type KubeconfigSource } from '../../src/kube/kubeconfig/load.ts';
import { parseYaml } from '../../src/kube/kubeconfig/parse-yaml.ts';
import { refusalOf, useFolder } from './connecting.ts';

const cluster = (name: string, fields: ClusterEntry = {}) => ({ name, cluster: fields });
const user = (name: string, fields: UserEntry = {}) => ({ name, user: fields });
const context = (name: string, fields: object = {}) => ({ name, context: fields });

describe('a kubeconfig', () => {
  const folder = useFolder();
  let count = 0;

  /** Writes a file into a folder of its own. */
  function write(content: object | string, name = 'config'): string {
    const path = join(folder.path, String((count += 1)), name);
    mkdirSync(join(path, '..'));
    writeFileSync(path, typeof content === 'string' ? content : stringify(content), { mode: 0o600 });
    return path;
  }
  const load = (source: Partial<KubeconfigSource>) =>
    loadKubeconfig({ env: {}, home: '', cwd: folder.path, ...source });

  describe('is found', () => {
    it('at --kubeconfig alone, relative to the working directory', () => {
      const path = write({ 'current-context': 'flag' });
      const other = write({ 'current-context': 'environment' });
      const relative = path.slice(folder.path.length + 1);
      const { kubeconfig, files } = load({ env: { KUBECONFIG: other }, kubeconfig: relative });
      expect(kubeconfig.currentContext).to.equal('flag');
      expect(files).to.deep.equal([path]);
    });

    it('in the files of KUBECONFIG: missing ones and empty entries passed over, repeated ones read once', () => {
      const one = write({ contexts: [context('a', { namespace: 'first' })] });
      const two = write({
        'current-context': 'two',
        contexts: [context('a', { namespace: 'second' }), context('b')],
      });
      const list = ['', join(folder.path, 'gone'), one, '', two, one].join(delimiter);
      const { kubeconfig, files } = load({ env: { KUBECONFIG: list } });
      expect(files).to.deep.equal([one, two]);
      expect(kubeconfig.currentContext).to.equal('two');
      expect(kubeconfig.contexts.get('a')).to.deep.equal({ namespace: 'first' });
      expect(kubeconfig.contexts.has('b')).to.equal(true);
    });

    it('in ~/.kube/config otherwise', () => {
      const home = join(folder.path, 'home');
      mkdirSync(join(home, '.kube'), { recursive: true });
      writeFileSync(join(home, '.kube/config'), 'current-context: home');
      expect(load({ home, env: { KUBECONFIG: '' } }).kubeconfig.currentContext).to.equal('home');
    });

    it('nowhere: exit 3, and where it was looked for', async () => {
      const env = { KUBECONFIG: `${folder.path}/x${delimiter}${folder.path}/y` };
      const error = await refusalOf(connect({ env, home: '/h', cwd: '/', userAgent: '' }));
      expect({ code: error.code, exit: exitCodeOf(error) }).to.deep.equal({
        code: 'KubeconfigNotFound',
        exit: 3,
      });
      expect(error.cause).to.equal(
        `looked for ${folder.path}/x, ${folder.path}/y, a service account of this pod`,
      );
    });

    it('not at --kubeconfig: exit 3, and its path', async () => {
      const path = join(folder.path, 'gone');
      const error = await refusalOf(() => load({ kubeconfig: path }));
      expect(error.message).to.equal(`${path}: there is no such file`);
      expect(exitCodeOf(error)).to.equal(3);
    });

    it('as the service account of a pod', () => {
      const root = join(folder.path, 'account');
      mkdirSync(root);
      const env = { KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443' };
      expect(findServiceAccount(env, root)).to.equal(undefined);
      writeFileSync(join(root, 'token'), 'abc');
      writeFileSync(join(root, 'namespace'), 'ops\n');
      expect(findServiceAccount({}, root)).to.equal(undefined);
      expect(findServiceAccount(env, root)).to.deep.include({
        namespace: 'ops',
        user: { tokenFile: join(root, 'token') },
        cluster: { server: 'https://[fd00::1]:443', 'certificate-authority': join(root, 'ca.crt') },
      });
    });
  });

  it('has paths relative to the file that they stand in, commands only with a slash', () => {
    const path = write({
      clusters: [cluster('c', { 'certificate-authority': 'ca.pem' })],
      users: [
        user('u', { 'client-certificate': '/abs/c.pem', 'client-key': '../k.pem', tokenFile: 't' }),
        user('e', { exec: { command: './login' } }),
        user('p', { exec: { command: 'login' } }),
      ],
    });
    const own = join(path, '..');
    const { kubeconfig } = load({ kubeconfig: path });
    expect(kubeconfig.clusters.get('c')).to.deep.equal({ 'certificate-authority': join(own, 'ca.pem') });
    expect(kubeconfig.users.get('u')).to.deep.equal({
      'client-certificate': '/abs/c.pem',
      'client-key': join(folder.path, 'k.pem'),
      tokenFile: join(own, 't'),
    });
    expect(kubeconfig.users.get('e')?.exec?.command).to.equal(join(own, 'login'));
    expect(kubeconfig.users.get('p')?.exec?.command).to.equal('login');
  });

  it('that others can read is warned about, a private one not', () => {
    const warnings: string[] = [];
    const path = write('{}');
    load({ kubeconfig: path, onWarning: (text) => warnings.push(text) });
    expect(warnings).to.deep.equal([]);
    const shared = join(folder.path, 'shared');
    writeFileSync(shared, '{}', { mode: 0o644 });
    load({ kubeconfig: shared, onWarning: (text) => warnings.push(text) });
    expect(warnings).to.deep.equal([`${shared} can be read by others than you: chmod 600 ${shared}`]);
  });

  describe('that is wrong is refused with file and line', () => {
    const wrong: Record<string, [text: string, line: number, message: RegExp]> = {
      'text where a list belongs': ['a: 1\nclusters: x\n', 2, /clusters: expected a list, found text/],
      'a number as a name': ['current-context: 5\n', 1, /current-context: expected text, found a number/],
      'yes as a namespace': [
        'contexts:\n- name: a\n  context:\n    namespace: yes\n',
        4,
        /contexts\[0\]\.context\.namespace: expected text, found a boolean/,
      ],
      'a name twice': ['users:\n- name: a\n- name: a\n', 3, /users\[1\]: the name "a" stands there twice/],
      'data that is no base64': [
        'clusters:\n- name: a\n  cluster: {certificate-authority-data: "###"}\n',
        3,
        /expected base64/,
      ],
      'another kind': ['apiVersion: v1\nkind: Pod\n', 2, /expected kind Config, found "Pod"/],
      'another version': ['apiVersion: v2\n', 1, /expected apiVersion v1, found "v2"/],
      'no fields': ['- a\n', 1, /expected fields, found a list/],
      'broken YAML': ['a: b\n  c: d\n', 1, /Nested mappings/],
    };
    for (const [title, [text, line, message]] of Object.entries(wrong)) {
      it(title, async () => {
        const path = write(text);
        const error = await refusalOf(() => load({ kubeconfig: path }));
        expect(error.code).to.equal('KubeconfigInvalid');
        expect(error.message.startsWith(`${path}:${line}: `), error.message).to.equal(true);
        expect(error.message).to.match(message);
      });
    }

    it('a folder, a file larger than 16 MiB, a loop of links', async () => {
      expect((await refusalOf(() => load({ kubeconfig: folder.path }))).message).to.match(
        /found a directory/,
      );
      const large = write(' '.repeat(16 * 1024 * 1024 + 1));
      expect((await refusalOf(() => load({ kubeconfig: large }))).message).to.match(/at most 16 MiB/);
      const loop = join(folder.path, 'loop');
      symlinkSync(loop, loop);
      expect((await refusalOf(() => load({ kubeconfig: loop }))).code).to.equal('KubeconfigUnreadable');
    });

    it('aliases that multiply, and nesting without end', async () => {
      const lines = ['a0: &a0 [x,x,x,x,x,x,x,x,x,x]'];
      for (let index = 1; index < 10; index += 1)
        lines.push(
          `a${index}: &a${index} [${Array(10)
            .fill(`*a${index - 1}`)
            .join(',')}]`,
        );
      for (const text of [lines.join('\n'), '['.repeat(100_000), 'a: {'.repeat(50_000), '? '.repeat(1000)])
        expect((await refusalOf(() => parseYaml(text, 'k'))).code).to.equal('KubeconfigInvalid');
    });
  });

  it('with certificates that are none, or a server that is none, is refused before anything is sent', async () => {
    const bad = Buffer.from('garbage').toString('base64');
    const pem = (fields: object) =>
      write({
        'current-context': 'a',
        contexts: [context('a', { cluster: 'a', user: 'a' })],
        clusters: [cluster('a', { server: 'https://127.0.0.1:1', ...fields })],
        users: [user('a')],
      });
    const refuse = async (fields: object) => {
      const options = { env: {}, home: '', cwd: '/', userAgent: '', kubeconfig: pem(fields) };
      return (await refusalOf(connect(options).then((c) => c.request({ method: 'GET', path: '/' })))).code;
    };
    expect(await refuse({ 'certificate-authority-data': bad })).to.equal('CertificateInvalid');
    expect(await refuse({ 'certificate-authority': '/gone.pem' })).to.equal('CertificateUnreadable');
    expect(await refuse({ server: 'ftp://x' })).to.equal('ServerInvalid');
    expect(await refuse({ server: '' })).to.equal('NoServer');
    expect(await refuse({ 'proxy-url': 'ftp://x' })).to.equal('ProxyInvalid');
  });
});
