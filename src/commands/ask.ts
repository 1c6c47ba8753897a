// Asks a person at a terminal; where there is none, nobody is asked.
import { createInterface } from 'node:readline/promises';
import { escapeText } from '../ui/escape.ts';
import type { Invocation } from './invocation.ts';

/** One question; Enter takes the suggestion. */
export interface Question<K extends string> {
  key: K;
  text: string;
  suggestion?: string | undefined;
}

/** Whether there is a person to ask: questions go to stderr, answers come from stdin. */
export function canAsk({ stdin, stderr }: Pick<Invocation, 'stdin' | 'stderr'>): boolean {
  return stdin.isTTY && stderr.isTTY === true;
}

/** The answers by key; '' is none. Rejects with AbortError on Ctrl-C. */
export async function ask<K extends string>(
  questions: readonly Question<K>[],
  { stdin, stderr, signal }: Invocation,
): Promise<Partial<Record<K, string>>> {
  const answers: Partial<Record<K, string>> = {};
  const lines = createInterface({ input: stdin, output: stderr });
  // readline takes Ctrl-C from the terminal itself: hand it on.
  const interrupted = new AbortController();
  lines.on('SIGINT', () => interrupted.abort());
  try {
    for (const { key, text, suggestion } of questions) {
      const shown = suggestion === undefined ? text : `${text} [${escapeText(suggestion)}]`;
      const answer = await lines.question(`${shown}: `, {
        signal: AbortSignal.any([signal, interrupted.signal]),
      });
      answers[key] = answer.trim() === '' ? (suggestion ?? '') : answer.trim();
    }
    return answers;
  } finally {
    lines.close();
  }
}
