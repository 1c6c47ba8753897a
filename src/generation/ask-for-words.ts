// Asks the language model that settings name for prose on an application; without an answer the run goes on as offline.
import type { ModelWords } from '../application/model-words.ts';
import { askModel, type AskOptions } from '../llm/ask-model.ts';
import { LlmError } from '../llm/llm-error.ts';
import { parseAnswer } from '../llm/parse-answer.ts';
import { createPrompt, type ChatMessage } from '../llm/prompt.ts';
import { providerNames, toEndpoint, type LlmEndpoint } from '../llm/providers.ts';
import type { Settings } from '../settings/settings.ts';
import { createSettingError } from './manifest-options.ts';
import { prepareApplication, readSettings, type GenerationInput } from './prepare-application.ts';

/** What became of the question. */
export interface WordsOutcome {
  /** What would be sent, or was. */
  messages: ChatMessage[];
  words?: ModelWords;
  /** Why there are no words, in one sentence. */
  warning?: string;
}

/** How to ask. */
export interface WordsOptions extends Omit<AskOptions, 'env' | 'signal'> {
  /** Only the messages are wanted. */
  isOnlyPrompt: boolean;
}

/**
 * Undefined where no model is asked for: neither a flag nor a setting names one.
 * @throws DorguError as {@link prepareApplication}; BadFlagValue, SettingsInvalid where a model is named that cannot be asked
 */
export async function askForWords(
  input: GenerationInput,
  options: WordsOptions,
): Promise<WordsOutcome | undefined> {
  const settings = readSettings(input);
  const endpoint = options.isOnlyPrompt ? undefined : findEndpoint(settings);
  if (endpoint === undefined && !options.isOnlyPrompt) return undefined;
  // What a model said before is no fact to tell it.
  const { application } = await prepareApplication({ ...input, modelWords: 'none' });
  const messages = createPrompt(application);
  if (endpoint === undefined) return { messages };
  input.onProgress?.(`asking ${endpoint.model}`);
  try {
    const { env, signal = new AbortController().signal } = input;
    const body = await askModel(endpoint, messages, { ...options, env, signal });
    const names = application.components.map(({ name }) => name);
    return { messages, words: { model: endpoint.model, ...parseAnswer(body, names) } };
  } catch (error) {
    if (!(error instanceof LlmError)) throw error;
    return { messages, warning: `the language model is not used: ${error.message}` };
  }
}

function findEndpoint(settings: Settings): LlmEndpoint | undefined {
  const { values } = settings;
  const { 'llm.provider': place, 'llm.model': model, 'llm.api_key': key } = values;
  if (place === undefined && model === undefined) return undefined;
  const endpoint = findFault(settings) ?? toEndpoint(place ?? '', model, key);
  if (typeof endpoint === 'string')
    throw createSettingError(
      settings,
      place === undefined ? 'llm.model' : 'llm.provider',
      endpoint,
      'such as --llm-url ollama --llm-model llama3.2',
    );
  return endpoint;
}

/** Whoever wrote a file of the application does not say where this user's key goes. */
function findFault({ values, origins }: Settings): string | undefined {
  const place = values['llm.provider'];
  if (place === undefined)
    return `whom to ask is not said: name it with --llm-url (${providerNames.join(', ')})`;
  const isOfApplication = origins.get('llm.provider')?.layer === 'workspace';
  return isOfApplication && !providerNames.includes(place.toLowerCase())
    ? 'an address is taken from --llm-url, DORGU_LLM_PROVIDER or your own settings alone, for your key goes there'
    : undefined;
}
