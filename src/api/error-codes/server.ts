// Answers of an API server that say no: the reason of its Status is the code, its words are the message.
import type { ErrorEntry } from './error-entry.ts';

export const serverErrors = {
  NotFound: {
    kind: 'absent',
    when: 'there is no object, rule or file of this name',
    remedy: 'the nearest names are in the hint',
  },
  Conflict: {
    kind: 'conflict',
    when: 'another manager owns a field, or the object was changed meanwhile',
    remedy: '--force-conflicts takes the field over; or run it again',
  },
  Unauthorized: {
    kind: 'denied',
    when: 'the credentials are wrong or have expired',
    remedy: 'log in again; kubectl auth whoami',
  },
  Forbidden: {
    kind: 'denied',
    when: 'this user may not do that',
    remedy: 'the hint shows the question to kubectl auth can-i; ask an administrator',
  },
  AlreadyExists: {
    kind: 'conflict',
    when: 'an object of this name is there already',
    remedy: 'choose another name',
  },
  Invalid: {
    kind: 'invalid',
    when: 'the API server, or an admission webhook, does not take the object',
    remedy: 'mend the fields that the message names',
  },
  BadRequest: {
    kind: 'failed',
    when: 'the API server does not understand the request',
    remedy: 'look at selectors and names; an old API server may not know the question',
  },
  MethodNotAllowed: {
    kind: 'failed',
    when: 'the API server does not offer this operation',
    remedy: 'look at the server: it may be a proxy that only reads',
  },
  UnsupportedMediaType: {
    kind: 'failed',
    when: 'the API server does not know server-side apply',
    remedy: 'Kubernetes 1.22 or newer is needed',
  },
  RequestEntityTooLarge: {
    kind: 'invalid',
    when: 'the object is larger than the API server takes',
    remedy: 'make it smaller: 1.5 MB is the most that etcd keeps',
  },
  Expired: {
    kind: 'transient',
    when: 'a list changed so much while it was read that the rest of it is gone, again and again',
    remedy: 'run it again',
  },
  TooManyRequests: {
    kind: 'transient',
    when: 'the API server is busy, and stayed so through all retries',
    remedy: 'try again in a minute',
  },
  ServiceUnavailable: {
    kind: 'transient',
    when: 'the API server is starting or overloaded, and stayed so through all retries',
    remedy: 'try again in a minute',
  },
  InternalError: {
    kind: 'failed',
    when: 'the API server, or a webhook behind it, failed',
    remedy: 'its log says more',
  },
  Failed: {
    kind: 'failed',
    when: 'the API server answered with an HTTP status that has no reason',
    remedy: 'look at what stands between: a proxy, a load balancer',
  },
} as const satisfies Record<string, ErrorEntry>;
