// Whether the stream can be had: a connection is opened the way that `watch` goes, and closed again.
import { DorguError } from '../../api/errors.ts';
import type { ConnectedClient } from '../../kube/client.ts';
import { KubeError } from '../../kube/kube-error.ts';
import { StreamFailed } from '../../socket/session-end.ts';
import { createOperatorRoute } from '../follow/stream/operator-route.ts';
import { pass, skip, warn, type Check } from './check.ts';
import type { Looking } from './examine-server.ts';
import type { InstalledOperator } from './find-operator.ts';

const connectTimeoutMs = 3000;

/** `stream`; without it watching goes on with the API server alone, so that nothing of it is a failure. @throws the signal's reason */
export async function examineStream(
  client: ConnectedClient,
  { namespace, hasStream }: InstalledOperator,
  { now, signal }: Looking,
): Promise<Check> {
  if (!hasStream) return skip('stream', 'it is switched off: watching asks the API server');
  const route = createOperatorRoute(
    client,
    { operatorNamespace: namespace },
    { now, random: () => 0, connectTimeoutMs },
  );
  const limit = AbortSignal.timeout(connectTimeoutMs);
  const startedAtMs = now();
  try {
    const { socket } = await route.open({ isRefused: false, signal: AbortSignal.any([signal, limit]) });
    const elapsedMs = now() - startedAtMs;
    socket.terminate();
    return pass('stream', `a pod of the operator takes the connection, in ${elapsedMs} ms`);
  } catch (error) {
    signal.throwIfAborted();
    return warn(
      'stream',
      `watching asks the API server instead: ${describe(error, limit)}`,
      toFix(error, namespace),
    );
  }
}

function describe(error: unknown, limit: AbortSignal): string {
  if (limit.aborted) return `no pod of the operator answers within ${connectTimeoutMs / 1000} s`;
  if (error instanceof StreamFailed) return error.end.reason;
  if (error instanceof DorguError) return error.message;
  throw error;
}

function toFix(error: unknown, namespace: string): string | undefined {
  if (error instanceof KubeError && error.httpStatus === 403)
    return `let an admin run: kubectl create rolebinding dorgu-stream-client --role=dorgu-stream-client --user=NAME -n ${namespace}`;
  return error instanceof DorguError && error.hint !== undefined ? error.hint : undefined;
}
