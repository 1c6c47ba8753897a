// A bearer token in a file that somebody else renews.
import { readFileSync } from 'node:fs';
import { DorguError } from '../../api/errors.ts';
import type { Authenticator } from './authenticator.ts';
import { toBearer } from './bearer.ts';

/** As client-go: a mounted service account token is renewed long before it expires. */
const keptMs = 60_000;

/** Reads the file again after a minute, and after a 401. @throws DorguError TokenFileUnreadable */
export function createTokenFileAuthenticator(path: string, now: () => number = Date.now): Authenticator {
  let token = readToken(path);
  let readAt = now();
  const reread = () => {
    const before = token;
    token = readToken(path);
    readAt = now();
    return token !== before;
  };
  return {
    credentials: () => {
      if (now() - readAt >= keptMs) reread();
      return Promise.resolve({ headers: toBearer(token, path) });
    },
    renew: () => Promise.resolve(reread()),
  };
}

function readToken(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (cause) {
    throw new DorguError('TokenFileUnreadable', `${path}: the token file cannot be read`, {
      cause,
      hint: `ls -l ${path} shows who may read it; the kubeconfig's user names it in tokenFile`,
    });
  }
}
