// A place that a person and the generator both changed, each another way.

/** One of them; texts are as a person would read them, undefined where a side has nothing there. */
export interface MergeConflict {
  /** `spec.replicas`, `spec.template.spec.containers[web].image`, or `line 12`. */
  at: string;
  base: string | undefined;
  mine: string | undefined;
  generated: string | undefined;
}

/** A merged text. With conflicts it holds mine in their places. */
export interface MergedText {
  text: string;
  conflicts: MergeConflict[];
}
