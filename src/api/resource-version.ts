// The order of the versions of one kind's objects. Every API server numbers them; since Kubernetes 1.35 it promises to.

/** Whether the first version came before the second: as numbers of any length; false where one is none. */
export function isOlder(one: string, other: string): boolean {
  if (!/^\d+$/.test(one) || !/^\d+$/.test(other)) return false;
  return one.length === other.length ? one < other : one.length < other.length;
}
