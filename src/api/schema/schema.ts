// The vocabulary in which both kinds are written down once. The CRDs, types, validators and reference page derive from it.
import type { CrossFieldRule } from './cross-field-rule.ts';

/** What a default may be. */
export type DefaultValue = string | number | boolean | Readonly<Record<string, never>>;

/** One field, list element or object. `type` `intOrString` takes a whole number or text, as YAML authors write `cpu: 1`. */
export interface Schema {
  readonly type: 'object' | 'list' | 'map' | 'string' | 'integer' | 'boolean' | 'intOrString';
  /** What it means, a unit where it has one. Defaults and ranges are added where it is printed. */
  readonly description: string;
  readonly isRequired?: true;
  readonly default?: DefaultValue;
  /** Rules over several fields of an object, or over what a pattern cannot say. */
  readonly rules?: readonly CrossFieldRule[];

  /** The TypeScript interface that an object becomes. The same name is the same object. */
  readonly typeName?: string;
  readonly properties?: Readonly<Record<string, Schema>>;

  /** The elements of a list, the values of a map. */
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  /** `map`: elements are told apart by `keys`; `set`: no element twice; `atomic`: written as a whole. */
  readonly listType?: 'map' | 'set' | 'atomic';
  readonly keys?: readonly string[];

  readonly enum?: readonly string[];
  readonly pattern?: string;
  /** What the pattern means, fit to follow "expected ". */
  readonly expects?: string;
  readonly format?: 'int64';
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}
