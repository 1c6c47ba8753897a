// `node --expose-gc test/bench/watch.ts [COUNT]`: so many Deployments of 8 KB through a reflector, as a WatchList and in pages, beside
// JSON.parse of the same bytes alone. Time as ratio, memory as what stays. Nothing is asserted.
import { createReflector } from '../../src/kube/watch/create-reflector.ts';
import type { KubeClient, StreamRequest } from '../../src/kube/client.ts';
import { resources } from '../../src/kube/resources.ts';

const count = Number(process.argv[2] ?? 10_000);
const pageSize = 500;
const chunkBytes = 64 * 1024;

/** One as an API server sends it: managedFields are half of it. */
function createDeployment(index: number): object {
  const name = `application-${index}`;
  const fields = Object.fromEntries(
    Array.from({ length: 80 }, (_, field) => [
      `f:field-${field}`,
      { '.': {}, 'f:terminationMessagePath': {}, 'f:resources': { 'f:limits': {} } },
    ]),
  );
  const container = {
    name,
    image: `registry.example.com/team-${index % 50}/${name}:1.${index}.0`,
    env: Array.from({ length: 20 }, (_, at) => ({ name: `VARIABLE_${at}`, value: `value ${at} of ${name}` })),
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name,
      namespace: `team-${index % 50}`,
      uid: `8c1f2d3e-0000-4000-8000-${String(index).padStart(12, '0')}`,
      resourceVersion: String(1000 + index),
      labels: { app: name },
      managedFields: [{ manager: 'kubectl', operation: 'Apply', fieldsV1: { 'f:spec': fields } }],
    },
    spec: {
      replicas: 2,
      template: { metadata: { labels: { app: name } }, spec: { containers: [container] } },
    },
    status: { replicas: 2, readyReplicas: 2, observedGeneration: 1 },
  };
}

/** Some of what the operator keeps. */
function project(object: unknown): object {
  const { metadata, spec, status } = object as {
    metadata: { name: string; namespace: string; labels: { app: string } };
    spec: { template: { spec: { containers: { image: string; resources: object }[] } } };
    status: object;
  };
  const [container] = spec.template.spec.containers;
  return {
    name: metadata.name,
    app: metadata.labels.app,
    image: container?.image,
    // A part of a longer text: a slice would keep all of it.
    tag: container?.image.slice(container.image.lastIndexOf(':') + 1),
    resources: container?.resources,
    status,
  };
}

/** What a server sends, made while it is asked for, so that it is not in memory. */
function* toBytes(query: StreamRequest['query'] = {}): Generator<string> {
  if (query['watch'] === true) {
    for (let index = 0; index < count; index++)
      yield `${JSON.stringify({ type: 'ADDED', object: createDeployment(index) })}\n`;
    const annotations = { 'k8s.io/initial-events-end': 'true' };
    yield `${JSON.stringify({ type: 'BOOKMARK', object: { metadata: { resourceVersion: '99999', annotations } } })}\n`;
    return;
  }
  const start = Number(query['continue'] ?? 0);
  const end = Math.min(count, start + pageSize);
  const token = end < count ? `,"continue":"${end}"` : '';
  yield `{"kind":"List","apiVersion":"v1","metadata":{"resourceVersion":"99999"${token}},"items":[`;
  for (let index = start; index < end; index++)
    yield `${index > start ? ',' : ''}${JSON.stringify(createDeployment(index))}`;
  yield ']}\n';
}

/** A client whose answers come from here, in chunks of a socket's size; notes the time that its reader takes. */
function createBenchClient(spent: { ms: number; bytes: number }): KubeClient {
  return {
    server: '',
    namespace: '',
    contextName: undefined,
    clusterName: undefined,
    request: () => Promise.reject(new Error('only streams')),
    async stream({ query, onOpen, onBytes, signal }) {
      onOpen?.();
      const hand = (bytes: Buffer) => {
        const started = performance.now();
        for (let at = 0; at < bytes.length; at += chunkBytes) onBytes(bytes.subarray(at, at + chunkBytes));
        spent.ms += performance.now() - started;
        spent.bytes += bytes.length;
      };
      let pending: string[] = [];
      for (const text of toBytes(query)) {
        pending.push(text);
        if (pending.length < 32) continue;
        hand(Buffer.from(pending.join('')));
        pending = [];
        await new Promise(setImmediate);
      }
      hand(Buffer.from(pending.join('')));
      if (query?.['watch'] === true)
        await new Promise((_, reject) =>
          signal?.addEventListener('abort', () => reject(new Error('stopped'))),
        );
    },
    close: () => undefined,
  };
}

/** Held to the end, so that what one keeps is not set off against the next. */
const held: unknown[] = [];

const settle = (): number => {
  for (let turn = 0; turn < 3; turn++) globalThis.gc?.();
  return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
};
const toMegabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(1);

/** JSON.parse of the same bytes, text and object let go at once. */
function measureParse(): number {
  let ms = 0;
  for (const text of toBytes({ watch: true })) {
    const bytes = Buffer.from(text);
    const started = performance.now();
    JSON.parse(bytes.toString('utf8'));
    ms += performance.now() - started;
  }
  return ms;
}

measureParse();
const parseMs = measureParse();
for (const isWatchListTried of [true, false]) {
  const before = settle();
  const rssBefore = process.memoryUsage().rss;
  const spent = { ms: 0, bytes: 0 };
  const reflector = createReflector(
    createBenchClient(spent),
    { resource: resources.deployments, project, onChange: () => undefined },
    { isWatchListTried, pageSize },
  );
  reflector.start();
  await reflector.synced;
  const rss = process.memoryUsage().rss;
  const kept = settle() - before;
  console.log(
    `${isWatchListTried ? 'WatchList' : 'pages    '}  ${reflector.objects.size} objects, ${toMegabytes(spent.bytes)} MB: ` +
      `${spent.ms.toFixed(0)} ms, ${(spent.ms / parseMs).toFixed(2)} times JSON.parse; ` +
      `kept ${toMegabytes(kept)} MB of heap, ${Math.round(kept / count)} bytes an object; RSS ${toMegabytes(rssBefore)} -> ${toMegabytes(rss)} MB`,
  );
  await reflector.stop();
  held.push(reflector);
}
if (globalThis.gc === undefined && held.length > 0) console.log('(run with --expose-gc for what is kept)');
