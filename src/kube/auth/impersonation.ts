// Asking as somebody else: --as, --as-group, --as-uid and as-user-extra, as headers.
import { DorguError } from '../../api/errors.ts';
import type { UserEntry } from '../kubeconfig/kubeconfig.ts';

/** The headers of Kubernetes' impersonation; none where nobody else is meant. @throws DorguError ImpersonationIncomplete, InvalidHeader */
export function toImpersonationHeaders(user: UserEntry): Record<string, string | readonly string[]> {
  const more: Record<string, string | readonly string[]> = {
    ...(user['as-uid'] ? { 'Impersonate-Uid': user['as-uid'] } : {}),
    ...(user['as-groups']?.length ? { 'Impersonate-Group': user['as-groups'] } : {}),
    ...toExtraHeaders(user['as-user-extra'] ?? {}),
  };
  if (!user.as && Object.keys(more).length === 0) return {};
  if (!user.as) throw incomplete();
  const headers = { 'Impersonate-User': user.as, ...more };
  for (const value of Object.values(headers).flat()) expectHeaderValue(value);
  return headers;
}

function toExtraHeaders(
  extra: Readonly<Record<string, readonly string[]>>,
): Record<string, readonly string[]> {
  const headers: Record<string, readonly string[]> = {};
  for (const [key, values] of Object.entries(extra))
    if (values.length > 0) headers[`Impersonate-Extra-${encodeHeaderKey(key)}`] = values;
  return headers;
}

function incomplete(): DorguError {
  return new DorguError(
    'ImpersonationIncomplete',
    'expected --as USER beside --as-group, --as-uid or as-user-extra',
    {
      hint: 'add --as USER: a group or uid is impersonated together with a user only',
    },
  );
}

/** As client-go: what may not stand in a header's name is percent-encoded, and so is the percent sign. */
function encodeHeaderKey(key: string): string {
  return [...Buffer.from(key, 'utf8')]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[!#$&'*+\-.^_`|~0-9A-Za-z]/.test(character)
        ? character
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

function expectHeaderValue(value: string): void {
  if (/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) return;
  throw new DorguError(
    'InvalidHeader',
    `expected a name that fits into an HTTP header, found ${JSON.stringify(value)}`,
    {
      hint: 'impersonate by a name without control characters',
    },
  );
}
