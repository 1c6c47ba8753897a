// Agents whose sockets go through a proxy.
import { Agent as HttpAgent, type AgentOptions as HttpAgentOptions, type ClientRequestArgs } from 'node:http';
import { Agent as HttpsAgent, type AgentOptions, type RequestOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import { asError } from './transport.ts';
import { openTunnel, type Proxy, type TunnelLimits } from './tunnel.ts';

type OnCreated = (error: Error | null, stream: Duplex) => void;

/** TLS to the server within the tunnel. */
export class HttpsTunnelAgent extends HttpsAgent {
  private readonly proxy: Proxy;
  private readonly limits: TunnelLimits;

  constructor(options: AgentOptions, proxy: Proxy, limits: TunnelLimits) {
    super(options);
    this.proxy = proxy;
    this.limits = limits;
  }

  override createConnection(options: RequestOptions, onCreated?: OnCreated): undefined {
    open(this.proxy, this.limits, options, onCreated, (socket) => {
      const withSocket: RequestOptions & { socket: Duplex } = { ...options, socket };
      return super.createConnection(withSocket) ?? socket;
    });
  }
}

/** Plain HTTP within the tunnel. */
export class HttpTunnelAgent extends HttpAgent {
  private readonly proxy: Proxy;
  private readonly limits: TunnelLimits;

  constructor(options: HttpAgentOptions, proxy: Proxy, limits: TunnelLimits) {
    super(options);
    this.proxy = proxy;
    this.limits = limits;
  }

  override createConnection(options: ClientRequestArgs, onCreated?: OnCreated): undefined {
    open(this.proxy, this.limits, options, onCreated, (socket) => socket);
  }
}

function open(
  proxy: Proxy,
  limits: TunnelLimits,
  { host, port }: ClientRequestArgs,
  onCreated: OnCreated | undefined,
  wrap: (socket: Duplex) => Duplex,
): void {
  const target = { host: host ?? '', port: Number(port) };
  openTunnel(proxy, target, limits).then(
    (socket) => onCreated?.(null, wrap(socket)),
    // Node reads the stream only where there is no error.
    (error: unknown) => (onCreated as ((error: Error) => void) | undefined)?.(asError(error)),
  );
}
