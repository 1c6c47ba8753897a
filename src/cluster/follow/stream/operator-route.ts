// The way to an operator's stream, found anew for each connection: through the API server to one of its pods, or straight to an address.
import { DorguError } from '../../../api/errors.ts';
import type { ConnectedClient } from '../../../kube/client.ts';
import { openPortForward } from '../../../kube/port-forward/open-port-forward.ts';
import { dial } from '../../../kube/transport/dial.ts';
import { streamPath } from '../../../protocol/messages.ts';
import { openStream, type OpenStream } from '../../../socket/open-stream.ts';
import { defaultOperatorNamespace, findStreamPods, type StreamPod } from './find-stream-pods.ts';
import { readOperatorCa } from './read-operator-ca.ts';
import { createCredentialsSource } from './stream-credentials.ts';

/** What flags and environment say about the way. */
export interface RouteOptions {
  /** `--operator-url`; undefined: through the API server. */
  operatorUrl?: string | undefined;
  /** `--operator-ca`, PEM; undefined: what the ConfigMap dorgu-ca holds. */
  operatorCa?: string | Buffer | undefined;
  /** Undefined: dorgu-system, else wherever the operator's Deployment is. */
  operatorNamespace?: string | undefined;
  /** For HTTPS_PROXY and NO_PROXY, which concern `operatorUrl`. */
  env?: Readonly<Record<string, string | undefined>>;
}

/** Opens connections. */
export interface OperatorRoute {
  /** `isRefused`: the credentials of before were. @throws StreamFailed, KubeError, DorguError; the signal's reason */
  open(options: { isRefused: boolean; signal: AbortSignal }): Promise<OpenStream>;
}

/** What the clock and the dice are for. */
export interface RouteParts {
  now: () => number;
  random: () => number;
  /** For the connection itself. */
  connectTimeoutMs: number;
}

/** The way that the options mean. @throws DorguError BadFlagValue for an address that is none, or not of TLS */
export function createOperatorRoute(
  client: ConnectedClient,
  options: RouteOptions,
  parts: RouteParts,
): OperatorRoute {
  const credentials = createCredentialsSource(client, parts.now);
  const find = options.operatorUrl === undefined ? createForward : createDirect;
  const locate = find(client, options, parts);
  return {
    async open({ isRefused, signal }) {
      // Before anything is looked for: who may not be shown to an operator needs none.
      const shown = await credentials.get({ isRefused, signal });
      const { bytes, target } = await locate(signal);
      return openStream(bytes, target, shown, signal);
    },
  };
}

type Locate = (
  signal: AbortSignal,
) => Promise<{ bytes: Parameters<typeof openStream>[0]; target: Parameters<typeof openStream>[1] }>;

function createForward(
  client: ConnectedClient,
  { operatorCa, operatorNamespace }: RouteOptions,
  { random }: RouteParts,
): Locate {
  let last: string | undefined;
  return async (signal) => {
    const pods = await findStreamPods(client, { namespace: operatorNamespace, signal });
    const pod = pickPod(pods, last, random);
    const { namespace } = pod;
    last = pod.name;
    const ca = operatorCa ?? (await readOperatorCa(client, { namespace, signal }));
    const bytes = await openPortForward(client, { namespace, pod: pod.name, port: pod.port }, signal);
    return { bytes, target: { url: new URL(`wss://dorgu-stream.${namespace}.svc${streamPath}`), ca } };
  };
}

/** Any but the one of before, where there is another: what ended there may end there again. */
function pickPod(pods: readonly StreamPod[], last: string | undefined, random: () => number): StreamPod {
  const others = pods.filter(({ name }) => name !== last);
  const choice = others.length > 0 ? others : pods;
  const picked = choice[Math.floor(random() * choice.length)] ?? choice[0];
  if (picked === undefined) throw new RangeError('expected a pod to choose');
  return picked;
}

function createDirect(
  client: ConnectedClient,
  { operatorUrl = '', operatorCa, operatorNamespace, env = {} }: RouteOptions,
  { connectTimeoutMs }: RouteParts,
): Locate {
  const url = parseOperatorUrl(operatorUrl);
  return async (signal) => {
    const namespace = operatorNamespace ?? defaultOperatorNamespace;
    const ca = operatorCa ?? (await readOperatorCa(client, { namespace, signal }));
    const server = new URL(url);
    server.protocol = 'https:';
    const bytes = await dial(server, env, { timeoutMs: connectTimeoutMs, signal });
    return { bytes, target: { url, ca } };
  };
}

/** `wss://stream.example.com`; the path is ours where none is given. @throws DorguError BadFlagValue */
export function parseOperatorUrl(text: string): URL {
  const url = URL.parse(text);
  const isPlain = url?.username === '' && url.password === '' && url.hash === '';
  if (url?.protocol !== 'wss:' || !isPlain)
    throw new DorguError(
      'BadFlagValue',
      'expected --operator-url as wss://HOST[:PORT][/PATH], without user and password',
      { hint: 'credentials go over TLS only: the stream has no other address' },
    );
  if (url.pathname === '/') url.pathname = streamPath;
  return url;
}
