// --timeout of commands that wait: kubectl's 0 is no limit.
import { parseTimeout } from '../connection-flags.ts';

/** As good as no limit: what kubectl takes for it, too. */
const WEEK_MS = 7 * 24 * 3_600_000;

/** Milliseconds. @throws DorguError BadFlagValue (usage) */
export function parseWaitLimit(text: string): number {
  const timeoutMs = parseTimeout('--timeout', text) ?? 0;
  return timeoutMs === 0 ? WEEK_MS : timeoutMs;
}
