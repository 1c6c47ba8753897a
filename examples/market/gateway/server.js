import Fastify from 'fastify';

const app = Fastify({ logger: true });
const pricing = process.env.PRICING_URL;

app.get('/livez', async () => ({ status: 'ok' }));

app.get('/readyz', async (_request, reply) => {
  const answer = await fetch(`${pricing}/healthz`).catch(() => undefined);
  return reply.code(answer?.ok ? 200 : 503).send({ pricing: answer?.ok ?? false });
});

app.get('/offers/:item', async (request) => {
  const answer = await fetch(`${pricing}/prices/${encodeURIComponent(request.params.item)}`);
  return { item: request.params.item, price: await answer.json() };
});

process.on('SIGTERM', () => app.close());
await app.listen({ host: '0.0.0.0', port: Number(process.env.PORT ?? 8080) });
