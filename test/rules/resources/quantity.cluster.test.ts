// What we call an amount against what the API server takes for one.
import { expect } from 'chai';
import fc from 'fast-check';
import { quantity } from '../../../src/rules/resources/quantity.ts';
import { requestAboveLimit } from '../../../src/rules/resources/request-above-limit.ts';
import { createApiServerClient, type SendToApiServer } from '../../api/api-server-client.ts';
import { useCluster } from '../../cluster/use-cluster.ts';
import { ask } from '../shop-input.ts';

const amounts: readonly unknown[] = [
  ...[
    'abc',
    '1e3',
    '1E3',
    '-1',
    '+1',
    '512MB',
    '1gb',
    '1K',
    '1k',
    '1Ki',
    ' 1 ',
    '',
    '0.5',
    '.5',
    '5.',
    '1.5Gi',
  ],
  ...['١', '1 Gi', '0x10', '1_000', 'NaN', '100m', '1u', '1n', '1Ei', '1,5', '--1', '1e', '1e3Mi'],
  ...[0, 1, 0.5, -1, true, false, null, [], {}],
];

describe('resources/quantity, against the API server', () => {
  const cluster = useCluster();
  let send: SendToApiServer;
  let namespace: string;
  before(async () => {
    send = createApiServerClient(cluster.kubeconfig);
    namespace = await cluster.createNamespace();
  });

  async function isTaken(resources: object): Promise<boolean> {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'shop' },
      spec: { containers: [{ name: 'shop', image: 'shop:1', resources }] },
    };
    const { status } = await send('POST', `/api/v1/namespaces/${namespace}/pods?dryRun=All`, pod);
    return status === 201;
  }

  const errors = (resources: object) => {
    const said = ask(quantity, { container: { resources } });
    return said === 'not-applicable' ? [] : said.filter((line) => line.startsWith('error'));
  };

  for (const amount of amounts)
    it(`judges alike: ${JSON.stringify(amount)}`, async () => {
      const resources = { limits: { cpu: amount } };
      expect(errors(resources).length === 0).to.equal(await isTaken(resources));
    });

  it('judges alike whether a request is above its limit', async () => {
    const amount = fc
      .tuple(fc.nat(2000), fc.constantFrom('', 'm', 'k', 'Ki', 'e1', 'u'))
      .map(([digits, suffix]) => `${digits}${suffix}`);
    await fc.assert(
      fc.asyncProperty(amount, amount, async (request, limit) => {
        const resources = { requests: { cpu: request }, limits: { cpu: limit } };
        expect(ask(requestAboveLimit, { container: { resources } }).length === 0).to.equal(
          await isTaken(resources),
        );
      }),
      { numRuns: 150 },
    );
  });
});
