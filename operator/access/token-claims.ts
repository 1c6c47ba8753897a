// What a token says about itself, where it is a JWT: believed only of tokens that the API server has approved.

/** What is of interest. */
export interface TokenClaims {
  /** Milliseconds since the epoch; undefined where it does not say, or is no JWT. */
  expiresAt: number | undefined;
  audiences: readonly string[];
}

const nothing: TokenClaims = { expiresAt: undefined, audiences: [] };
/** After the year 9999 is never. */
const latestSeconds = 253_402_300_799;

/** Never throws. The signature is not looked at. */
export function readClaims(token: string): TokenClaims {
  const parts = token.split('.');
  if (parts.length !== 3) return nothing;
  const claims = parseJson(Buffer.from(parts[1] ?? '', 'base64url').toString());
  if (typeof claims !== 'object' || claims === null) return nothing;
  const { exp, aud } = claims as { exp?: unknown; aud?: unknown };
  const isTime = typeof exp === 'number' && exp > 0 && exp <= latestSeconds;
  const audiences = (Array.isArray(aud) ? aud : [aud]).filter((one) => typeof one === 'string');
  return { expiresAt: isTime ? exp * 1000 : undefined, audiences };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A token of another kind with two dots in it.
    return undefined;
  }
}
