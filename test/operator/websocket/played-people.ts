// An API server in memory that knows tokens and rights: answers TokenReviews and SubjectAccessReviews as the test says.
import type { KubeClient, KubeRequest, KubeResponse } from '../../../src/kube/client.ts';
import { noClient } from '../manager/caches/fake-reflector.ts';

/** What a SubjectAccessReview asks: `alice list shop/applicationpersonas`, `alice watch -/clusterpersonas/here`. */
export type AskedRight = string;

/** Everybody may do everything until the test says otherwise. */
export class PlayedPeople {
  /** Names by token; one for each audience: `dorgu-operator token`, `token`. */
  readonly users = new Map<string, { username: string; groups?: string[] }>();
  readonly requests: KubeRequest[] = [];
  readonly asked: AskedRight[] = [];
  isAllowed: (right: AskedRight) => boolean = () => true;
  /** What every question meets instead of an answer. */
  failure: Error | undefined;
  /** Every question about rights waits for this. */
  gate: Promise<unknown> | undefined;

  readonly client: KubeClient = {
    ...noClient,
    request: async <T>(request: KubeRequest): Promise<KubeResponse<T>> => {
      this.requests.push(request);
      await Promise.resolve();
      if (this.failure !== undefined) throw this.failure;
      if (request.path.endsWith('accessreviews')) await this.gate;
      const status = request.path.endsWith('tokenreviews') ? this.#review(request) : this.#decide(request);
      return { status: 201, warnings: [], body: { status } as T };
    },
  };

  #review({ body }: KubeRequest): object {
    const { token, audiences } = (body as { spec: { token: string; audiences?: string[] } }).spec;
    const user = this.users.get([...(audiences ?? []), token].join(' '));
    if (user === undefined) return { authenticated: false, error: 'unknown' };
    return { authenticated: true, user, ...(audiences === undefined ? {} : { audiences }) };
  }

  #decide({ body }: KubeRequest): object {
    const { spec } = body as {
      spec: {
        user: string;
        resourceAttributes: Record<'verb' | 'resource', string> &
          Record<'namespace' | 'name', string | undefined>;
      };
    };
    const { verb, resource, namespace = '-', name } = spec.resourceAttributes;
    const right = `${spec.user} ${verb} ${[namespace, resource, ...(name === undefined ? [] : [name])].join('/')}`;
    this.asked.push(right);
    return { allowed: this.isAllowed(right) };
  }
}

/** A token that says of itself what a test wants; nobody has signed it. */
export function formatToken(claims: object): string {
  const parts = [{ alg: 'none' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  return [...parts, 'c2lnbmF0dXJl'].join('.');
}
