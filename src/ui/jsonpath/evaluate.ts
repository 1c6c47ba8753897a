// Finds what a JSONPath template asks for in a document, step by step, as kubectl does with missing keys allowed.
import { childrenOf, keyOf, type JsonValue } from './json-value.ts';
import { compareValues } from './compare-values.ts';
import type { ListNode, Node } from './node.ts';
import { sliceArray } from './slice-array.ts';
import { createEvaluationError } from './template-error.ts';

/** More steps and values than these come from a template that multiplies them. */
const MAX_WORK = 2_000_000;
const MAX_DEPTH = 500;
const MAX_OPEN_RANGES = 50;

/** The values that one expression or piece of text stands for. */
export type Results = readonly JsonValue[];

/**
 * One list of values for each piece of the template, repeated pieces repeated.
 * @throws DorguError TemplateFailed
 */
export function evaluateTemplate(nodes: readonly Node[], document: JsonValue): Results[] {
  return new Evaluation(nodes).evaluate(document);
}

class Evaluation {
  private readonly nodes: readonly Node[];
  private beginning = 0;
  private open = 0;
  private ending = 0;
  private lastEnd = -1;
  private work = 0;

  constructor(nodes: readonly Node[]) {
    this.nodes = nodes;
  }

  evaluate(document: JsonValue | undefined, from = 0): Results[] {
    const current = document === undefined ? [] : [document];
    const found: Results[] = [];
    for (let index = from; index < this.nodes.length; index += 1) {
      const node = this.nodes[index];
      if (node === undefined) break;
      const results = this.walk(current, node);
      if (this.ending > 0 && this.ending <= this.open) {
        this.ending -= 1;
        this.lastEnd = index;
        break;
      }
      if (this.beginning === 0) {
        found.push(results);
        continue;
      }
      for (const repeated of this.repeat(results, index + 1)) found.push(repeated);
      if (this.lastEnd > index) index = this.lastEnd;
    }
    return found;
  }

  /** The block behind a range, for each of its values. */
  private repeat(values: Results, from: number): Results[] {
    this.beginning -= 1;
    this.open += 1;
    if (this.open > MAX_OPEN_RANGES)
      throw createEvaluationError(`more than ${MAX_OPEN_RANGES} ranges are open`);
    // Without values it runs once for nothing, to find its end.
    const found = values.length === 0 ? [] : values.flatMap((value) => this.evaluate(value, from));
    if (values.length === 0) this.evaluate(undefined, from);
    this.open -= 1;
    return found;
  }

  private walk(values: Results, node: Node): Results {
    const results = this.step(values, node);
    this.work += 1 + results.length;
    if (this.work <= MAX_WORK) return results;
    throw createEvaluationError(`it makes more than ${MAX_WORK} values`);
  }

  private step(values: Results, node: Node): Results {
    switch (node.kind) {
      case 'list':
        return node.nodes.reduce((current, inner) => this.walk(current, inner), values);
      case 'recursive':
        return this.descend(values, 0);
      case 'union':
        return node.members.flatMap((member) => this.walk(values, member));
      case 'filter':
        return values.flatMap((value) => this.filter(value, node));
      case 'range':
        this.beginning += 1;
        return values;
      case 'end':
        if (this.open === 0) throw createEvaluationError('{end} without {range}');
        this.ending += 1;
        return [];
      default:
        return takeSimpleStep(values, node);
    }
  }

  /** Everything that has something inside, from the outside in. */
  private descend(values: Results, depth: number): JsonValue[] {
    if (depth > MAX_DEPTH) throw createEvaluationError(`an object is nested deeper than ${MAX_DEPTH} levels`);
    return values.flatMap((value) => {
      const children = childrenOf(value);
      return children.length === 0 ? [] : [value, ...this.descend(children, depth + 1)];
    });
  }

  private filter(value: JsonValue, node: Node & { kind: 'filter' }): JsonValue[] {
    if (!Array.isArray(value)) throw createEvaluationError('what is filtered is not an array');
    return (value as readonly JsonValue[]).filter((element) => this.isKept(element, node));
  }

  private isKept(element: JsonValue, { left, operator, right }: Node & { kind: 'filter' }): boolean {
    if (operator === 'exists') return this.hasAny(element, left);
    const lefts = this.walk([element], left);
    if (lefts.length === 0) return false;
    const rights = this.walk([element], right);
    if (rights.length === 0) return false;
    const [a = null, b = null] = [lefts[0], rights[0]];
    if (lefts.length > 1 || rights.length > 1)
      throw createEvaluationError('a filter can only compare one value at a time');
    return compareValues(a, operator, b);
  }

  private hasAny(element: JsonValue, path: ListNode): boolean {
    return this.walk([element], path).length > 0;
  }
}

/** The steps that need to know nothing but the values. */
function takeSimpleStep(
  values: Results,
  node: Extract<Node, { kind: 'text' | 'literal' | 'field' | 'slice' | 'wildcard' }>,
): Results {
  switch (node.kind) {
    case 'text':
      return [node.text];
    case 'literal':
      return values.map(() => node.value);
    case 'field':
      return values.flatMap((value) => keyOf(value, node.name));
    case 'slice':
      return sliceArray(values, node);
    case 'wildcard':
      return values.flatMap(childrenOf);
  }
}
