// Values of log fields as what JSON can hold, small enough for a line.

const longestText = 2000;
const mostItems = 50;
const deepest = 4;

/** Errors as message and code (and stack, where wanted), long texts and lists cut, nothing that throws. */
export function toPlain(value: unknown, options: { withStack: boolean }, depth = 0): unknown {
  if (typeof value === 'string') return cut(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'function' || typeof value === 'symbol') return typeof value;
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Error) return describeError(value, options.withStack);
  return depth >= deepest ? '…' : toPlainObject(value, options, depth + 1);
}

function toPlainObject(value: object, options: { withStack: boolean }, depth: number): unknown {
  if (Array.isArray(value))
    return value.slice(0, mostItems).map((item: unknown) => toPlain(item, options, depth));
  const entries: [unknown, unknown][] = value instanceof Map ? [...value] : Object.entries(value);
  return Object.fromEntries(
    entries.slice(0, mostItems).map(([name, item]) => [cut(String(name)), toPlain(item, options, depth)]),
  );
}

/** The causes' messages are part of it: the last one is what went wrong. */
function describeError(error: Error, withStack: boolean): string {
  if (withStack && error.stack !== undefined) return cut(error.stack);
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code}: ` : '';
  const cause = error.cause;
  const why = cause instanceof Error ? cause.message : typeof cause === 'string' ? cause : '';
  const isSaid = why === '' || error.message.includes(why);
  return cut(`${code}${error.message}${isSaid ? '' : `: ${why}`}`);
}

function cut(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}
