// Tells what is missing from a description from what ends it.
import { KubeError } from '../kube/kube-error.ts';
import type { Part } from '../status/cluster/part.ts';

/**
 * Runs one reading. An answer of the server that says no (403, 500, a part of the API that is down) is a part without a value, and so is
 * one that takes too long; what concerns every request alike is thrown.
 */
export async function attempt<T>(read: () => Promise<T>): Promise<Part<T>> {
  try {
    return { value: await read() };
  } catch (error) {
    if (!(error instanceof KubeError) || !isPartial(error)) throw error;
    return { failure: error.message };
  }
}

function isPartial({ httpStatus, code }: KubeError): boolean {
  if (httpStatus === undefined) return code === 'Timeout';
  return httpStatus !== 401;
}
