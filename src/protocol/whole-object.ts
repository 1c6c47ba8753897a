// An object as the API server has it, for those who ask for it whole.
import { fieldsOf } from '../api/foreign-fields.ts';

/** Without managedFields, which is what tools wrote down for themselves and often most of the bytes. Undefined for what is no object. */
export function toWholeObject(object: unknown): object | undefined {
  if (typeof object !== 'object' || object === null || Array.isArray(object)) return undefined;
  const { metadata, ...rest } = object as Readonly<Record<string, unknown>>;
  if (typeof metadata !== 'object' || metadata === null) return object;
  const { managedFields: _, ...kept } = fieldsOf(metadata);
  const { apiVersion, kind, ...others } = rest;
  return {
    ...(apiVersion === undefined ? {} : { apiVersion }),
    ...(kind === undefined ? {} : { kind }),
    metadata: kept,
    ...others,
  };
}

/** Whether items bear their objects. */
export interface ItemOptions {
  isWhole?: boolean;
}
