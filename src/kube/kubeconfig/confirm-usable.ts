// What kubectl refuses in a cluster and a user before it asks anybody.
import { DorguError } from '../../api/errors.ts';
import type { ClusterEntry, UserEntry } from './kubeconfig.ts';
import type { Selection } from './select.ts';

/** Passes a selection on whose fields do not exclude each other. @throws DorguError KubeconfigInvalid, with every problem */
export function confirmUsable(selection: Selection): Selection {
  const problems = [...findClusterProblems(selection.cluster), ...findUserProblems(selection.user)];
  const [first, ...others] = problems;
  if (first === undefined) return selection;
  const of = selection.contextName === undefined ? '' : ` (context ${JSON.stringify(selection.contextName)})`;
  throw new DorguError('KubeconfigInvalid', `the kubeconfig cannot be used${of}: ${first}`, {
    details: others,
    hint: 'kubectl config view shows it as it is read; have it written anew, or take another --context',
  });
}

function* findClusterProblems(cluster: ClusterEntry): Generator<string> {
  const { 'certificate-authority': path, 'certificate-authority-data': data } = cluster;
  if (path && data) yield 'expected certificate-authority or certificate-authority-data, found both';
  if (cluster['insecure-skip-tls-verify'] && (path || data))
    yield 'expected no certificate-authority beside insecure-skip-tls-verify, found both';
}

function* findUserProblems(user: UserEntry): Generator<string> {
  yield* findCertificateProblems(user);
  if (user.token && (user.username || user.password))
    yield 'expected a token or username and password, found both';
  if (user.exec && user['auth-provider']) yield 'expected exec or auth-provider, found both';
}

function* findCertificateProblems(user: UserEntry): Generator<string> {
  for (const field of ['client-certificate', 'client-key'] as const)
    if (user[field] && user[`${field}-data`]) yield `expected ${field} or ${field}-data, found both`;
  const hasCertificate = user['client-certificate'] ?? user['client-certificate-data'];
  const hasKey = user['client-key'] ?? user['client-key-data'];
  if (hasCertificate && !hasKey) yield 'expected a client-key beside client-certificate, found none';
}
