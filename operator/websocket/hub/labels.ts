// The labels of an object, kept small: pairs in one list, each text once for all objects.
import { fieldsOf } from '../../../src/api/foreign-fields.ts';

/** Looked up by walking: objects have a handful. */
export class Labels {
  readonly #pairs: readonly string[];

  constructor(pairs: readonly string[]) {
    this.#pairs = pairs;
  }

  get(key: string): string | undefined {
    const pairs = this.#pairs;
    for (let place = 0; place < pairs.length; place += 2) if (pairs[place] === key) return pairs[place + 1];
    return undefined;
  }

  /** The same labels in the same order: another order is taken for a change, which costs no more than looking again. */
  equals(other: Labels): boolean {
    const [left, right] = [this.#pairs, other.#pairs];
    return left.length === right.length && left.every((text, place) => text === right[place]);
  }
}

/** Whether both are the same, or not there. */
export function isSameLabels(left: Labels | undefined, right: Labels | undefined): boolean {
  return left === right || (left !== undefined && right !== undefined && left.equals(right));
}

const none = new Labels([]);

/** More texts are not remembered: those of thousands of names are no use to each other. */
const maxTexts = 20_000;

/** Reads the labels of objects, and remembers texts. */
export function createLabelReader(): (labels: unknown) => Labels {
  const texts = new Map<string, string>();
  const intern = (text: string): string => {
    const known = texts.get(text);
    if (known !== undefined) return known;
    if (texts.size >= maxTexts) texts.clear();
    texts.set(text, text);
    return text;
  };
  return (labels) => {
    const pairs = Object.entries(fieldsOf(labels)).flatMap(([key, value]) =>
      typeof value === 'string' ? [intern(key), intern(value)] : [],
    );
    return pairs.length === 0 ? none : new Labels(pairs);
  };
}
