// One connection to the stream, from the search for a pod to its end.
import { DorguError } from '../../../api/errors.ts';
import { KubeError } from '../../../kube/kube-error.ts';
import { asError } from '../../../kube/transport/transport.ts';
import type { HeldPage } from '../../../protocol/held.ts';
import type { Topic } from '../../../protocol/messages.ts';
import { runSession } from '../../../socket/run-session.ts';
import type { SessionLimits } from '../../../socket/session.ts';
import { StreamFailed, toReason, type SessionEnd } from '../../../socket/session-end.ts';
import type { FeedQuery } from '../feed.ts';
import type { FeedSink } from '../sink.ts';
import type { OperatorRoute } from './operator-route.ts';

/** How it goes about it. */
export interface FollowParts {
  route: OperatorRoute;
  /** Until the connection stands, all requests on the way there included. */
  openMs: number;
  limits: SessionLimits;
  checkMs: number;
  now: () => number;
  signal: AbortSignal;
}

/** Who takes what the stream says. */
export interface StreamSink<T extends Topic> extends Pick<FeedSink<T>, 'onItem'> {
  /** True where the state is whole by it. */
  onPage(page: HeldPage<T>, timestamp: string): boolean;
  /** The first state is about to be whole. */
  onLive(): void;
}

/** How it went. */
export interface FollowOutcome {
  end: SessionEnd;
  /** How long the stream was live, in milliseconds; undefined where it never was. */
  livedMs: number | undefined;
}

/** Connects and follows until that ends, which it always resolves with. */
export async function followOnce<T extends Topic>(
  { topic, ...interest }: FeedQuery<T>,
  sink: StreamSink<T>,
  { isRefused, ...parts }: FollowParts & { isRefused: boolean },
): Promise<FollowOutcome> {
  const { route, now, signal } = parts;
  let liveAtMs: number | undefined;
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(parts.openMs)]);
    const stream = await route.open({ isRefused, signal: limit });
    const end = await runSession(
      stream,
      {
        topic,
        interest,
        onPage: (page, timestamp) => {
          if (page.isLast && liveAtMs === undefined) {
            liveAtMs = now();
            sink.onLive();
          }
          sink.onPage(page, timestamp);
        },
        onItem: (item, isGone, timestamp) => sink.onItem(item, isGone, timestamp),
      },
      parts,
    );
    return { end, livedMs: liveAtMs === undefined ? undefined : now() - liveAtMs };
  } catch (error) {
    if (signal.aborted) return { end: { kind: 'stopped', reason: 'stopped' }, livedMs: undefined };
    return { end: toSessionEnd(error, parts.openMs), livedMs: undefined };
  }
}

/** What stood in the way. */
function toSessionEnd(error: unknown, openMs: number): SessionEnd {
  if (error instanceof StreamFailed) return error.end;
  const { message, name } = asError(error);
  if (name === 'TimeoutError') return { kind: 'lost', reason: `no connection within ${openMs / 1000} s` };
  const reason = toReason(message);
  if (error instanceof KubeError && error.httpStatus === undefined) return { kind: 'lost', reason };
  return { kind: error instanceof DorguError ? 'refused' : 'lost', reason };
}
