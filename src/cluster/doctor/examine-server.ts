// Whether the API server answers, who we are to it, and whether its clock is ours.
import { fieldAt, listOf, textOf } from '../../api/foreign-fields.ts';
import type { KubeClient } from '../../kube/client.ts';
import { getServerVersion } from '../../kube/discovery.ts';
import { KubeError } from '../../kube/kube-error.ts';
import { parseInstant } from '../../status/plain-text.ts';
import { admitIgnorance, describeError, fail, pass, warn, type Check } from './check.ts';

/** The oldest Kubernetes that the tests know of. */
const leastMinor = 30;
/** Statuses, leases and certificates bear times; beyond this their ages are wrong. */
const toleranceMs = 30_000;

/** What the checks need of the process. */
export interface Looking {
  /** Milliseconds since the epoch. */
  now: () => number;
  signal: AbortSignal;
}

/** What is known of the server. */
export interface ServerExamination {
  /** `api-server`, `credentials` and `clock`, as far as one leads to the next. */
  checks: Check[];
  /** As the server calls the user; undefined where it does not say. */
  user: string | undefined;
}

/** Asks the server for its version and for who we are. @throws the signal's reason */
export async function examineServer(
  client: KubeClient,
  { now, signal }: Looking,
): Promise<ServerExamination> {
  const startedAtMs = now();
  const [version, self] = await Promise.allSettled([
    getServerVersion(client, { signal }),
    reviewSelf(client, signal),
  ]);
  const elapsedMs = now() - startedAtMs;
  signal.throwIfAborted();
  if (version.status === 'rejected' && !isRefusal(version.reason))
    return { checks: [describeFailure('api-server', version.reason)], user: undefined };
  const server =
    version.status === 'fulfilled'
      ? describeVersion(client, version.value.gitVersion, version.value.minor)
      : pass('api-server', `${client.server} answers; it tells its version to nobody of our rights`);
  if (self.status === 'rejected')
    return { checks: [server, describeSelfFailure(self.reason)], user: undefined };
  const localMs = startedAtMs + elapsedMs / 2;
  const user = textOf(fieldAt(self.value, 'status', 'userInfo', 'username'));
  return { checks: [server, describeUser(self.value), describeClock(self.value, localMs)], user };
}

/** Who the server says that we are, with its time of the day: it makes this object for each who asks. */
async function reviewSelf(client: KubeClient, signal: AbortSignal): Promise<unknown> {
  const { body } = await client.request({
    method: 'POST',
    path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
    signal,
  });
  return body;
}

/** The server has answered, whatever it says. */
function isRefusal(error: unknown): boolean {
  return error instanceof KubeError && error.httpStatus !== undefined && error.httpStatus < 500;
}

function describeFailure(name: 'api-server' | 'credentials', error: unknown): Check {
  if (!(error instanceof KubeError)) throw error;
  return fail(name, describeError(error), error.hint);
}

function describeVersion(client: KubeClient, gitVersion: string, minor: string): Check {
  const number = Number.parseInt(minor, 10);
  const text = `${client.server} runs Kubernetes ${gitVersion}`;
  if (number >= leastMinor) return pass('api-server', text);
  return warn(
    'api-server',
    `${text}, which is older than 1.${leastMinor}, the oldest that is tested`,
    'upgrade the cluster, or expect fields that its API server does not know',
  );
}

/** 401 alone is about who we are; a server that does not know the question has let us ask it. */
function describeSelfFailure(error: unknown): Check {
  if (error instanceof KubeError && error.httpStatus === 401) return describeFailure('credentials', error);
  return admitIgnorance('credentials', error);
}

function describeUser(review: unknown): Check {
  const user = fieldAt(review, 'status', 'userInfo');
  const groups = listOf(fieldAt(user, 'groups')).map(textOf);
  const named = groups.filter((group) => group !== '' && !group.startsWith('system:authenticated'));
  const name = textOf(fieldAt(user, 'username'));
  if (groups.includes('system:unauthenticated'))
    return fail(
      'credentials',
      'the API server takes us for nobody (system:anonymous)',
      'log in anew: the kubeconfig shows no credentials, or the server ignores them',
    );
  return pass('credentials', `${name}${named.length === 0 ? '' : ` (${named.slice(0, 3).join(', ')})`}`);
}

/** The server's time has whole seconds: half a second is added. */
function describeClock(review: unknown, localMs: number): Check {
  const serverMs = parseInstant(textOf(fieldAt(review, 'metadata', 'creationTimestamp')));
  if (serverMs === undefined)
    return { name: 'clock', verdict: 'unknown', message: 'the API server does not tell its time' };
  const aheadMs = localMs - serverMs - 500;
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  if (Math.abs(aheadMs) <= toleranceMs)
    return pass('clock', seconds < 2 ? "the API server's" : `within ${seconds} s of the API server's`);
  return warn(
    'clock',
    `this machine is ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} the API server: ages and leases are misread`,
    'set the clock of this machine, or that of the control plane: timedatectl set-ntp true',
  );
}
