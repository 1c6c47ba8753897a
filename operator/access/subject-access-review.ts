// Whether somebody may do something: SubjectAccessReview.
import type { KubeClient } from '../../src/kube/client.ts';
import type { Identity } from './identity.ts';

/** A right to a path, or to objects, in the words of SubjectAccessReview. */
export type AccessQuestion =
  | { nonResourceAttributes: { path: string; verb: string } }
  | {
      resourceAttributes: {
        namespace?: string;
        verb: string;
        group: string;
        resource: string;
        name?: string;
      };
    };

/** Whether they may. @throws KubeError where the API server does not answer */
export async function reviewAccess(
  client: KubeClient,
  { username, uid, groups, extra }: Identity,
  { question, timeoutMs }: { question: AccessQuestion; timeoutMs: number },
): Promise<boolean> {
  const { body } = await client.request<{ status?: { allowed?: boolean } }>({
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/subjectaccessreviews',
    body: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SubjectAccessReview',
      spec: { user: username, uid, groups, extra, ...question },
    },
    timeoutMs,
  });
  return body.status?.allowed === true;
}
