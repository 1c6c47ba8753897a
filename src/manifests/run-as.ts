// Which user the container runs as: the image's own, else one that no image and no node knows.
import type { UserValue } from '../application/component.ts';
import type { RunAsPlan } from './component-plan.ts';

/** Uid and gid where the image has none of its own; over 10,000, so that no node has a user of that number. */
export const defaultUid = 10001;

/** Decides the user; `hardening: max` gives up low uids of the image, which judges of security ask for. */
export function planRunAs(user: UserValue | undefined, hardening: 'standard' | 'max'): RunAsPlan {
  if (needsRoot(user)) return { uid: 0, gid: 0, isRoot: true, isOwn: true };
  const lowest = hardening === 'standard' ? 1 : defaultUid;
  const uid = user?.uid;
  if (!isId(uid) || uid < lowest) return { uid: defaultUid, gid: defaultUid, isRoot: false, isOwn: false };
  const gid = user?.gid;
  return { uid, gid: isId(gid) && gid > 0 ? gid : uid, isRoot: false, isOwn: true };
}

// Without a USER it is root by default and not by need: most applications start as anybody.
function needsRoot(user: UserValue | undefined): boolean {
  return user?.isRoot === true && user.isAssumed !== true;
}

function isId(value: number | undefined): value is number {
  return value !== undefined && Number.isInteger(value) && value >= 0 && value <= 2 ** 31 - 1;
}
