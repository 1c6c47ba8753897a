// What can be in the way of a request, and what people are told about it.
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { exitCodeOf } from '../../src/commands/exit-codes.ts';
import { toErrorDocument } from '../../src/commands/format-error.ts';
import type { KubeClient } from '../../src/kube/client.ts';
import { KubeError } from '../../src/kube/kube-error.ts';
import { createAuthority } from '../cluster/certificates.ts';
import { ScriptedApiServer, toStatus, type Fault } from '../faults/api-server.ts';
import { connectWith, createImpatience, refusalOf, useFolder, writeKubeconfig } from './connecting.ts';

const get = { method: 'GET', path: '/apis/dorgu.io/v1/namespaces/shop/applicationpersonas/web' } as const;

interface Expected {
  fault: Fault;
  code: string;
  message: string | RegExp;
  exit: number;
  hint?: RegExp;
}

const answered = (code: number, reason: string, message: string): Fault => ({
  status: code,
  body: toStatus(code, reason, message),
});

const answers: Record<string, Expected> = {
  'a token that has expired': {
    fault: answered(401, 'Unauthorized', 'Unauthorized'),
    code: 'Unauthorized',
    message: 'Unauthorized',
    exit: 4,
    hint: /log in again/,
  },
  'something that is not allowed': {
    fault: answered(403, 'Forbidden', 'applicationpersonas is forbidden: User "jo" cannot get'),
    code: 'Forbidden',
    message: 'applicationpersonas is forbidden: User "jo" cannot get',
    exit: 4,
    hint: /^kubectl auth can-i get applicationpersonas\.dorgu\.io -n shop asks/,
  },
  'something that is not there': {
    fault: answered(404, 'NotFound', 'applicationpersonas "web" not found'),
    code: 'NotFound',
    message: 'applicationpersonas "web" not found',
    exit: 5,
  },
  'a conflict': {
    fault: answered(409, 'Conflict', 'the object has been modified'),
    code: 'Conflict',
    message: 'the object has been modified',
    exit: 6,
  },
  'something that exists already': {
    fault: answered(409, 'AlreadyExists', 'it exists'),
    code: 'AlreadyExists',
    message: 'it exists',
    exit: 6,
  },
  'a version that is gone': {
    fault: answered(410, 'Gone', 'too old'),
    code: 'Expired',
    message: 'too old',
    exit: 7,
  },
  'an object that is not valid': {
    fault: answered(422, 'Invalid', 'spec.type: Unsupported value'),
    code: 'Invalid',
    message: 'spec.type: Unsupported value',
    exit: 1,
  },
  'a server that fails': {
    fault: answered(500, 'InternalError', 'etcdserver: leader changed'),
    code: 'InternalError',
    message: 'etcdserver: leader changed',
    exit: 9,
    hint: /webhook/,
  },
  'a gateway that knows no Status': {
    fault: { status: 502, body: '<html>Bad   Gateway</html>', headers: { 'content-type': 'text/html' } },
    code: 'ServiceUnavailable',
    message: /HTTP 502/,
    exit: 7,
  },
  'a Status that is no Status': {
    fault: { status: 403, body: { kind: 'Status', message: { not: 'text' }, reason: 5 } },
    code: 'Forbidden',
    message: /HTTP 403/,
    exit: 4,
  },
  'a login page': {
    fault: { body: '<html>Sign in</html>', headers: { 'content-type': 'text/html' } },
    code: 'InvalidAnswer',
    message: /expected JSON .* found text\/html/,
    exit: 9,
    hint: /login page/,
  },
  'JSON that is cut off by the server': {
    fault: { body: '{"kind": "Applicat' },
    code: 'InvalidAnswer',
    message: /JSON that cannot be read/,
    exit: 9,
  },
};

describe('a request that meets', () => {
  const folder = useFolder();
  let server: ScriptedApiServer;
  let client: KubeClient;
  before(async () => {
    server = await ScriptedApiServer.start();
    client = await connectWith(writeKubeconfig(folder.path, { server: server.url }));
  });
  afterEach(() => server.reset());
  after(async () => {
    client.close();
    await server.stop();
  });

  for (const [title, { fault, code, message, exit, hint }] of Object.entries(answers)) {
    it(`${title} is refused as ${code}, exit ${exit}`, async () => {
      server.inject(fault, { times: 10 });
      const error = await refusalOf(client.request(get));
      expect(error.code).to.equal(code);
      if (typeof message === 'string') expect(error.message).to.equal(message);
      else expect(error.message).to.match(message);
      expect(exitCodeOf(error)).to.equal(exit);
      if (hint) expect(error.hint).to.match(hint);
      const { body } = fault;
      if (error instanceof KubeError && error.status !== undefined)
        expect(toErrorDocument(error).error.status).to.deep.equal(JSON.parse(JSON.stringify(body)));
    });
  }

  it('answers that break off every time is refused as BrokenAnswer, and was tried five times', async () => {
    server.inject({ body: { items: 'x'.repeat(1000) }, cutAfterBytes: 100 }, { times: 10 });
    const error = await refusalOf(client.request(get));
    expect(error.code).to.equal('BrokenAnswer');
    expect(exitCodeOf(error)).to.equal(7);
    expect(server.requests).to.have.lengthOf(5);
  });

  it('silence ends with Timeout after --request-timeout, in the middle of an answer too', async () => {
    for (const stallAfterBytes of [-1, 5]) {
      server.inject({ body: { a: 'b'.repeat(100) }, stallAfterBytes });
      const error = await refusalOf(client.request({ ...get, timeoutMs: 40 }));
      expect(error.code).to.equal('Timeout');
      expect(error.message).to.match(/did not answer in time: not done within 0\.04 s/);
      expect(exitCodeOf(error)).to.equal(8);
    }
  });

  it('silence ends with Timeout even where no limit was asked for', async () => {
    const tuning = { ...createImpatience(), idleTimeoutMs: 40 };
    const quick = await connectWith(writeKubeconfig(folder.path, { server: server.url }), {}, tuning);
    for (const stallAfterBytes of [-1, 5]) {
      server.inject({ body: { a: 'b'.repeat(100) }, stallAfterBytes });
      const error = await refusalOf(quick.request(get));
      expect({ code: error.code, message: error.message }).to.deep.equal({
        code: 'Timeout',
        message: `the API server at ${server.url} did not answer in time: nothing came for 0.04 s`,
      });
    }
    quick.close();
  });

  it('Ctrl-C ends with an AbortError, exit 130, before, in the middle of and between attempts', async () => {
    const faults: Fault[] = [
      { stallAfterBytes: -1 },
      { body: 'x'.repeat(50), stallAfterBytes: 5 },
      { status: 429, headers: { 'retry-after': '30' } },
    ];
    for (const fault of faults) {
      const controller = new AbortController();
      const path = writeKubeconfig(folder.path, { server: server.url });
      const patient = await connectWith(path, { signal: controller.signal }, {});
      server.inject(fault);
      const before = server.requests.length;
      const work = patient.request(get).then(
        () => undefined,
        (error: unknown) => error,
      );
      while (server.requests.length === before) await new Promise((done) => setImmediate(done));
      controller.abort();
      expect(exitCodeOf(await work)).to.equal(130);
      const late = patient.request(get).catch((error: unknown) => error);
      expect(exitCodeOf(await late)).to.equal(130);
      patient.close();
    }
  });
});

describe('a server that cannot be reached', () => {
  const folder = useFolder();
  const ask = async (cluster: object, options = {}, tuning = createImpatience()) => {
    const client = await connectWith(writeKubeconfig(folder.path, cluster), options, tuning);
    try {
      return await refusalOf(client.request(get));
    } finally {
      client.close();
    }
  };

  it('is named with its cause and the way to the others', async () => {
    const error = await ask({ server: 'https://127.0.0.1:1' });
    expect(toErrorDocument(error).error).to.deep.equal({
      code: 'Unreachable',
      message: 'the API server at https://127.0.0.1:1 does not answer',
      cause: 'connect ECONNREFUSED 127.0.0.1:1',
      hint: 'kubectl config get-contexts shows the others',
    });
    expect(exitCodeOf(error)).to.equal(7);
  });

  it('is given up when no connection stands in time', async () => {
    // Takes connections and never says a word of TLS.
    const mute: Server = createServer(() => undefined);
    await new Promise<void>((done) => mute.listen(0, '127.0.0.1', done));
    const { port } = mute.address() as AddressInfo;
    const tuning = { ...createImpatience(), connectTimeoutMs: 40 };
    const error = await ask({ server: `https://127.0.0.1:${port}` }, {}, tuning);
    mute.close();
    expect(error.code).to.equal('Timeout');
    expect(error.message).to.match(/no connection within 0\.04 s/);
  });

  it('is not trusted with the wrong CA, an expired certificate or another name, each with its cure', async () => {
    const authority = await createAuthority('right');
    const other = await createAuthority('wrong');
    const names = [{ type: 'ip' as const, value: '127.0.0.1' }];
    const good = await authority.issueServing('server', names);
    const misnamed = await authority.issueServing('server', [{ type: 'dns' as const, value: 'elsewhere' }]);
    const expired = await yearsAgo(3, () => authority.issueServing('server', names));
    const trust = (pem: string) => ({ 'certificate-authority-data': Buffer.from(pem).toString('base64') });
    const cases = [
      { served: good, trusted: other, hint: /another CA than the kubeconfig trusts/ },
      { served: expired, trusted: authority, hint: /has expired/ },
      { served: misnamed, trusted: authority, hint: /--tls-server-name NAME/ },
    ];
    for (const { served, trusted, hint } of cases) {
      const server = await ScriptedApiServer.start({ cert: served.certificate, key: served.key });
      const entry = { server: server.url, ...trust(trusted.own.certificate) };
      const error = await ask(entry);
      expect({ code: error.code, exit: exitCodeOf(error) }).to.deep.equal({ code: 'TlsFailed', exit: 7 });
      expect(error.message).to.equal(`the API server at ${server.url} cannot be trusted`);
      expect(error.hint).to.match(hint);
      // A request that gets through is answered 404 here.
      const insecure = await ask({ server: server.url }, { insecureSkipTlsVerify: true });
      expect(insecure.code).to.equal('NotFound');
      if (served === misnamed)
        expect((await ask({ ...entry, 'tls-server-name': 'elsewhere' })).code).to.equal('NotFound');
      await server.stop();
    }
  });

  it('speaks plain HTTP where TLS is expected: said as such', async () => {
    const server = await ScriptedApiServer.start();
    const error = await ask({ server: server.url.replace('http:', 'https:') });
    await server.stop();
    expect({ code: error.code, exit: exitCodeOf(error) }).to.deep.equal({ code: 'TlsFailed', exit: 7 });
    expect(error.hint).to.match(/plain HTTP/);
  });
});

/** Work done as if it were years ago. */
async function yearsAgo<T>(years: number, work: () => Promise<T>): Promise<T> {
  const { now } = Date;
  Date.now = () => now() - years * 365 * 24 * 60 * 60 * 1000;
  try {
    return await work();
  } finally {
    Date.now = now;
  }
}
