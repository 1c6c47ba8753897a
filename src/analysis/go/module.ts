// Reads go.mod: the module's path, Go's version and the modules that it needs itself.
import type { Evidence } from '../../application/fact.ts';

/** What a go.mod says, each with its line. */
export interface GoModule {
  file: string;
  path?: { value: string; evidence: Evidence };
  goVersion?: { value: string; evidence: Evidence };
  /** Direct requirements by module path. */
  requires: Map<string, Evidence>;
}

const MAX_LINES = 10_000;

/** Parses a go.mod; lines that it does not know say nothing. */
export function parseGoModule(text: string, file: string): GoModule {
  const module: GoModule = { file, requires: new Map() };
  let block: string | undefined;
  text.split('\n', MAX_LINES).forEach((raw, index) => {
    const line = raw.trim();
    if (line === ')') block = undefined;
    const opened = /^(\w{1,20})\s{0,4}\($/.exec(line)?.[1];
    if (opened !== undefined) block = opened;
    else
      readDirective(module, block === undefined ? line : `${block} ${line}`, {
        file,
        line: index + 1,
        reason: line.slice(0, 160),
      });
  });
  return module;
}

const DIRECTIVE = /^(module|go|require)\s{1,8}"?([^\s"/][^\s"]{0,200})"?(.{0,200})$/;

function readDirective(module: GoModule, line: string, evidence: Evidence): void {
  const match = DIRECTIVE.exec(line);
  if (!match) return;
  const [, directive, value = '', rest = ''] = match;
  if (directive === 'module') module.path ??= { value, evidence };
  else if (directive === 'go') module.goVersion ??= { value, evidence };
  else if (!/\/\/\s?indirect/.test(rest) && !module.requires.has(value)) module.requires.set(value, evidence);
}
