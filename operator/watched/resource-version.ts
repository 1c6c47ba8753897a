// Which of two versions of one object is the later one.

/** Kubernetes writes counts; what is none is only ever equal to itself. */
const count = /^\d{1,30}$/;

/** Whether the version is the other one, or one that came after it. */
export function isAtLeast(version: string, other: string): boolean {
  if (version === other) return true;
  return count.test(version) && count.test(other) && BigInt(version) > BigInt(other);
}
