// Which requests are none for a WebSocket of ours, once it is known who asks.
import type { IncomingMessage } from 'node:http';
import { streamPath } from '../../src/protocol/messages.ts';

/** Why somebody is not let in: words of the metric. */
export type RefusalReason =
  | 'unauthenticated'
  | 'origin'
  | 'host'
  | 'path'
  | 'protocol'
  | 'user-limit'
  | 'full'
  | 'stopping'
  | 'unavailable'
  | 'door'
  | 'handshake';

/** What they are told. */
export interface Refusal {
  status: number;
  reason: RefusalReason;
  /** One line. */
  text: string;
  headers?: Readonly<Record<string, string>>;
}

/** What is looked at. */
export type Asked = Pick<IncomingMessage, 'method' | 'url' | 'headers'>;

/** Of RFC 6455, the only one there is. */
const version = '13';
const keyPattern = /^[+/0-9A-Za-z]{22}==$/;

/** In this order: origin, host, path, method, version. `hosts` in lower case. */
export function findRefusal(asked: Asked, hosts: ReadonlySet<string>): Refusal | undefined {
  const { method, url = '', headers } = asked;
  if (headers.origin !== undefined)
    return { status: 403, reason: 'origin', text: 'expected no Origin header: this is not for web pages' };
  if (!hosts.has(readHost(headers.host)))
    return {
      status: 403,
      reason: 'host',
      text: 'expected a Host that the stream is served under; --websocket-hosts of the operator names more',
    };
  if (url.split('?', 1)[0] !== streamPath)
    return { status: 404, reason: 'path', text: `expected the path ${streamPath}` };
  if (method !== 'GET') return { status: 400, reason: 'protocol', text: 'expected GET' };
  return findHandshakeRefusal(asked);
}

function findHandshakeRefusal({ headers }: Asked): Refusal | undefined {
  const upgrade = { upgrade: 'websocket', 'sec-websocket-version': version };
  if (headers.upgrade?.toLowerCase() !== 'websocket')
    return { status: 426, reason: 'protocol', text: 'expected an upgrade to websocket', headers: upgrade };
  if (headers['sec-websocket-version'] !== version)
    return {
      status: 426,
      reason: 'protocol',
      text: `expected version ${version} of WebSocket`,
      headers: upgrade,
    };
  if (!keyPattern.test(headers['sec-websocket-key'] ?? ''))
    return { status: 400, reason: 'protocol', text: 'expected a Sec-WebSocket-Key of 16 bytes' };
  return undefined;
}

/** Without its port and the dot at its end. */
function readHost(host: string | undefined): string {
  const [, name = ''] = /^(\[[^\]]{1,64}\]|[^:[\]]{1,253})(?::\d{1,5})?$/.exec(host ?? '') ?? [];
  return name.toLowerCase().replace(/\.$/, '');
}

/** The token of an Authorization header; undefined where there is none. */
export function readToken({ headers }: Pick<Asked, 'headers'>): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
}
