// The language model's part of `generate`: asked before anything is built, where somebody asks for it.
import type { ModelWords } from '../../application/model-words.ts';
import type { GenerationInput } from '../../generation/prepare-application.ts';
import { escapeText } from '../../ui/escape.ts';
import { formatStructured } from '../../ui/structured.ts';
import { isStructured } from '../output-flag.ts';

/** The flags that this part reads. */
interface ModelFlags {
  'show-prompt': boolean;
  quiet: boolean;
  output: string | undefined;
}

/** Where its words go: data, and notes for a person. */
interface Output {
  print: (text: string) => void;
  note: (text: string) => void;
}

/** What the model said; `shown` where only the prompt was wanted; undefined where none is asked, or none answers. */
export async function consultModel(
  input: GenerationInput,
  { 'show-prompt': isOnlyPrompt, quiet, output }: ModelFlags,
  { print, note }: Output,
): Promise<ModelWords | 'shown' | undefined> {
  const { askForWords } = await import('../../generation/ask-for-words.ts');
  const asked = await askForWords(input, { isOnlyPrompt });
  if (asked === undefined) return undefined;
  const { messages, words, warning } = asked;
  if (warning !== undefined && !quiet) note(`warning: ${escapeText(warning)}\n`);
  if (!isOnlyPrompt) return words;
  print(
    isStructured(output)
      ? formatStructured({ messages }, output)
      : messages.map(({ role, content }) => `${role}:\n${content}\n`).join('\n'),
  );
  return 'shown';
}
