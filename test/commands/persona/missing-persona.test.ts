// What is said where a persona is not there: a cluster without our CRDs is another thing than a name that is wrong.
import { expect } from 'chai';
import { DorguError } from '../../../src/api/errors.ts';
import { explainMissingPersona } from '../../../src/cluster/gather/explain-missing-persona.ts';
import type { KubeClient, KubeResponse } from '../../../src/kube/client.ts';
import { KubeError, type KubeStatus } from '../../../src/kube/kube-error.ts';
import { createPersona } from './reports.ts';

const refusal = (httpStatus: number, details: KubeStatus['details'] = {}) =>
  new KubeError(httpStatus === 404 ? 'NotFound' : 'Forbidden', 'no', {
    kind: 'failed',
    httpStatus,
    status: { kind: 'Status', apiVersion: 'v1', details },
  });

/** Answers every list with these namespaces' personas. */
const clientWith = (namespaces: readonly string[]): KubeClient => ({
  server: 'https://127.0.0.1:6443',
  namespace: 'store',
  contextName: undefined,
  clusterName: undefined,
  request: <T>() =>
    Promise.resolve({
      status: 200,
      warnings: [],
      body: { items: namespaces.map((namespace) => ({ metadata: { name: 'shop', namespace } })) },
    } as KubeResponse as KubeResponse<T>),
  stream: () => Promise.reject(new Error('nothing is streamed here')),
  close: () => undefined,
});

const explain = async (
  error: unknown,
  namespaces: readonly string[] = [],
  others = [createPersona({ name: 'shop-eu', spec: { name: 'shop' } })],
) => explainMissingPersona(error, clientWith(namespaces), { namespace: 'store', name: 'shop' }, others);

describe('a persona that is not there', () => {
  it('is a matter of CRDs where the server does not know the kind', async () => {
    const error = refusal(404);
    expect(await explain(error)).to.equal(error);
  });

  const hints: Record<
    string,
    [namespaces: string[], others: ReturnType<typeof createPersona>[], hint: string]
  > = {
    'is offered where other namespaces have it': [['b', 'a'], [], 'there is one in namespaces a, b: -n a'],
    'is offered by the application that it describes': [
      [],
      [createPersona({ name: 'eu', spec: { name: 'shop' } })],
      'did you mean eu?',
    ],
    'is left to persona list where nothing is near': [
      [],
      [],
      'kubectl dorgu persona list -n store shows those of the namespace, -A those of all',
    ],
  };
  for (const [title, [namespaces, others, hint]] of Object.entries(hints)) {
    it(title, async () => {
      const error = await explain(refusal(404, { name: 'shop' }), namespaces, others);
      expect(error).to.be.instanceOf(DorguError).that.deep.includes({ code: 'NotFound', hint });
    });
  }

  it('stays forbidden where it is', async () => {
    const error = refusal(403);
    expect(await explain(error)).to.equal(error);
  });
});
