// One object in two versions, as text: what `persona diff` prints, or hands to KUBECTL_EXTERNAL_DIFF.

/** A text that is not there yet, or no longer, is undefined. */
export interface Difference {
  /** Names it in headers and files: `dorgu.io.v1.ApplicationPersona.store.shop`, as kubectl diff does. */
  name: string;
  before: string | undefined;
  after: string | undefined;
}

/** Whether there is one. */
export function isDifferent({ before, after }: Difference): boolean {
  return before !== after;
}
