// A place where clients find the CAs that they are to trust.

/** An object of which one field is the bundle. */
export interface BundleTarget {
  /** `ConfigMap dorgu-ca` */
  readonly title: string;
  /** What is in the way; undefined while all is well. */
  readonly problem: string | undefined;
  /**
   * `held`: there it stands. `pending`: it does not stand there yet. `stuck`: it cannot be read or written, nobody knows for how long.
   * `dormant`: the object is none of ours to make, and is not there.
   */
  look(bundle: string): 'held' | 'pending' | 'stuck' | 'dormant';
  /** Writes it where it is not held and may be written now; true where it was. Never rejects. */
  publish(bundle: string): Promise<boolean>;
  start(): void;
  stop(): Promise<void>;
}
