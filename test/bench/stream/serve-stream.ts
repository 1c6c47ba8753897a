// The operator's stream in a process of its own, for the bench: `serve-stream.ts URL` follows that API server.
// Everybody is somebody of their own and may see all: the API server is not asked about that.
import { createSelfSigned } from '../../../operator/certificates/self-signed.ts';
import { systemClock } from '../../../operator/manager/clock.ts';
import { createMetrics } from '../../../operator/manager/metrics.ts';
import { createHub } from '../../../operator/websocket/create-hub.ts';
import { createStream } from '../../../operator/websocket/create-stream.ts';
import { connect } from '../../../src/kube/connect.ts';
import { createReflector } from '../../../src/kube/watch/create-reflector.ts';
import { createMemoryLogger } from '../../operator/manager/memory-logger.ts';
import { reportLoad } from '../report-load.ts';

const server = process.argv[2] ?? '';
const certificate = await createSelfSigned('localhost', ['localhost'], Date.now());
const client = await connect({ env: {}, home: '', cwd: '/', userAgent: 'bench', server });
const [logger, metrics] = [createMemoryLogger(), createMetrics()];
const clock = systemClock;
const common = { clock, logger, metrics, now: Date.now, random: Math.random };
const hub = createHub({ client, createReflector, ...common });
const identify = (token = '') => ({ username: token, uid: token, groups: [], extra: {} });
const stream = createStream({
  address: { host: '127.0.0.1', port: 0 },
  hosts: ['localhost'],
  hub,
  authenticator: {
    authenticate: ({ token }) => {
      const identity = identify(token);
      const confirm = () => Promise.resolve(identity);
      return Promise.resolve({ kind: 'token', identity, expiresAt: undefined, confirm });
    },
  },
  access: {
    authenticate: (token) => Promise.resolve(identify(token)),
    authorize: () => Promise.resolve(true),
  },
  authorities: { trusted: [], isKnown: true, subscribe: () => () => undefined },
  certificate: { get: () => certificate, subscribe: () => () => undefined },
  signal: new AbortController().signal,
  version: 'bench',
  ...common,
});
await hub.start();
await stream.start();
reportLoad(stream.port ?? 0);
