// Operators that follow each other with other sources of use: none may leave half a condition, for then the API server refuses every status.
import { expect } from 'chai';
import { createServer, type AddressInfo, type Server } from 'node:net';
import type { ApplicationPersonaStatus } from '../../../src/api/personas.ts';
import { waitUntil } from '../../cluster/wait-until.ts';
import { createDeployment, createPersona } from '../objects.ts';
import { startWebhookStage, type WebhookStage } from '../webhook/stage.ts';

describe('a persona under operators with other sources of use', function () {
  this.timeout(120_000);
  let stage: WebhookStage;
  /** A Prometheus that never answers. */
  let silent: Server;

  before(async function () {
    this.timeout(35 * 60 * 1000);
    const started = await startWebhookStage();
    if (started === undefined) this.skip();
    stage = started;
    silent = createServer();
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
    await stage.createNamespace('store');
    const { status: _, ...deployment } = createDeployment('shop') as Record<string, unknown>;
    await stage.expectKubectl(['apply', '-n', 'store', '-f', '-'], createPersona('shop'), deployment);
  });
  after(async () => {
    (silent as Server | undefined)?.close();
    await (stage as WebhookStage | undefined)?.stop();
  });

  const read = async () =>
    JSON.parse(
      (await stage.expectKubectl(['get', 'persona', 'shop', '-n', 'store', '-o', 'jsonpath={.status}'])) ||
        '{}',
    ) as ApplicationPersonaStatus;
  const metrics = ({ conditions = [] }: ApplicationPersonaStatus) =>
    conditions.find(({ type }) => type === 'MetricsAvailable');

  /** Until the status says what is asked for, after a change of the workload that only this operator can have seen. */
  async function follow(
    ready: number,
    flags: readonly string[],
    is: (status: ApplicationPersonaStatus) => boolean,
  ) {
    const operator = await stage.startOperator(['--controllers=persona', ...flags]);
    try {
      const status = {
        observedGeneration: 1,
        replicas: 2,
        updatedReplicas: 2,
        readyReplicas: ready,
        availableReplicas: ready,
      };
      await stage.expectKubectl([
        ...['patch', 'deployment', 'shop', '-n', 'store', '--subresource=status', '--type=merge'],
        ...['-p', JSON.stringify({ status })],
      ]);
      await waitUntil(
        `a status with ${ready} ready`,
        async () => {
          const found = await read();
          return (found.health?.replicas?.ready === ready && is(found)) || undefined;
        },
        { timeoutMs: 30_000 },
      );
      expect(
        operator.lines.filter(({ message }) => message === 'The API server does not take a status'),
      ).to.deep.equal([]);
    } finally {
      operator.kill('SIGTERM');
      await operator.ended;
    }
  }

  it('is given statuses by each of them', async () => {
    const { port } = silent.address() as AddressInfo;
    const gone = ['--prometheus-url=http://127.0.0.1:1'];
    const hanging = [`--prometheus-url=http://127.0.0.1:${port}`, '--prometheus-timeout=1h'];
    await follow(1, gone, (status) => metrics(status)?.status === 'False');
    await follow(2, [], (status) => metrics(status)?.message.startsWith('neither Prometheus') === true);
    await follow(1, hanging, (status) => metrics(status)?.message !== undefined);
    await follow(2, gone, (status) => metrics(status)?.message.startsWith('neither Prometheus') === false);
  });
});
