// Writes conditions as Kubernetes wants them: a time that changes only when the status flips, and the generation that was judged.
import { compareText } from '../api/compare-text.ts';
import type { Condition } from '../api/personas.ts';
import { formatInstant, toParagraph } from './plain-text.ts';

/** A condition as it is judged now. */
export type JudgedCondition = Pick<Condition, 'type' | 'status' | 'reason' | 'message'>;

/** The conditions to write, in the order given. `generation` is the spec's that was judged. */
export function setConditions(
  judged: readonly JudgedCondition[],
  previous: readonly Condition[] | undefined,
  { generation, now }: { generation: number | undefined; now: Date },
): Condition[] {
  return judged.map(({ type, status, reason, message }) => {
    const before = previous?.find((condition) => condition.type === type);
    return {
      type,
      status,
      reason,
      message: toParagraph(message),
      lastTransitionTime: before?.status === status ? before.lastTransitionTime : formatInstant(now),
      ...(generation === undefined ? {} : { observedGeneration: generation }),
    };
  });
}

const times = new Set(['lastUpdated', 'lastCheck', 'lastChecked', 'lastTransitionTime', 'lastDiscovery']);

/** Whether two parts of a status say the same, whatever the order of their fields; times that only date a change are left out. */
export function isSameButTimes(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (!isObject(left) || !isObject(right)) return (left ?? null) === (right ?? null);
  if (Array.isArray(left) || Array.isArray(right)) return isSameList(left, right);
  const [ours, theirs] = [listComparable(left), listComparable(right)];
  return (
    ours.length === theirs.length &&
    ours.every((key) => theirs.includes(key) && isSameButTimes(left[key], right[key]))
  );
}

/** A health with the time of its last change: that before where it says the same as before. */
export function dateHealth<T extends { lastCheck?: string }>(
  health: T,
  previous: T | undefined,
  now: Date,
): T {
  const isSame = previous?.lastCheck !== undefined && isSameButTimes(health, previous);
  return { ...health, lastCheck: isSame ? previous.lastCheck : formatInstant(now) };
}

function isSameList(left: unknown, right: unknown): boolean {
  if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
  return left.every((item, index) => isSameButTimes(item, right[index]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** As JSON would have it: a field that is undefined is none. */
function listComparable(fields: Record<string, unknown>): string[] {
  return Object.keys(fields).filter((key) => fields[key] !== undefined && !times.has(key));
}

/** Text that is equal where {@link isSameButTimes} holds. */
export function toComparableText(value: unknown): string {
  return JSON.stringify(value ?? null, (key, field: unknown) => {
    if (times.has(key)) return undefined;
    if (typeof field !== 'object' || field === null || Array.isArray(field)) return field;
    return Object.fromEntries(Object.entries(field).sort(([a], [b]) => compareText(a, b)));
  });
}
