// Who somebody is, in the words of the API server's user info.

/** Somebody whom the API server knows. */
export interface Identity {
  username: string;
  uid: string;
  groups: readonly string[];
  extra: Readonly<Record<string, readonly string[]>>;
}

/** Nobody in particular, whoever says so: that is no identity here. */
export function isAnonymous({ username, groups }: Pick<Identity, 'username' | 'groups'>): boolean {
  return username === '' || username === 'system:anonymous' || groups.includes('system:unauthenticated');
}
