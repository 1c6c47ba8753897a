// What shows an operator who follows: a token made for it where the API server makes one, else what the API server itself is shown.
import { fieldAt, textOf } from '../../../api/foreign-fields.ts';
import type { ConnectedClient } from '../../../kube/client.ts';
import { KubeError } from '../../../kube/kube-error.ts';
import { pathOf, resources } from '../../../kube/resources.ts';
import type { StreamCredentials } from '../../../socket/open-stream.ts';
import { StreamFailed } from '../../../socket/session-end.ts';

/** For whom tokens are made; the operator takes none that is made for others but the API server. */
const audience = 'dorgu-operator';
const tokenSeconds = 3600;
/** Before its end a token is not used for a new connection. */
const marginMs = 5 * 60_000;
const mintTimeoutMs = 3000;

/** Where credentials come from, for each connection anew. */
export interface CredentialsSource {
  /** `isRefused`: those of before were. @throws StreamFailed where there are none that may be shown; DorguError of the kubeconfig's */
  get(options: { isRefused: boolean; signal: AbortSignal }): Promise<StreamCredentials>;
}

/** Those of a client. `now` in milliseconds since the epoch. */
export function createCredentialsSource(client: ConnectedClient, now: () => number): CredentialsSource {
  return new ClientCredentials(client, now);
}

/** Of an account, which is named by the path of its tokens. */
interface MintedToken {
  token: string;
  expiresAtMs: number;
  account: string;
}

class ClientCredentials implements CredentialsSource {
  readonly #client: ConnectedClient;
  readonly #now: () => number;
  #minted: MintedToken | undefined;
  /** Accounts that may not make tokens of their own. */
  readonly #barren = new Set<string>();

  constructor(client: ConnectedClient, now: () => number) {
    this.#client = client;
    this.#now = now;
  }

  async get({ isRefused, signal }: Parameters<CredentialsSource['get']>[0]): Promise<StreamCredentials> {
    if (isRefused) this.#minted = undefined;
    const { token, certificate, isImpersonating, isServerVerified } = await this.#client.identify({
      isRefused,
      signal,
    });
    if (isImpersonating) throw unusable('requests are made as somebody else (--as)');
    if (!isServerVerified) throw unusable("the API server's certificate is not checked");
    if (token === undefined && certificate === undefined)
      throw unusable('there is neither a token nor a client certificate to show the operator');
    if (token === undefined) return { token, certificate };
    return { token: (await this.#mint(token, signal)) ?? token, certificate };
  }

  /** Best effort: few accounts may make tokens of their own. */
  async #mint(token: string, signal: AbortSignal): Promise<string | undefined> {
    const account = readServiceAccount(token);
    if (account === undefined || this.#barren.has(account)) return undefined;
    const kept = this.#minted;
    if (kept?.account === account && kept.expiresAtMs - marginMs > this.#now()) return kept.token;
    try {
      this.#minted = await this.#request(account, signal);
      return this.#minted?.token;
    } catch (error) {
      if (!(error instanceof KubeError)) throw error;
      if (isAnswer(error)) this.#barren.add(account);
      return undefined;
    }
  }

  async #request(account: string, signal: AbortSignal): Promise<MintedToken | undefined> {
    const { body } = await this.#client.request({
      method: 'POST',
      path: account,
      body: {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: { audiences: [audience], expirationSeconds: tokenSeconds },
      },
      timeoutMs: mintTimeoutMs,
      signal,
    });
    const token = textOf(fieldAt(body, 'status', 'token'));
    const expiresAtMs = Date.parse(textOf(fieldAt(body, 'status', 'expirationTimestamp')));
    return token === '' ? undefined : { token, expiresAtMs, account };
  }
}

/** A no, not a server that is busy. */
function isAnswer({ httpStatus }: KubeError): boolean {
  return httpStatus !== undefined && httpStatus !== 429 && httpStatus < 500;
}

/** The path of the tokens of the account that a token says it is of. Only to know what to ask for: whether that is true is the API server's to say. */
function readServiceAccount(token: string): string | undefined {
  const [, claims = ''] = token.split('.');
  let subject: string;
  try {
    subject = textOf(fieldAt(JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')), 'sub'));
  } catch {
    return undefined;
  }
  const match = /^system:serviceaccount:(?<namespace>[a-z0-9-]{1,63}):(?<name>[a-z0-9.-]{1,253})$/.exec(
    subject,
  );
  const { namespace, name } = match?.groups ?? {};
  if (namespace === undefined || name === undefined) return undefined;
  return pathOf(resources.serviceAccounts, { namespace, name, subresource: 'token' });
}

function unusable(reason: string): StreamFailed {
  return new StreamFailed({ kind: 'refused', reason });
}
