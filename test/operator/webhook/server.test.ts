// The webhook over real TLS sockets: what it takes, what it refuses, and that nobody holds it up.
import { expect } from 'chai';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntil } from '../../cluster/wait-until.ts';
import { createDeployment } from '../objects.ts';
import { formatHead, goodBody, ServedWebhook, type RawConnection, type Told } from './served-webhook.ts';
import { formatReview, toRequest } from './world.ts';

const mebibyte = 2 ** 20;
const badBody = formatReview(toRequest(createDeployment('shop')));
const isAllowed = ({ text }: Told) =>
  (JSON.parse(text) as { response: { allowed: boolean } }).response.allowed;

describe('the webhook on its socket', () => {
  const webhook = new ServedWebhook();
  before(() => webhook.start());
  after(() => webhook.stop());

  it('says where it listens, and is ready', () => {
    expect(webhook.logger.lines[0]).to.deep.include({ message: 'Listening' });
    expect(webhook.whyNotReady()).to.equal(undefined);
  });

  it('admits and denies, and tells of denials in the log', async () => {
    const answers = [await webhook.call(goodBody), await webhook.call(badBody)];
    expect(answers.map(isAllowed)).to.deep.equal([true, false]);
    expect(answers[0]).to.deep.include({ status: 200 });
    expect(answers[0]?.headers).to.include({ 'content-type': 'application/json', connection: 'keep-alive' });
    const denied = webhook.logger.lines.find(({ message }) => message === 'Denied');
    expect(denied?.fields).to.include({ namespace: 'store', name: 'shop', operation: 'CREATE' });
    const counted = 'dorgu_webhook_reviews_total{outcome="denied",operation="CREATE",resource="deployments"}';
    expect(await webhook.metric(counted)).to.equal(1);
    const answered = 'controller_runtime_webhook_requests_total{webhook="/validate-deployment",code="200"}';
    expect(await webhook.metric(answered)).to.equal(2);
  });

  it('takes a charset with the type', async () => {
    const headers = { 'content-type': 'application/JSON; charset=utf-8' };
    expect((await webhook.call(goodBody, { headers })).status).to.equal(200);
  });

  const chunked = { 'transfer-encoding': 'chunked' };
  const large = (bytes: number) =>
    goodBody.slice(0, -1) + ' '.repeat(bytes - Buffer.byteLength(goodBody)) + '}';
  /** By a sentence: the catalogue's row, what is sent, and the status of the answer. */
  const calls: Readonly<Record<string, readonly ['E1' | 'E2', string, Parameters<ServedWebhook['call']>[1], number]>> = {
    'another path': ['E2', goodBody, { path: '/' }, 404],
    'a path that only begins alike': ['E2', goodBody, { path: '/validate-deployments' }, 404],
    'GET': ['E2', '', { method: 'GET' }, 405],
    'PUT': ['E2', goodBody, { method: 'PUT' }, 405],
    'no type': ['E2', goodBody, { headers: { 'content-type': '' } }, 415],
    'another type': ['E2', goodBody, { headers: { 'content-type': 'application/yaml' } }, 415],
    'a type that only begins alike': ['E2', goodBody, { headers: { 'content-type': 'application/json-patch+json' } }, 415],
    'a packed body': ['E2', goodBody, { headers: { 'content-encoding': 'gzip' } }, 415],
    'no body': ['E1', '', {}, 400],
    'null': ['E1', 'null', {}, 400],
    'half a body': ['E1', goodBody.slice(0, 500), {}, 400],
    'a body of 7 MiB': ['E1', large(7 * mebibyte), {}, 200],
    'a body of 7 MiB and a byte': ['E1', large(7 * mebibyte + 1), {}, 413],
    'as much in chunks': ['E1', large(7 * mebibyte + 1), { headers: chunked }, 413],
    'a body in chunks': ['E1', goodBody, { headers: chunked }, 200],
  }; // prettier-ignore
  for (const [sentence, [row, body, options, status]] of Object.entries(calls))
    it(`answers ${sentence} with ${status} (${row})`, async () => {
      // A caller who is told early may still be writing, and find the door closed.
      const told = await webhook
        .call(body, options)
        .catch((error: unknown) => ({ status: 413, text: String(error) }));
      expect(told.status, told.text).to.equal(status);
    });

  it('says 413 before it has read a body that says itself that it is too large (E1)', async () => {
    const caller = await webhook.open();
    caller.write(formatHead({ 'content-length': 100_000_000_000 }));
    expect(await caller.ended).to.match(/^HTTP\/1\.1 413 /);
  });

  it('takes a body that is longer than it says for another request, and that for none (E1)', async () => {
    const caller = await webhook.open();
    caller.write(formatHead({ 'content-length': Buffer.byteLength(goodBody) }) + goodBody + goodBody);
    expect(await caller.ended).to.match(/HTTP\/1\.1 400 Bad Request\r\nConnection: close\r\n\r\n$/);
  });

  it('answers several requests that come at once, in their order', async () => {
    const caller = await webhook.open();
    const one = (body: string) => formatHead({ 'content-length': Buffer.byteLength(body) }) + body;
    caller.write(one(goodBody) + one('null') + one(badBody));
    await waitUntil('three answers', () => (caller.text.match(/HTTP\/1\.1/g)?.length === 3 ? true : undefined), { timeoutMs: 5000 }); // prettier-ignore
    expect(caller.text.match(/HTTP\/1\.1 \d+/g)).to.deep.equal([
      'HTTP/1.1 200',
      'HTTP/1.1 400',
      'HTTP/1.1 200',
    ]);
    caller.socket.destroy();
  });

  it('closes on who speaks no HTTP, sends two lengths, or a head without end (E1)', async () => {
    const heads = [
      'hello\r\n\r\n',
      formatHead({ 'content-length': 5 }).replace('\r\n\r\n', '\r\ncontent-length: 6\r\n\r\n'),
      formatHead({ 'transfer-encoding': 'chunked', 'content-length': 3 }),
      formatHead({ 'x-long': 'x'.repeat(20_000) }),
    ];
    const texts = await Promise.all(heads.map(async (head) => (await webhook.open()).write(head).ended));
    expect(texts.map((text) => text.slice(9, 12))).to.deep.equal(['400', '400', '400', '431']);
    expect(await webhook.metric('dorgu_webhook_turned_away_total{reason="protocol"}')).to.be.at.least(4);
  });

  it('stands callers who break off (E1)', async () => {
    for (const head of ['', 'POST /val', formatHead({ 'content-length': 100 }), `${formatHead({ 'content-length': 100 })}{"a`]) {
      const caller = await webhook.open();
      caller.write(head);
      await sleep(5);
      caller.socket.destroy();
    } // prettier-ignore
    await waitUntil('their ends', async () => ((await webhook.metric('dorgu_webhook_turned_away_total{reason="broken-off"}')) === 2 ? true : undefined), { timeoutMs: 5000 }); // prettier-ignore
    expect(await webhook.metric('controller_runtime_webhook_requests_in_flight{webhook="/validate-deployment"}')).to.equal(0); // prettier-ignore
  });

  it('changes its certificate without breaking a connection (E9)', async () => {
    const caller = await webhook.open();
    const serial = () => caller.socket.getPeerCertificate().serialNumber;
    const before = serial();
    await webhook.certify();
    caller.write(formatHead({ 'content-length': Buffer.byteLength(goodBody) }) + goodBody);
    await waitUntil('an answer', () => (caller.text.includes('"allowed":true') ? true : undefined), { timeoutMs: 5000 }); // prettier-ignore
    expect(serial()).to.equal(before);
    const another = await webhook.open();
    expect(another.socket.getPeerCertificate().serialNumber).to.not.equal(before);
    caller.socket.destroy();
    another.socket.destroy();
  });

  it('names the flag when its address is taken', async () => {
    const second = new ServedWebhook({ address: { host: '127.0.0.1', port: webhook.port } });
    const error = await second.start().catch((failure: unknown) => failure);
    expect(String(error)).to.match(/--webhook-bind-address: cannot listen on 127.0.0.1:\d+: .*EADDRINUSE/);
    await second.stop();
  });
});

describe('a webhook under pressure', () => {
  const patience = { bodyLimits: { mostBytes: 7 * mebibyte, mostMs: 250 } };
  const openMany = (webhook: ServedWebhook, count: number): Promise<RawConnection[]> =>
    Promise.all(Array.from({ length: count }, () => webhook.open()));

  it('says 408 to who takes too long with a body (E1)', async () => {
    const webhook = await new ServedWebhook(patience).start();
    const callers = await openMany(webhook, 3);
    for (const caller of callers) caller.write(`${formatHead({ 'content-length': 50 })}{`);
    const texts = await Promise.all(callers.map(({ ended }) => ended));
    expect(texts.map((text) => text.slice(9, 12))).to.deep.equal(['408', '408', '408']);
    await webhook.stop();
  });

  it('answers others while slow ones are connected, and closes those that nobody needs (E1, E8)', async () => {
    const webhook = await new ServedWebhook({ mostConnections: 60 }).start();
    const slow: RawConnection[] = [];
    for (let group = 0; group < 4; group += 1) {
      const callers = await openMany(webhook, 20);
      for (const caller of callers) caller.write('POST /validate-deployment HTTP/1.1\r\nhost: x\r\n');
      slow.push(...callers);
      expect(isAllowed(await webhook.call(goodBody))).to.equal(true);
    }
    expect(await webhook.metric('dorgu_webhook_connections')).to.equal(60);
    const closed = await webhook.metric('dorgu_webhook_turned_away_total{reason="connection"}');
    expect(closed).to.equal(21);
    for (const { socket } of slow) socket.destroy();
    await webhook.stop();
  });

  it('sheds what is too much with 503, and answers again when it is over (E8)', async () => {
    const loadLimits = { mostRequests: 2, mostBytes: 100, mostMsPerTurn: 1000 };
    const webhook = await new ServedWebhook({ loadLimits }).start();
    expect((await webhook.call(goodBody)).status).to.equal(503);
    const slow = await openMany(webhook, 2);
    for (const caller of slow) caller.write(formatHead({ 'content-length': 50 }));
    await waitUntil('both', async () => ((await webhook.metric('controller_runtime_webhook_requests_in_flight{webhook="/validate-deployment"}')) === 2 ? true : undefined), { timeoutMs: 5000 }); // prettier-ignore
    const shed = await webhook.call('null');
    expect(shed.status).to.equal(503);
    expect(shed.headers).to.include({ 'retry-after': '1' });
    for (const { socket } of slow) socket.destroy();
    await waitUntil('an answer', async () => ((await webhook.call('null')).status === 400 ? true : undefined), { timeoutMs: 5000 }); // prettier-ignore
    await webhook.stop();
  });

  it('leaves the rest of the process its turns: what is too much for one is shed (E8)', async () => {
    const loadLimits = { mostRequests: 100, mostBytes: mebibyte, mostMsPerTurn: -1 };
    const webhook = await new ServedWebhook({ loadLimits }).start();
    expect((await webhook.call(goodBody)).status).to.equal(503);
    await webhook.stop();
  });
});

describe('the end of a webhook', () => {
  it('comes at once where nobody has ever called', async () => {
    const webhook = await new ServedWebhook().start();
    const startedAt = performance.now();
    await webhook.stop();
    expect(performance.now() - startedAt).to.be.below(500);
  });

  it('lets callers go with their last answers, takes new ones for a while, and leaves nobody without an answer', async () => {
    const drainTimes = { leastMs: 600, quietMs: 100, mostMs: 1500 };
    const webhook = await new ServedWebhook({ drainTimes }).start();
    expect((await webhook.call(goodBody)).headers).to.include({ connection: 'keep-alive' });
    webhook.tellToStop();
    const stopped = webhook.stop();
    let isOver = false;
    void stopped.then(() => (isOver = true));
    const statuses: number[] = [];
    for (let count = 0; count < 20; count += 1) {
      const { status, headers } = await webhook.call(goodBody);
      expect(headers).to.include({ connection: 'close' });
      statuses.push(status);
      await sleep(20);
    }
    expect(isOver).to.equal(false);
    expect(new Set(statuses)).to.deep.equal(new Set([200]));
    await stopped;
    const refused = await webhook
      .call(goodBody)
      .catch((error: unknown) => (error as NodeJS.ErrnoException).code);
    expect(refused).to.equal('ECONNREFUSED');
  });

  it('is not put off by callers who never end', async function () {
    const webhook = await new ServedWebhook().start();
    const caller = await webhook.open();
    caller.write(formatHead({ 'content-length': 50 }));
    const startedAt = performance.now();
    await webhook.stop();
    expect(performance.now() - startedAt).to.be.below(1500);
    await caller.ended;
  });
});
