// Finds the lines of keys in JSON text, so that evidence can point at them.

const MAX_DEPTH = 3;
const MAX_KEYS = 20_000;

/**
 * Lines (from 1) of the keys of a JSON object, by their path joined with a line break (`scripts\nstart`), three levels deep.
 * Linear; never throws, whatever the text is.
 */
export function findKeyLines(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  const path: string[] = [];
  const token = /"((?:[^"\\\n]|\\.){0,512})"(\s*:)?|[{}[\]\n]/g;
  let line = 1;
  let pending = '';
  for (let match = token.exec(text); match && lines.size < MAX_KEYS; match = token.exec(text)) {
    const [char, key, colon] = match;
    if (char === '\n') line++;
    else if (char === '{' || char === '[') path.push(char === '{' ? pending : '[');
    else if (char === '}' || char === ']') path.pop();
    else if (key !== undefined && colon !== undefined) {
      pending = key;
      if (path.length <= MAX_DEPTH && !path.includes('[')) record(lines, [...path.slice(1), key], line);
      line += countBreaks(colon);
    }
  }
  return lines;
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
