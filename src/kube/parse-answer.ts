// The body of a successful answer: JSON, or text where that is what the path gives.
import type { KubeRequest } from './client.ts';
import { summarise, type Endpoint } from './errors-of-answers.ts';
import { KubeError } from './kube-error.ts';

/** Parsed JSON; text for text/plain. @throws KubeError InvalidAnswer, for what no API server says */
export function parseAnswer(
  text: string,
  contentType: string | undefined,
  { server }: Endpoint,
  { method, path }: Pick<KubeRequest, 'method' | 'path'>,
): unknown {
  const type = toMediaType(contentType);
  if (type === 'text/plain') return text;
  try {
    if (isJson(type)) return JSON.parse(text);
  } catch (cause) {
    throw invalidAnswer(`${server} answered ${method} ${path} with JSON that cannot be read`, cause);
  }
  throw invalidAnswer(`expected JSON from ${server} for ${method} ${path}, found ${type}`, summarise(text));
}

/** For answers that are read while they come. @throws KubeError InvalidAnswer, for neither JSON nor plain text */
export function expectReadable(
  contentType: string | undefined,
  { server }: Endpoint,
  { method, path }: Pick<KubeRequest, 'method' | 'path'>,
): void {
  const type = toMediaType(contentType);
  if (type === 'text/plain' || isJson(type)) return;
  throw invalidAnswer(`expected JSON from ${server} for ${method} ${path}, found ${type}`);
}

function toMediaType(contentType = ''): string {
  return contentType.split(';')[0]?.trim().toLowerCase() ?? '';
}

function isJson(type: string): boolean {
  return type === '' || type === 'application/json' || type.endsWith('+json');
}

function invalidAnswer(message: string, cause?: unknown): KubeError {
  return new KubeError('InvalidAnswer', message, {
    cause,
    hint: 'is this the address of an API server, and no login page or proxy between? kubectl cluster-info shows it',
  });
}
