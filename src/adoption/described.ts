// A part of a persona as a workload gives it, with what it does not give.

/** The part, undefined where nothing is known, and in a phrase each what was left out and why. */
export interface Described<Part> {
  part: Part | undefined;
  notes: readonly string[];
}

/** Nothing is known, for these reasons. */
export function nothing(...notes: string[]): Described<never> {
  return { part: undefined, notes };
}

/** The fields of an object that are known; optional where they may be absent. */
export type Known<Parts> = {
  [Name in keyof Parts as undefined extends Parts[Name] ? never : Name]: Parts[Name];
} & {
  [Name in keyof Parts as undefined extends Parts[Name] ? Name : never]?: Exclude<Parts[Name], undefined>;
};

/** The object without its undefined fields: an absent field and one that is undefined are not the same in YAML. */
export function keepKnown<Parts extends object>(parts: Parts): Known<Parts> {
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined)) as Known<Parts>;
}
