// Whom the server's certificate has to be signed by: read once, and again when a server turns up that it does not vouch for.

/** The authorities that are trusted by now. */
export interface Trust {
  /** Counts what was trusted in turn, from 0. */
  readonly version: number;
  /**
   * After a certificate that was not trusted by a version: true where another one is trusted by now, so that it is worth asking again. Connections that
   * stand go on.
   */
  renewSince(version: number): boolean;
}

/** What never changes: the machine's own authorities, or none at all. */
export const fixedTrust: Trust = { version: 0, renewSince: () => false };

/** How it is renewed. */
export interface TrustParts {
  /** PEM as it was first; undefined: what the machine trusts. */
  ca: Buffer | undefined;
  /** PEM as file or kubeconfig have it by now. A throw (a file that is being written) leaves all as it is. */
  read: () => Buffer | undefined;
  /** Puts it to use. A throw (no PEM) leaves all as it is. */
  use: (ca: Buffer) => void;
}

/** Trust in a CA that somebody else rotates: mounted, or written into the kubeconfig. */
export function createTrust({ ca, read, use }: TrustParts): Trust {
  let trusted = ca;
  let version = 0;
  return {
    get version() {
      return version;
    },
    renewSince(before) {
      if (before !== version) return true;
      const next = readOrNone(read);
      if (next === undefined || trusted?.equals(next) === true) return false;
      try {
        use(next);
      } catch {
        return false;
      }
      trusted = next;
      version += 1;
      return true;
    },
  };
}

function readOrNone(read: TrustParts['read']): Buffer | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
