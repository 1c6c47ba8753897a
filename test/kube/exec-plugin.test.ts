// Credential plugins: what they are told, what is made of their answers, and what is said when they fail.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { createExecAuthenticator, type ExecSurroundings } from '../../src/kube/auth/exec-plugin.ts';
import type { ClusterEntry, ExecEntry } from '../../src/kube/kubeconfig/kubeconfig.ts';
import { ScriptedApiServer, toStatus } from '../faults/api-server.ts';
import { connectWith, refusalOf, useFolder, writeKubeconfig } from './connecting.ts';

const v1 = 'client.authentication.k8s.io/v1';
const v1beta1 = 'client.authentication.k8s.io/v1beta1';

describe('a credential plugin', () => {
  const folder = useFolder();
  let count = 0;

  /** A plugin of shell lines; `$DIR` is a folder of its own. */
  function write(lines: string): { command: string; read: (name: string) => string } {
    const dir = join(folder.path, `plugin-${(count += 1)}`);
    mkdirSync(dir);
    const command = join(dir, 'login');
    writeFileSync(command, `#!/bin/sh\nDIR=${dir}\n${lines}\n`);
    chmodSync(command, 0o700);
    const read = (name: string) => readFileSync(join(dir, name), 'utf8');
    return { command, read };
  }

  const answer = (status: object, apiVersion = v1) =>
    `echo run >> $DIR/runs; cat <<'END'\n${JSON.stringify({ kind: 'ExecCredential', apiVersion, status })}\nEND`;

  function create(exec: Partial<ExecEntry>, surroundings: Partial<ExecSurroundings> = {}) {
    return createExecAuthenticator(
      { apiVersion: v1, interactiveMode: 'Never', ...exec },
      { env: { PATH: process.env['PATH'] }, cluster: {}, ca: undefined, isTerminal: false, ...surroundings },
    );
  }
  const ask = (exec: Partial<ExecEntry>, surroundings: Partial<ExecSurroundings> = {}) =>
    Promise.resolve().then(() => create(exec, surroundings).credentials(undefined));

  it('gives a token, or a certificate', async () => {
    const token = write(answer({ token: 'abc' }));
    expect(await ask(token)).to.deep.equal({
      headers: { authorization: 'Bearer abc' },
      certificate: undefined,
    });
    const certificate = write(answer({ clientCertificateData: 'CERT', clientKeyData: 'KEY' }));
    expect(await ask(certificate)).to.deep.equal({
      headers: {},
      certificate: { cert: 'CERT', key: 'KEY' },
    });
  });

  it('is told the version, whether it may ask, and the cluster where it wants to know', async () => {
    const cluster: ClusterEntry = {
      server: 'https://10.0.0.1',
      'tls-server-name': 'k8s',
      'proxy-url': 'http://proxy:1',
      extensions: [
        { name: 'client.authentication.k8s.io/exec', extension: { audience: 'me' } },
        { name: 'other', extension: 1 },
      ],
    };
    const { command, read } = write(
      `printf %s "$KUBERNETES_EXEC_INFO" > $DIR/info; ${answer({ token: 'a' })}`,
    );
    await ask({ command, provideClusterInfo: true }, { cluster, ca: Buffer.from('PEM') });
    expect(JSON.parse(read('info'))).to.deep.equal({
      kind: 'ExecCredential',
      apiVersion: v1,
      spec: {
        interactive: false,
        cluster: {
          server: 'https://10.0.0.1',
          'tls-server-name': 'k8s',
          'proxy-url': 'http://proxy:1',
          'certificate-authority-data': Buffer.from('PEM').toString('base64'),
          config: { audience: 'me' },
        },
      },
    });
    await ask({ command }, { cluster });
    expect(JSON.parse(read('info'))).to.deep.equal({
      kind: 'ExecCredential',
      apiVersion: v1,
      spec: { interactive: false },
    });
  });

  it('gets its arguments and variables, and the environment around', async () => {
    const { command, read } = write(`echo "$1|$2|$OWN|$OUTER" > $DIR/seen; ${answer({ token: 'a' })}`);
    const env = { PATH: process.env['PATH'], OUTER: 'outer', OWN: 'hidden' };
    await ask({ command, args: ['a b', '$x'], env: [{ name: 'OWN', value: 'own' }] }, { env });
    expect(read('seen')).to.equal('a b|$x|own|outer\n');
  });

  it('speaks v1beta1 as well, where interactiveMode may be left out', async () => {
    const { command } = write(answer({ token: 'a' }, v1beta1));
    const authenticator = createExecAuthenticator(
      { command, apiVersion: v1beta1 },
      { env: { PATH: process.env['PATH'] }, cluster: {}, ca: undefined, isTerminal: false },
    );
    expect((await authenticator.credentials(undefined)).headers).to.deep.equal({
      authorization: 'Bearer a',
    });
  });

  it('runs once for all requests until its credentials expire, and again after a 401', async () => {
    let now = Date.UTC(2026, 0, 1);
    const { command, read } = write(answer({ token: 'a', expirationTimestamp: '2026-01-01T00:10:00Z' }));
    const authenticator = create({ command }, { now: () => now });
    await Promise.all([1, 2, 3].map(() => authenticator.credentials(undefined)));
    expect(read('runs')).to.equal('run\n');
    now += 11 * 60_000;
    await authenticator.credentials(undefined);
    expect(read('runs')).to.equal('run\nrun\n');
    // The same token again is no reason to ask the server again.
    expect(await authenticator.renew(undefined)).to.equal(false);
    expect(read('runs')).to.equal('run\nrun\nrun\n');
  });

  it('is run again by a request that is refused with 401, once', async () => {
    const { command } = write(
      `N=$(cat $DIR/n 2>/dev/null || echo 0); echo $((N+1)) > $DIR/n\ncat <<END\n` +
        `{"kind":"ExecCredential","apiVersion":"${v1}","status":{"token":"t$N"}}\nEND`,
    );
    const server = await ScriptedApiServer.startSecure();
    const exec: ExecEntry = { command, apiVersion: v1, interactiveMode: 'Never' };
    const kubeconfig = writeKubeconfig(
      folder.path,
      { server: server.url, 'insecure-skip-tls-verify': true },
      { exec },
    );
    const client = await connectWith(kubeconfig, {
      env: { KUBECONFIG: kubeconfig, PATH: process.env['PATH'] },
    });
    server.inject({ status: 401, body: toStatus(401, 'Unauthorized', 'Unauthorized') });
    server.inject({});
    await client.request({ method: 'GET', path: '/version' });
    client.close();
    await server.stop();
    expect(server.requests.map(({ headers }) => headers.authorization)).to.deep.equal([
      'Bearer t0',
      'Bearer t1',
    ]);
  });

  const wrong: Record<string, { lines: string; message: RegExp }> = {
    'no JSON': { lines: 'echo logged in', message: /expected an ExecCredential as JSON/ },
    'JSON that is none': { lines: 'echo null', message: /expected an ExecCredential as JSON/ },
    'another version': {
      lines: answer({ token: 'a' }, v1beta1),
      message: /expected apiVersion client\.authentication\.k8s\.io\/v1, found "client.*v1beta1"/,
    },
    'no credentials': { lines: answer({}), message: /expected a token or a certificate/ },
    'a certificate without its key': {
      lines: answer({ token: 'a', clientCertificateData: 'x' }),
      message: /expected certificate and key together/,
    },
    'a token of two lines': { lines: answer({ token: 'a\nb' }), message: /expected a token of letters/ },
  };
  for (const [title, { lines, message }] of Object.entries(wrong)) {
    it(`that answers ${title} is refused, by name`, async () => {
      const { command } = write(lines);
      const error = await refusalOf(ask({ command }));
      expect(error.message).to.match(message).and.to.contain(command);
    });
  }

  it('that fails is told with its exit code and its own words', async () => {
    const { command } = write('exit 3');
    const error = await refusalOf(ask({ command }));
    expect(error.code).to.equal('ExecPluginFailed');
    expect(error.message).to.equal(`the credential plugin ${command} ended with 3`);
  });

  it('that is not installed is told with what installs it', async () => {
    const error = await refusalOf(ask({ command: 'no-such-login', installHint: 'brew install login' }));
    expect({ message: error.message, hint: error.hint }).to.deep.equal({
      message: 'the credential plugin no-such-login is not installed',
      hint: 'brew install login',
    });
  });

  it('that may not be asked for, or has to ask where nobody is, is refused before it runs', async () => {
    const { command } = write(answer({ token: 'a' }));
    const cases: Partial<ExecEntry>[] = [
      { command: '' },
      { command, apiVersion: 'client.authentication.k8s.io/v1alpha1' },
      { command, interactiveMode: 'Sometimes' },
      { command, interactiveMode: 'Always' },
    ];
    for (const exec of cases)
      expect((await refusalOf(ask(exec))).code).to.match(/^ExecPlugin(Invalid|Failed)$/);
    expect(existsSync(join(command, '../runs'))).to.equal(false);
  });

  it('that hangs is ended, by the time limit or by Ctrl-C', async () => {
    const { command } = write('exec sleep 30');
    const late = await refusalOf(ask({ command }, { timeoutMs: 40 }));
    expect(late.message).to.equal(`the credential plugin ${command} did not finish`);
    const controller = new AbortController();
    const work = create({ command }).credentials(controller.signal);
    controller.abort();
    const error = await work.catch((reason: unknown) => reason);
    expect(error).to.have.property('name', 'AbortError');
  });

  it('that never stops talking is ended', async () => {
    const { command } = write('exec yes');
    expect((await refusalOf(ask({ command }))).message).to.match(/did not finish$/);
  });
});
