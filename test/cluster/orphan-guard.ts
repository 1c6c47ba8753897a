// The last line of defence: a shell that outlives this process, even a killed one, and removes what the control plane leaves.
import { spawn } from 'node:child_process';

/** A guard over programs and one folder. */
export interface OrphanGuard {
  /** Adds a program to what is killed. */
  watch(pid: number): void;
  /** Ends the guard without doing anything: all was stopped properly. */
  dismiss(): Promise<void>;
}

// It reads pids until its input closes, which happens when our process ends, however it ends. "done" means nothing is left to do.
const script = `
pids=
while read -r line; do
  [ "$line" = done ] && exit 0
  pids="$pids $line"
done
[ -n "$pids" ] && kill -9 $pids 2>/dev/null
rm -rf "$1" || { sleep 1; rm -rf "$1"; }
`;

/** Starts a guard that kills the watched programs and removes `folder` when this process ends without having dismissed it. */
export function createOrphanGuard(folder: string): OrphanGuard {
  const shell = spawn('/bin/sh', ['-c', script, 'orphan-guard', folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  const ended = new Promise<void>((resolve) => {
    shell.once('exit', () => resolve());
    shell.once('error', () => resolve());
  });
  // A guard that is gone already cannot be written to; there is nothing better to do than to go on without it.
  shell.stdin.on('error', () => undefined);
  shell.unref();
  return {
    watch: (pid) => void shell.stdin.write(`${pid}\n`),
    dismiss: async () => {
      shell.ref();
      shell.stdin.end('done\n');
      await ended;
    },
  };
}
