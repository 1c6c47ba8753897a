// Every setting there is, in one table: files, variables, flags, `config` and the reference all read it.
import { applicationFields } from './application-fields.ts';
import { componentFields } from './component-fields.ts';
import type { Field } from './field.ts';
import { choice, text, word } from './value-kind.ts';

/** Settings of the person at the keyboard: only in the global file and the environment. */
const userFields = {
  color: {
    kind: choice(['auto', 'always', 'never']),
    summary: 'whether to colour',
    places: { global: 'color', flag: 'color', environment: 'DORGU_COLOR' },
    default: 'auto',
  } satisfies Field<'auto' | 'always' | 'never'>,
  'llm.provider': {
    kind: word,
    summary: 'provider or address of the language model, if one is asked',
    places: {
      workspace: 'llm.provider',
      global: 'llm.provider',
      environment: 'DORGU_LLM_PROVIDER',
      flag: 'llm-url',
    },
  } satisfies Field<string>,
  'llm.model': {
    kind: word,
    summary: 'its model',
    places: {
      workspace: 'llm.model',
      global: 'llm.model',
      environment: 'DORGU_LLM_MODEL',
      flag: 'llm-model',
    },
  } satisfies Field<string>,
  'llm.api_key': {
    kind: text,
    summary: 'its key',
    places: { global: 'llm.api_key', environment: 'DORGU_LLM_API_KEY' },
    isSecret: true,
  } satisfies Field<string> as Field<string>,
} as const;

/** All settings by name, in the order of `config list`. */
export const fields = { ...applicationFields, ...componentFields, ...userFields } as const;

/** Name of a setting: `namespace`, `scaling.min_replicas`. */
export type FieldName = keyof typeof fields;

type ValueOf<F> = F extends Field<infer T> ? T : never;

/** The values of the settings that are set; typed by the table. */
export type SettingValues = { readonly [K in FieldName]?: ValueOf<(typeof fields)[K]> };

/** The table as a list, its values' types forgotten. */
export const fieldList: readonly (readonly [FieldName, Field<unknown>])[] = Object.entries(fields) as [
  FieldName,
  Field<unknown>,
][];
