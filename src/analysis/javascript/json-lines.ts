// Finds the lines of keys in JSON text, so that evidence can point at them.

const MAX_DEPTH = 3;
const MAX_KEYS = 20_000;

interface Scan {
  readonly lines: Map<string, number>;
  readonly path: string[];
  line: number;
  /** The key whose value comes next. */
  pending: string;
}

/**
 * Lines (from 1) of the keys of a JSON object, by their path joined with a line break (`scripts\nstart`), three levels deep.
 * Linear; never throws, whatever the text is.
 */
export function findKeyLines(text: string): ReadonlyMap<string, number> {
  const scan: Scan = { lines: new Map(), path: [], line: 1, pending: '' };
  const tokens = text.matchAll(/"((?:[^"\\\n]|\\.){0,512})"(\s*:)?|[{}[\]\n]/g);
  for (const [char, key, colon] of tokens) {
    if (scan.lines.size >= MAX_KEYS) break;
    if (key === undefined) readBracket(scan, char);
    else if (colon !== undefined) readKey(scan, key, colon);
  }
  return scan.lines;
}

function readBracket(scan: Scan, char: string): void {
  if (char === '\n') scan.line++;
  else if (char === '{') scan.path.push(scan.pending);
  else if (char === '[') scan.path.push('[');
  else scan.path.pop();
}

function readKey(scan: Scan, key: string, colon: string): void {
  scan.pending = key;
  if (scan.path.length <= MAX_DEPTH && !scan.path.includes('['))
    record(scan.lines, [...scan.path.slice(1), key], scan.line);
  scan.line += countBreaks(colon);
}

function record(lines: Map<string, number>, path: readonly string[], line: number): void {
  const key = path.join('\n');
  if (!lines.has(key)) lines.set(key, line);
}

function countBreaks(text: string): number {
  let count = 0;
  for (const char of text) if (char === '\n') count++;
  return count;
}
