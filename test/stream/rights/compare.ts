// One configuration of rights, seen by the stream and by lists with the same credentials.
import { isDeepStrictEqual } from 'node:util';
import { keyOf } from '../../../src/protocol/item-identity.ts';
import type { ItemOf } from '../../../src/protocol/items.ts';
import type { Topic } from '../../../src/protocol/messages.ts';
import type { Credentials, StreamStage } from '../stage.ts';
import { connectStream, type Heard, type StreamAddress, type StreamClient } from '../stream-client.ts';
import type { Somebody } from './configuration.ts';
import { createKubectlLister } from './kubectl-lister.ts';
import { createApiLister, listShown, sights, type Lister, type Shown, type Sight } from './sights.ts';

/** What has come of one person. */
export interface Comparison {
  /** In words: `personas {"namespace":"rights-a"}: lists show …, the stream …`. */
  differences: string[];
  shown: number;
  refused: number;
  /** Sights that kubectl itself was asked about. */
  askedOfKubectl: number;
}

/** Credentials of somebody: a fresh certificate, or a fresh token. */
export async function issueCredentials(stage: StreamStage, somebody: Somebody): Promise<Credentials> {
  if (somebody.kind === 'user')
    return stage.authority.issueClient({ commonName: somebody.name, organization: somebody.groups });
  const token = await stage.kubectl(['create', 'token', somebody.name, '-n', somebody.namespace]);
  return { token: token.trim() };
}

/** Looks with both, by subscriptions and, of every third, by requests; `kubectlEvery`: of every so manieth with kubectl itself as well. */
export async function comparePerson(
  stage: StreamStage,
  address: StreamAddress,
  somebody: Somebody,
  kubectlEvery: { step: number; first: number } | undefined,
): Promise<Comparison> {
  const credentials = await issueCredentials(stage, somebody);
  const { client, kubeconfig } = await stage.connectAs(credentials);
  const list = createApiLister(client);
  const stream = await connectStream(address, credentials);
  const result: Comparison = { differences: [], shown: 0, refused: 0, askedOfKubectl: 0 };
  try {
    for (const { id, topic, interest } of sights)
      stream.say({ type: 'subscribe', topic, requestId: id, payload: interest });
    for (const sight of sights) {
      const expected = await listShown(list, sight);
      const told = toShown(sight.topic, await stream.first(sight.id));
      result[expected === 'refused' ? 'refused' : 'shown'] += 1;
      if (!isDeepStrictEqual(told, expected)) result.differences.push(describe(sight, expected, told));
    }
    await compareRequests(stream, result);
    if (kubectlEvery !== undefined) {
      const kubectl = createKubectlLister({ ...stage.plane.kubectl, kubeconfig });
      await compareKubectl(stream, kubectl, kubectlEvery, result);
    }
  } finally {
    stream.close();
    client.close();
  }
  return result;
}

/** What is asked for once is what a subscription of the same shows. */
async function compareRequests(stream: StreamClient, result: Comparison): Promise<void> {
  for (const sight of sights.filter((_, index) => index % 3 === 0)) {
    const requestId = `once ${sight.id}`;
    stream.say({ type: 'request', topic: sight.topic, requestId, payload: sight.interest });
    const answer = toShown(sight.topic, await stream.first(requestId));
    const followed = toShown(sight.topic, await stream.first(sight.id));
    if (!isDeepStrictEqual(answer, followed)) result.differences.push(describe(sight, followed, answer));
  }
}

async function compareKubectl(
  stream: StreamClient,
  kubectl: Lister,
  { step, first }: { step: number; first: number },
  result: Comparison,
): Promise<void> {
  for (const sight of sights.filter((_, index) => index % step === first % step)) {
    const expected = await listShown(kubectl, sight);
    const told = toShown(sight.topic, await stream.first(sight.id));
    result.askedOfKubectl += 1;
    if (!isDeepStrictEqual(told, expected))
      result.differences.push(`by kubectl: ${describe(sight, expected, told)}`);
  }
}

/** Anything but a state or a refusal is told as it is. */
function toShown(topic: Topic, { type, payload }: Heard): Shown {
  if (type === 'error' && payload['code'] === 'forbidden') return 'refused';
  if (type === 'error') return [`error ${JSON.stringify(payload)}`];
  const items = payload['items'] as readonly ItemOf[Topic][];
  return items.map((item) => keyOf(topic, item)).sort();
}

function describe({ id }: Sight, expected: Shown, told: Shown): string {
  return `${id}: lists show ${JSON.stringify(expected)}, the stream ${JSON.stringify(told)}`;
}
