// Whether a text is a range of IP addresses, by the rules of the API server's isCIDR (Go's netip.ParsePrefix).

/** True for `10.0.0.0/8`, `2001:db8::/32`; false for leading zeros, zones, IPv4-mapped IPv6 and lengths beyond the address. */
export function isCidr(value: string): boolean {
  const [address = '', length = '', ...rest] = value.split('/');
  if (rest.length > 0 || !/^(0|[1-9][0-9]{0,2})$/.test(length)) return false;
  if (!address.includes(':')) return ipv4Octets(address) !== undefined && Number(length) <= 32;
  const groups = ipv6Groups(address);
  return groups !== undefined && !isIpv4Mapped(groups) && Number(length) <= 128;
}

function ipv4Octets(text: string): number[] | undefined {
  const parts = text.split('.');
  const isFine =
    parts.length === 4 && parts.every((part) => /^(0|[1-9][0-9]{0,2})$/.test(part) && Number(part) < 256);
  return isFine ? parts.map(Number) : undefined;
}

/** The eight groups of an IPv6 address. */
function ipv6Groups(address: string): number[] | undefined {
  const [head = '', tail, ...rest] = address.split('::');
  const before = groupsOf(head, tail === undefined);
  if (rest.length > 0 || !before) return undefined;
  if (tail === undefined) return before.length === 8 ? before : undefined;
  const after = groupsOf(tail, true);
  if (!after || before.length + after.length > 7) return undefined;
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

/** Groups of hexadecimal digits; the last of an address may be written as IPv4. */
function groupsOf(text: string, isEnd: boolean): number[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  const octets = isEnd ? ipv4Octets(parts.at(-1) ?? '') : undefined;
  const hexadecimal = octets ? parts.slice(0, -1) : parts;
  if (!hexadecimal.every((part) => /^[0-9A-Fa-f]{1,4}$/.test(part))) return undefined;
  const groups = hexadecimal.map((part) => Number.parseInt(part, 16));
  return octets ? [...groups, ...pairsOf(octets)] : groups;
}

function pairsOf([first = 0, second = 0, third = 0, fourth = 0]: readonly number[]): number[] {
  return [first * 256 + second, third * 256 + fourth];
}

function isIpv4Mapped(groups: readonly number[]): boolean {
  return groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0);
}
