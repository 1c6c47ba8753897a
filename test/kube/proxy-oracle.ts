// Asks Go which proxy it takes: the Go program of proxy-oracle.
import { join } from 'node:path';
import { askGoProgram, provideGoProgram } from '../cluster/go-program.ts';

/** An environment, and servers to reach in it. */
export interface ProxyQuestion {
  env: Record<string, string>;
  urls: string[];
}

/** Path of the program; see provideGoProgram. */
export function provideProxyOracle(environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  return provideGoProgram(join(import.meta.dirname, 'proxy-oracle'), environment);
}

/** For each question and server the proxy, empty for none. */
export async function askProxyOracle(path: string, questions: readonly ProxyQuestion[]): Promise<string[][]> {
  return (await askGoProgram(path, questions, questions.length)) as string[][];
}
