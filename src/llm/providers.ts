// Well-known providers of language models by name, each at its address of the OpenAI-compatible chat interface.

/** A provider. */
interface Provider {
  /** Base address; `/chat/completions` is appended. */
  url: string;
  /** What it runs where nobody names a model; absent: one has to be named. */
  model?: string;
}

const providers: ReadonlyMap<string, Provider> = new Map<string, Provider>([
  ['openai', { url: 'https://api.openai.com/v1', model: 'gpt-4o-mini' }],
  ['anthropic', { url: 'https://api.anthropic.com/v1' }],
  ['gemini', { url: 'https://generativelanguage.googleapis.com/v1beta/openai' }],
  ['mistral', { url: 'https://api.mistral.ai/v1', model: 'mistral-small-latest' }],
  ['groq', { url: 'https://api.groq.com/openai/v1' }],
  ['openrouter', { url: 'https://openrouter.ai/api/v1' }],
  ['ollama', { url: 'http://127.0.0.1:11434/v1' }],
]);

/** Names of the providers, in the order of the table. */
export const providerNames: readonly string[] = [...providers.keys()];

const unknownPlace = `expected an address (https://…) or one of ${providerNames.join(', ')}`;

/** Where and whom to ask. */
export interface LlmEndpoint {
  url: URL;
  model: string;
  /** Sent as a bearer token; absent: none is needed. */
  key?: string;
}

/** A provider's name or a base address, and a model, as one endpoint; a sentence where they are none. */
export function toEndpoint(
  place: string,
  model: string | undefined,
  key: string | undefined,
): LlmEndpoint | string {
  const known = providers.get(place.toLowerCase());
  const url = URL.parse(known?.url ?? place);
  const fault = findFault(url, key);
  if (url === null || fault !== undefined) return fault ?? unknownPlace;
  const named = model ?? known?.model;
  if (named === undefined) return 'which model is not said: name it with --llm-model';
  const base = url.pathname.replace(/\/+$/, '').replace(/\/chat\/completions$/, '');
  url.pathname = `${base}/chat/completions`;
  return { url, model: named, ...(key ? { key } : {}) };
}

function findFault(url: URL | null, key: string | undefined): string | undefined {
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return unknownPlace;
  if (url.username !== '' || url.password !== '')
    return 'the address holds a password: the key has a variable of its own, DORGU_LLM_API_KEY';
  return key !== undefined && url.protocol === 'http:' && !isThisMachine(url)
    ? 'a key is not sent over plain http: use https'
    : undefined;
}

const isThisMachine = ({ hostname }: URL) =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
