// WebSocket as a subscriber of the bench sees it: as little work as there can be, so that the server is what is measured.
import { randomBytes } from 'node:crypto';

/** The handshake of a caller with this token. */
export function formatUpgrade(token: string, host: string): string {
  return [
    'GET /ws HTTP/1.1',
    `Host: ${host}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    `Authorization: Bearer ${token}`,
    '\r\n',
  ].join('\r\n');
}

/** A short text as a client's frame; the mask is zero. */
export function formatClientFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  if (payload.length > 125) throw new RangeError('expected a short text');
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}

/** A ping's answer; the mask is zero. */
export function formatPong(payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x8a, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}

/** Takes bytes after the handshake apart, and calls with the payload of each whole message, and of each ping. */
export function createFrameReader(
  onMessage: (payload: Buffer) => void,
  onPing: (payload: Buffer) => void,
): (bytes: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (bytes) => {
    const all = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    let at = 0;
    for (;;) {
      const bounds = findPayload(all, at);
      if (bounds === undefined || bounds.end > all.length) break;
      const opcode = (all[at] ?? 0) & 0x0f;
      if (opcode === 1) onMessage(all.subarray(bounds.start, bounds.end));
      else if (opcode === 9) onPing(all.subarray(bounds.start, bounds.end));
      at = bounds.end;
    }
    rest = all.subarray(at);
  };
}

/** Where the payload of the frame at this place lies; undefined where not even its length has come. */
function findPayload(bytes: Buffer, at: number): { start: number; end: number } | undefined {
  if (bytes.length < at + 2) return undefined;
  const short = bytes.readUInt8(at + 1) & 0x7f;
  const start = at + (short < 126 ? 2 : short === 126 ? 4 : 10);
  if (bytes.length < start) return undefined;
  const length =
    short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
  return { start, end: start + length };
}
