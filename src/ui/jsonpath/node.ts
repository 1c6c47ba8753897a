// What a JSONPath template is made of, in the words of kubectl's templates.

/** How a filter compares; `exists` has no right side. */
export type FilterOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'exists';

/** One bound of `[start:end:step]`. `isDerived`: not written, `[2]` means `[2:3]`. */
export interface SliceBound {
  value: number;
  isKnown: boolean;
  isDerived: boolean;
}

/** A step of a template; each turns a list of values into another one. */
export type Node =
  /** What stands between two braces. */
  | { kind: 'list'; nodes: readonly Node[] }
  /** Text as it is, from outside the braces or from quotes inside them. */
  | { kind: 'text'; text: string }
  | { kind: 'literal'; value: number | boolean }
  | { kind: 'field'; name: string }
  | { kind: 'slice'; start: SliceBound; end: SliceBound; step: SliceBound }
  | { kind: 'filter'; left: ListNode; operator: FilterOperator; right: ListNode }
  | { kind: 'union'; members: readonly ListNode[] }
  | { kind: 'wildcard' }
  | { kind: 'recursive' }
  /** `{range …}` and `{end}`: what stands between them is repeated for each value. */
  | { kind: 'range' }
  | { kind: 'end' };

/** The nodes between two braces. */
export type ListNode = Extract<Node, { kind: 'list' }>;
