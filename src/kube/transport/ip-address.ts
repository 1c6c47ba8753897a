// IP addresses and ranges as Go compares them: IPv4 written as IPv6 is IPv4, and no range holds addresses of the other family.
import { BlockList, isIP, isIPv4 } from 'node:net';

/** An address in its one spelling. */
export interface Address {
  family: 'ipv4' | 'ipv6';
  text: string;
}

/** A range of addresses. */
export interface AddressRange {
  family: Address['family'];
  list: BlockList;
}

/** The address; undefined for anything else, with a zone too. */
export function parseAddress(text: string): Address | undefined {
  if (isIPv4(text)) return { family: 'ipv4', text };
  if (isIP(text) === 0 || text.includes('%')) return undefined;
  const canonical = new URL(`http://[${text}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical);
  if (mapped === null) return { family: 'ipv6', text: canonical };
  const groups = [mapped[1] ?? '', mapped[2] ?? ''].map((group) => Number.parseInt(group, 16));
  return { family: 'ipv4', text: groups.flatMap((group) => [group >> 8, group & 0xff]).join('.') };
}

/** `10.0.0.0/8`; undefined for anything else. */
export function parseRange(text: string): AddressRange | undefined {
  const [start = '', length = '', ...rest] = text.split('/');
  const address = parseAddress(start);
  const bits = Number(length);
  const isWritten4 = isIPv4(start);
  if (rest.length > 0 || address === undefined || !/^\d{1,3}$/.test(length)) return undefined;
  if (bits > (isWritten4 ? 32 : 128)) return undefined;
  const list = new BlockList();
  const isMapped = address.family === 'ipv4' && !isWritten4;
  list.addSubnet(address.text, isMapped ? Math.max(0, bits - 96) : bits, address.family);
  return { family: address.family, list };
}

/** Whether the range holds the address. */
export function contains({ family, list }: AddressRange, address: Address): boolean {
  return family === address.family && list.check(address.text, address.family);
}

/** Whether the address is this machine. */
export function isLoopback({ family, text }: Address): boolean {
  return family === 'ipv4' ? text.startsWith('127.') : text === '::1';
}
