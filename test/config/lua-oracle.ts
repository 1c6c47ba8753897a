// Runs health checks in the Lua that Argo CD has: the Go program of lua-oracle.
import { join } from 'node:path';
import { askGoProgram, provideGoProgram } from '../cluster/go-program.ts';

/** What a health check answers; status `error` where the script failed. */
export interface Health {
  status: string;
  message: string;
}

/** Path of the program; see provideGoProgram. */
export function provideLua(environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  return provideGoProgram(join(import.meta.dirname, 'lua-oracle'), environment);
}

/** One answer for each object, in order. */
export async function askLua(path: string, script: string, objects: readonly object[]): Promise<Health[]> {
  return (await askGoProgram(path, { script, objects }, objects.length)) as Health[];
}
