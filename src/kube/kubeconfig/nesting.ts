// How deep a YAML text may nest before anybody parses it: parsers need a multiple of their time for every level.

/** Far beyond any kubeconfig, extensions included. */
const maxDepth = 100;

/** Whether a text nests, or looks as if it nested, deeper than a kubeconfig does. Brackets in quotes count too. */
export function isTooDeep(text: string): boolean {
  return hasDeepBrackets(text) || hasDeepLines(text);
}

function hasDeepBrackets(text: string): boolean {
  let depth = 0;
  for (const match of text.matchAll(/[[{\]}]/g)) {
    depth = match[0] === '[' || match[0] === '{' ? depth + 1 : Math.max(0, depth - 1);
    if (depth > maxDepth) return true;
  }
  return false;
}

/** `- - - a`, `? ? ? a`, `!a !a !a b`: indentation and indicators, one level each. */
function hasDeepLines(text: string): boolean {
  for (const line of text.split(/[\r\n]/)) {
    const indentation = /^ */.exec(line)?.[0].length ?? 0;
    if (indentation > maxDepth * 4) return true;
    let indicators = 0;
    for (const _ of line.matchAll(/(?:^|[ \t])(?:[-?:]|[&!*][^ \t]*)(?=[ \t]|$)/g)) {
      indicators += 1;
      if (indicators > maxDepth) return true;
    }
  }
  return false;
}
