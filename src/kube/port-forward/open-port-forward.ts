// A connection to a port of a pod, through the API server, in this process: no port of this machine is opened for it.
import type { Duplex } from 'node:stream';
import type { ConnectedClient } from '../client.ts';
import { pathOf, resources } from '../resources.ts';
import { ChannelStream, channelProtocol } from './channel-stream.ts';

/** Which port. */
export interface ForwardTarget {
  namespace: string;
  pod: string;
  port: number;
}

/** A kubelet sends what it has read, and reads 32 KiB; a message of this size is none of ours. In bytes. */
const maxPayloadBytes = 4 * 1024 * 1024;

/**
 * The pod's bytes, with back-pressure. That the pod does not listen, or is gone later, is the stream's error, in the kubelet's words.
 * `signal` is about the opening; whoever has the stream destroys it.
 * @throws KubeError: NotFound (no such pod), Forbidden (`get` and `create` on pods/portforward are needed), Unreachable …; the signal's reason
 */
export async function openPortForward(
  client: ConnectedClient,
  { namespace, pod, port }: ForwardTarget,
  signal: AbortSignal,
): Promise<Duplex> {
  const socket = await client.openWebSocket({
    path: pathOf(resources.pods, { namespace, name: pod, subresource: 'portforward' }),
    query: { ports: port },
    protocol: channelProtocol,
    maxPayloadBytes,
    signal,
  });
  return new ChannelStream(socket);
}
