import express from 'express';
import pg from 'pg';
import { createClient } from 'redis';

const port = process.env.PORT || 3000;
const currency = process.env.CURRENCY || 'EUR';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, connectionTimeoutMillis: 1000 });
pool.on('error', (error) => console.error('postgres:', error.message));

const carts = createClient({ url: process.env.REDIS_URL, socket: { connectTimeout: 1000 } });
carts.on('error', (error) => console.error('redis:', error.code ?? error.message));
carts.connect().catch((error) => console.error('redis:', error.message));

const app = express();
app.use(express.json());

app.get('/healthz', (_request, response) => response.send('ok'));

app.get('/readyz', async (_request, response) => {
  try {
    await pool.query('SELECT 1');
    response.status(carts.isReady ? 200 : 503).send(carts.isReady ? 'ready' : 'no redis');
  } catch {
    response.status(503).send('no postgres');
  }
});

app.get('/products', async (_request, response) => {
  const { rows } = await pool.query('SELECT id, name, price FROM products ORDER BY id');
  response.json({ currency, products: rows });
});

app.post('/carts/:id', async (request, response) => {
  await carts.set(`cart:${request.params.id}`, JSON.stringify(request.body), { EX: 3600 });
  response.status(204).end();
});

const server = app.listen(port, () => console.log(`listening on ${port}`));

process.on('SIGTERM', () => {
  server.close(async () => {
    await Promise.allSettled([pool.end(), carts.close()]);
    process.exit(0);
  });
});
