// Where the certificate that is served comes from: a CA of the operator's own, or files.

/** Keeps one certificate; looked after by turns. */
export interface CertificateSource {
  /** What is in the way, for people; undefined while all is well. */
  readonly problem: string | undefined;
  start(wake: () => void): void;
  /** Looks at everything and does what is to be done. Never rejects. */
  pass(): Promise<void>;
  stop(): Promise<void>;
}
