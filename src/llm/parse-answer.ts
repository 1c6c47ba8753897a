// Reads a model's answer: one JSON object of the shape that was asked for, in plain words, and nothing else of it is used.
import type { ModelWords } from '../application/model-words.ts';
import { redactText } from '../application/redact.ts';
import { LlmError } from './llm-error.ts';

const maxOverview = 800;
const maxDescription = 240;

/** Of the body of an answer of the chat interface. @throws LlmError AnswerInvalid */
export function parseAnswer(
  body: string,
  names: readonly string[],
): Pick<ModelWords, 'overview' | 'descriptions'> {
  const answer = parseJson(unwrap(readContent(parseJson(body))));
  if (!isRecord(answer)) throw invalid('it is no object');
  const unknown = Object.keys(answer).find((key) => key !== 'overview' && key !== 'components');
  if (unknown !== undefined)
    throw invalid(`it has a field ${JSON.stringify(unknown.slice(0, 40))} that was not asked for`);
  const { overview, components = [] } = answer;
  if (overview !== undefined && typeof overview !== 'string') throw invalid('overview is no text');
  if (!Array.isArray(components)) throw invalid('components is no list');
  const text = overview === undefined ? '' : toPlain(overview, maxOverview);
  return {
    ...(text === '' ? {} : { overview: text }),
    descriptions: new Map(components.flatMap((one: unknown) => readComponent(one, names))),
  };
}

function readComponent(one: unknown, names: readonly string[]): [string, string][] {
  if (!isRecord(one) || typeof one['name'] !== 'string' || typeof one['description'] !== 'string')
    throw invalid('a component has no name or description');
  const description = toPlain(one['description'], maxDescription);
  // What it invents is not there.
  return description === '' || !names.includes(one['name']) ? [] : [[one['name'], description]];
}

/** The chat interface's own envelope. */
function readContent(body: unknown): string {
  const choices = isRecord(body) ? body['choices'] : undefined;
  const [first] = Array.isArray(choices) ? (choices as unknown[]) : [];
  const message = isRecord(first) ? first['message'] : undefined;
  const content = isRecord(message) ? message['content'] : undefined;
  if (typeof content !== 'string') throw invalid('it is none of the chat interface');
  return content;
}

/** Models like to put a fence around what they were asked for. */
const unwrap = (text: string) => /^\s*```(?:json)?\s*([^]*?)\s*```\s*$/.exec(text)?.[1] ?? text;

/** One line of words: no addresses, no markup, no credentials, nothing that a terminal or a page would obey. */
function toPlain(text: string, maxLength: number): string {
  const line = text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .replace(/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi, '')
    .replace(/[<>`*_[\]{}|\\#~]/g, '')
    .trim();
  return redactText(line.slice(0, maxLength)).trim();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new LlmError('AnswerInvalid', 'its answer is no JSON', { cause });
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const invalid = (why: string) => new LlmError('AnswerInvalid', `its answer cannot be used: ${why}`);
