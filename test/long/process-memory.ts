// The memory of a process, as Linux counts it.
import { readFile } from 'node:fs/promises';

/** In bytes. */
export interface ProcessMemory {
  /** VmRSS: what it holds now. */
  residentBytes: number;
  /** VmHWM: the most that it ever held. */
  peakBytes: number;
}

/** @throws Error where the process is gone, or the machine is no Linux */
export async function readMemory(pid: number): Promise<ProcessMemory> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const read = (field: string): number => {
    const [, kibibytes] = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status) ?? [];
    if (kibibytes === undefined) throw new Error(`no ${field} in the status of process ${pid}`);
    return Number(kibibytes) * 1024;
  };
  return { residentBytes: read('VmRSS'), peakBytes: read('VmHWM') };
}
