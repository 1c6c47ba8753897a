// What a language model said of an application: prose that fills gaps, weaker than anything that was read.
import type { Application } from './application.ts';
import type { Component } from './component.ts';
import type { Evidence, Fact } from './fact.ts';

/** Where it is kept, relative to the application; evidence of what came from a model names it. */
export const MODEL_WORDS_FILE = '.dorgu/model.json';

/** An answer that was accepted. */
export interface ModelWords {
  /** The model's name. */
  model: string;
  /** Plain sentences on the whole. */
  overview?: string;
  /** One plain sentence each, by component name as analysis has it. */
  descriptions: ReadonlyMap<string, string>;
}

/** Weaker than every other source. */
const CONFIDENCE_OF_A_MODEL = 0.1;

/** The application with its gaps filled: a description that the source has stays. */
export function withModelWords(application: Application, words: ModelWords | undefined): Application {
  if (words === undefined) return application;
  const evidence: Evidence = { file: MODEL_WORDS_FILE, reason: `said by the language model ${words.model}` };
  const toFact = (value: string): Fact<string> => ({
    value,
    confidence: CONFIDENCE_OF_A_MODEL,
    evidence: [evidence],
  });
  const describe = (component: Component): Component => {
    const said = words.descriptions.get(component.name);
    return said === undefined || component.description !== undefined
      ? component
      : { ...component, description: toFact(said) };
  };
  return {
    ...application,
    ...(words.overview === undefined ? {} : { overview: toFact(words.overview) }),
    components: application.components.map(describe),
  };
}

/** Whether a model said it, and nothing else. */
export function isFromModel(evidence: readonly Evidence[]): boolean {
  return evidence.length > 0 && evidence.every(({ file }) => file === MODEL_WORDS_FILE);
}
