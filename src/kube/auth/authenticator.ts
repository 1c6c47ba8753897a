// Who asks: what each request carries to show it.

/** What shows who asks. */
export interface Credentials {
  /** Of HTTP: Authorization, and impersonation. */
  headers: Readonly<Record<string, string | readonly string[]>>;
  /** PEM, for TLS. */
  certificate?: { cert: string | Buffer; key: string | Buffer } | undefined;
}

/** Where credentials come from. */
export interface Authenticator {
  /** The credentials of now; asked before every request, so they are kept by whoever gives them. */
  credentials(signal: AbortSignal | undefined): Promise<Credentials>;
  /** After a 401: whether it is worth asking once again, with other credentials. */
  renew(signal: AbortSignal | undefined): Promise<boolean>;
}

/** Credentials that never change. */
export function createFixedAuthenticator(credentials: Credentials): Authenticator {
  return { credentials: () => Promise.resolve(credentials), renew: () => Promise.resolve(false) };
}
