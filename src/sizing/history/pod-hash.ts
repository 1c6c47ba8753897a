// A number in place of a pod's name: names are long, come and go, and are only ever compared.

const prime = 0x01000193;

/** 52 bits of the name. Two pods of one workload and day that share a number are one in ten thousand million. */
export function hashPod(name: string): number {
  let low = 0x811c9dc5;
  let high = 0x9dc5811c;
  for (let at = 0; at < name.length; at++) {
    const unit = name.charCodeAt(at);
    low = Math.imul(low ^ unit, prime);
    high = Math.imul(high ^ (unit + at), prime) ^ (high >>> 15);
  }
  return ((high >>> 0) % 2 ** 20) * 2 ** 32 + (low >>> 0);
}
