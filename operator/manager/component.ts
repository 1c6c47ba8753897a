// What the operator is made of: parts that start, stop, and say whether they are ready.

/** One part of the process. main.ts starts them in order and stops them in the opposite one. */
export interface Component {
  /** As logs and /readyz name it: `persona-controller`, `cache deployments`. */
  readonly name: string;
  /** Resolves once it runs; what takes long (a first list) goes on behind and shows in {@link whyNotReady}. */
  start(): Promise<void>;
  /** Finishes what is begun and frees everything. Never rejects; called at most once, also after a start that failed. */
  stop(): Promise<void>;
  /** What is still missing, for /readyz: `first list of deployments`; undefined when ready. */
  whyNotReady(): string | undefined;
}
