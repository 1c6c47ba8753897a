// An error as text for people and as an object for machines; foreign text in it is escaped, nothing is wrapped.
import { DorguError } from '../api/errors.ts';
import { KubeError } from '../kube/kube-error.ts';
import { escapeText } from '../ui/escape.ts';
import { product } from './product.ts';

/** `{"error": …}` of -o json and -o yaml. */
export interface ErrorDocument {
  error: {
    code: string;
    message: string;
    cause?: string;
    hint?: string;
    details?: readonly string[];
    /** The API server's answer, verbatim. */
    status?: unknown;
  };
}

/** What a person reads. `emphasise` colours the first word; `withStack` adds where it was thrown. */
export function formatError(
  error: unknown,
  { emphasise = (text: string) => text, withStack = false } = {},
): string {
  const { message, cause, hint, details } = describeError(error);
  const lines = [
    `${emphasise('error:')} ${escapeText(message)}`,
    ...details.map((line) => `  ${escapeText(line)}`),
    ...(cause === undefined ? [] : [`cause: ${escapeText(cause)}`]),
    ...(hint === undefined ? [] : [`hint: ${escapeText(hint)}`]),
    ...(withStack ? formatStacks(error) : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** What a machine reads. */
export function toErrorDocument(error: unknown): ErrorDocument {
  const { code, message, cause, hint, details } = describeError(error);
  return {
    error: {
      code,
      message,
      ...(cause === undefined ? {} : { cause }),
      ...(hint === undefined ? {} : { hint }),
      ...(details.length === 0 ? {} : { details }),
      ...(error instanceof KubeError && error.status !== undefined ? { status: error.status } : {}),
    },
  };
}

function describeError(error: unknown) {
  if (error instanceof DorguError) {
    const { code, message, hint, details } = error;
    return { code, message, cause: describeCause(error.cause), hint, details };
  }
  return {
    code: 'Bug',
    message: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    cause: describeCause(error instanceof Error ? error.cause : undefined),
    hint: `this is a bug of ${product.name}: run it again with -v 6 and report the stack at ${product.homepage}/issues`,
    details: [],
  };
}

function describeCause(cause: unknown): string | undefined {
  if (cause === undefined || cause === null) return undefined;
  return cause instanceof Error ? cause.message : typeof cause === 'string' ? cause : JSON.stringify(cause);
}

/** The stack of the error and of each cause under it, at most ten. */
function formatStacks(error: unknown): string[] {
  const lines: string[] = [];
  for (
    let current = error, depth = 0;
    current instanceof Error && depth < 10;
    current = current.cause, depth += 1
  ) {
    lines.push(...(current.stack ?? '').split('\n').map(escapeText));
  }
  return lines;
}
