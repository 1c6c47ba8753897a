// Asks a person at a terminal; where there is none, nobody is asked.
import { createInterface } from 'node:readline';
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

/** The answers by key; '' is none. Rejects with AbortError on Ctrl-C and on Ctrl-D: nothing is decided then. */
export async function ask<K extends string>(
  questions: readonly Question<K>[],
  { stdin, stderr, signal }: Pick<Invocation, 'stdin' | 'stderr' | 'signal'>,
): Promise<Partial<Record<K, string>>> {
  signal.throwIfAborted();
  const lines = createInterface({ input: stdin, output: stderr });
  // The iterator keeps what is typed ahead; readline's own question() would lose it.
  const typed = lines[Symbol.asyncIterator]();
  const close = () => lines.close();
  const end = new AbortController();
  lines.on('close', () => end.abort());
  // readline takes Ctrl-C from the terminal itself.
  lines.on('SIGINT', close);
  signal.addEventListener('abort', close);
  try {
    const answers: Partial<Record<K, string>> = {};
    for (const { key, text, suggestion } of questions) {
      lines.setPrompt(`${suggestion === undefined ? text : `${text} [${escapeText(suggestion)}]`}: `);
      // Lines that came before the end are still answers.
      if (!end.signal.aborted) lines.prompt();
      const line = await typed.next();
      if (line.done === true) throw new DOMException('nothing was answered', 'AbortError');
      answers[key] = line.value.trim() === '' ? (suggestion ?? '') : line.value.trim();
    }
    return answers;
  } finally {
    signal.removeEventListener('abort', close);
    lines.close();
  }
}
