// A server in a process of its own, for the bench: the webhook with so many personas, or a bare one that only parses.
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createSelfSigned } from '../../../operator/certificates/self-signed.ts';
import { createMetrics } from '../../../operator/manager/metrics.ts';
import { watchedPersonas } from '../../../operator/watched/personas.ts';
import { watchedWorkloads } from '../../../operator/watched/workloads.ts';
import { createWebhook } from '../../../operator/webhook/create-webhook.ts';
import { HeldCaches } from '../../operator/held-cache.ts';
import { createMemoryLogger } from '../../operator/manager/memory-logger.ts';
import { createLiveDeployment, createLivePersona } from '../live-objects.ts';
import { reportLoad } from '../report-load.ts';

const personas = Number(process.argv[2]);
const certificate = await createSelfSigned('localhost', ['localhost'], Date.now());
const address = { host: '127.0.0.1', port: 0 };

/** What every webhook has to do at least: receive, parse, answer. */
async function serveBare(): Promise<number> {
  const server = createServer({ ...certificate, minVersion: 'TLSv1.2' }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const review = JSON.parse(Buffer.concat(chunks).toString()) as { request: { uid: string } };
      const text = JSON.stringify({ response: { uid: review.request.uid, allowed: true } });
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length });
      response.end(text);
    });
  });
  await new Promise<void>((resolve) => void server.listen(address.port, address.host, () => resolve()));
  return (server.address() as AddressInfo).port;
}

async function serveWebhook(): Promise<number> {
  const caches = new HeldCaches();
  const [deployments] = watchedWorkloads;
  for (let index = 0; index < personas; index += 1) {
    const key = `team-${index % 100}/application-${index}`;
    caches.get(watchedPersonas).put(key, createLivePersona(index));
    if (deployments !== undefined) caches.get(deployments).put(key, createLiveDeployment(index));
  }
  const webhook = createWebhook({
    address,
    mode: 'enforcing',
    caches,
    certificate: { get: () => certificate, subscribe: () => () => undefined },
    signal: new AbortController().signal,
    logger: createMemoryLogger(),
    metrics: createMetrics(),
    now: Date.now,
  });
  await webhook.start();
  return webhook.port ?? 0;
}

reportLoad(await (personas === 0 ? serveBare() : serveWebhook()));
