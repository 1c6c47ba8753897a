// Frames of RFC 6455 as no client of a library would send them, and the code of the one that ends a connection.

/** How a frame is to be wrong. */
export interface FrameFaults {
  isLast?: boolean;
  /** The length that its head tells. */
  declared?: number;
  isMasked?: boolean;
}

/** A frame of a client, masked with zeroes. */
export function formatFrame(opcode: number, payload: Buffer, faults: FrameFaults = {}): Buffer {
  const { isLast = true, declared = payload.length, isMasked = true } = faults;
  const masked = isMasked ? 0x80 : 0;
  return Buffer.concat([
    Buffer.from([(isLast ? 0x80 : 0) | opcode]),
    formatLength(declared, masked),
    Buffer.alloc(isMasked ? 4 : 0),
    payload,
  ]);
}

function formatLength(length: number, masked: number): Buffer {
  if (length < 126) return Buffer.from([masked | length]);
  const isLong = length >= 65_536;
  const bytes = Buffer.alloc(isLong ? 9 : 3);
  bytes.writeUInt8(masked | (isLong ? 127 : 126), 0);
  if (isLong) bytes.writeBigUInt64BE(BigInt(length), 1);
  else bytes.writeUInt16BE(length, 1);
  return bytes;
}

/** The code in the close frame that is the last thing that came. */
export function readCloseCode(bytes: Buffer): number | undefined {
  for (let at = bytes.length - 4; at >= 0; at -= 1)
    if (bytes[at] === 0x88 && (bytes[at + 1] ?? 0) === bytes.length - at - 2)
      return bytes.readUInt16BE(at + 2);
  return undefined;
}
