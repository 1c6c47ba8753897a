// Calls to the test cluster's API server without starting a kubectl for each: hundreds of dry runs in seconds.
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { KubeConfig } from '@kubernetes/client-node';

/** What the API server answers: 201 and an object, or 4xx and a Status with a message. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: {
    readonly message?: string;
    readonly metadata?: Record<string, unknown>;
    readonly spec?: Record<string, unknown>;
    readonly status?: unknown;
  };
}

/** Sends JSON and resolves with the answer, whatever its status. */
export type SendToApiServer = (method: 'POST' | 'PUT', path: string, object: unknown) => Promise<ApiAnswer>;

/** A client with one connection, by a kubeconfig that holds its keys. */
export function createApiServerClient(kubeconfig: string): SendToApiServer {
  const config = new KubeConfig();
  config.loadFromString(readFileSync(kubeconfig, 'utf8'));
  const cluster = config.getCurrentCluster();
  const user = config.getCurrentUser();
  const agent = new Agent({
    keepAlive: true,
    maxSockets: 4,
    ca: readPem(cluster?.caData, cluster?.caFile),
    cert: readPem(user?.certData, user?.certFile),
    key: readPem(user?.keyData, user?.keyFile),
  });
  return (method, path, object) =>
    new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', accept: 'application/json' };
      const call = request(`${cluster?.server ?? ''}${path}`, { method, agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as ApiAnswer['body'] });
        });
      });
      call.on('error', reject);
      call.end(JSON.stringify(object));
    });
}

function readPem(data: string | undefined, file: string | undefined): Buffer | undefined {
  if (data !== undefined) return Buffer.from(data, 'base64');
  return file === undefined ? undefined : readFileSync(file);
}
