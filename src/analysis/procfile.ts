// Procfile: one process a line, `web: npm run start`; read by every language.

/** A process type with its command and line (from 1). */
export interface ProcfileEntry {
  process: string;
  command: string;
  line: number;
}

const MAX_ENTRIES = 100;

/** The entries in file order; comments, blank lines and what is no entry are left out. */
export function parseProcfile(text: string): ProcfileEntry[] {
  const entries: ProcfileEntry[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (entries.length >= MAX_ENTRIES) break;
    const match = /^\s*([A-Za-z][\w-]{0,62})\s*:\s*(\S.*)$/.exec(line.slice(0, 4096));
    if (match?.[1] && match[2])
      entries.push({ process: match[1], command: match[2].trim(), line: index + 1 });
  }
  return entries;
}

/** The process that serves requests (`web`), else the only long-running one that is there. */
export function mainProcess(entries: readonly ProcfileEntry[]): ProcfileEntry | undefined {
  const web = entries.find((entry) => entry.process === 'web');
  if (web) return web;
  const running = entries.filter((entry) => !['release', 'build', 'postdeploy'].includes(entry.process));
  return running.length === 1 ? running[0] : undefined;
}
