// Probes of JavaScript programs: literal routes with their prefixes, and silence where a prefix is not known.
import { expect } from 'chai';
import { javascriptAnalyser } from '../../../src/analysis/analysers/javascript.ts';
import { createMemoryScope } from '../memory-tree.ts';

const probesOf = (files: Record<string, string>, dependencies = '{}') => {
  const claims = javascriptAnalyser.analyse(
    createMemoryScope({
      'package.json': `{ "main": "index.js", "dependencies": ${dependencies} }`,
      ...files,
    }),
  );
  const say = (probe: { path?: string; kind: string } | undefined) => probe?.path ?? probe?.kind;
  const { liveness = [], readiness = [], metrics = [] } = claims;
  return { liveness: say(liveness[0]), readiness: say(readiness[0]), metrics: metrics[0]?.value.path };
};
const one = (path: string) => ({ liveness: path, readiness: path, metrics: undefined });
const none = { liveness: undefined, readiness: undefined, metrics: undefined };

describe('the probes of a JavaScript program', () => {
  const sources: Record<string, [string, object]> = {
    'are its routes, each for its purpose': [
      "app.get('/livez', h)\napp.get('/readyz', h)\napp.get('/metrics', h)",
      { liveness: '/livez', readiness: '/readyz', metrics: '/metrics' },
    ],
    'are one where there is one': ["fastify.get('/health', async () => ({ ok: true }))", one('/health')],
    'may have options': ["fastify.get('/health', { logLevel: 'warn' }, h)", one('/health')],
    'are objects of fastify': ["fastify.route({ method: 'GET', url: '/healthz', handler })", one('/healthz')],
    'are objects of hapi': [
      "server.route({\n  method: 'GET',\n  path: '/healthz',\n  handler,\n})",
      one('/healthz'),
    ],
    'are compared in a bare server': [
      "http.createServer((req, res) => { if (req.url === '/healthz') return res.end('ok') }).listen(1)",
      one('/healthz'),
    ],
    'are keys of terminus': [
      "createTerminus(server, { healthChecks: { '/healthz': check } })",
      one('/healthz'),
    ],
    "are lightship's own": [
      'const lightship = await createLightship()',
      { liveness: '/live', readiness: '/ready', metrics: undefined },
    ],
    'are chained': ["new Elysia()\n  .get('/', h)\n  .get('/health', h)\n  .listen(3000)", one('/health')],
    'carry the prefix of a router in the same file': [
      "const router = express.Router()\nrouter.get('/health', h)\napp.use('/api', router)",
      one('/api/health'),
    ],
    'carry a prefix that a middleware stands before': [
      "const router = Router()\nrouter.get('/health', h)\napp.use('/api', cors(), router)",
      one('/api/health'),
    ],
    "carry the prefix of Koa's router": [
      "const router = new Router({ prefix: '/v1' })\nrouter.get('/health', h)\napp.use(router.routes())",
      one('/v1/health'),
    ],
    'are unknown below a prefix that is no literal': [
      "const router = express.Router()\nrouter.get('/health', h)\napp.use(config.prefix, router)",
      none,
    ],
    'are unknown on a router that is never mounted': [
      "const router = express.Router()\nrouter.get('/health', h)",
      none,
    ],
    'are not what a client asks': [
      "axios.get('/health', { timeout: 1 })\napiClient.get('/healthz', h)",
      none,
    ],
    'are not in comments': ["// app.get('/health', h)", none],
    'are not parameters': ["app.get('/health/:id', h)", none],
    "are gRPC's where it registers the service": [
      "const grpc = require('@grpc/grpc-js')\nserver.addService(health.Health.service, { check })",
      one('grpc'),
    ],
  };
  for (const [sentence, [source, expected]] of Object.entries(sources))
    it(sentence, () => expect(probesOf({ 'index.js': source })).to.deep.equal(expected));

  const trees: Record<string, [Record<string, string>, string, object]> = {
    'carry the prefix of the file that mounts them': [
      {
        'index.js': "const health = require('./routes/health')\napp.use('/internal', health)",
        'routes/health.js':
          "const router = require('express').Router()\nrouter.get('/healthz', h)\nmodule.exports = router",
      },
      '{ "express": "5" }',
      one('/internal/healthz'),
    ],
    'carry two prefixes': [
      {
        'index.ts': "import api from './api/index.js'\napp.use('/api', api)",
        'api/index.ts':
          "import health from './health.js'\nconst router = Router()\nrouter.use('/v1', health)\nexport default router",
        'api/health.ts': "const router = Router()\nrouter.get('/health', h)\nexport default router",
      },
      '{ "express": "5" }',
      one('/api/v1/health'),
    ],
    'carry the prefix that a fastify plugin is registered with': [
      {
        'index.js': "app.register(require('./plugin'), { prefix: '/v2' })",
        'plugin.js': "module.exports = async function (fastify) { fastify.get('/health', h) }",
      },
      '{ "fastify": "5" }',
      one('/v2/health'),
    ],
    'are files of Next.js, without groups': [
      { 'src/app/(ops)/api/health/route.ts': 'export const GET = h' },
      '{ "next": "15" }',
      one('/api/health'),
    ],
    'are unknown where Next.js has a base path': [
      { 'app/api/health/route.ts': '', 'next.config.js': "module.exports = { basePath: '/shop' }" },
      '{ "next": "15" }',
      none,
    ],
    'are files of SvelteKit': [
      { 'src/routes/healthz/+server.ts': '' },
      '{ "@sveltejs/kit": "2" }',
      one('/healthz'),
    ],
    'are files of Nuxt': [{ 'server/routes/healthz.get.ts': '' }, '{ "nuxt": "4" }', one('/healthz')],
    'are handlers of NestJS with the global prefix': [
      {
        'src/main.ts': "app.setGlobalPrefix('api');\nawait app.listen(3000);",
        'src/health.controller.ts':
          "@Controller('health')\nexport class A {\n  @Get('ready')\n  ready() {}\n  @Get('live')\n  live() {}\n}",
      },
      '{ "@nestjs/core": "11" }',
      { liveness: '/api/health/live', readiness: '/api/health/ready', metrics: undefined },
    ],
    'are unknown where NestJS versions its paths': [
      {
        'src/main.ts': 'app.enableVersioning()',
        'src/health.controller.ts': "@Controller('health')\nclass A { @Get() check() {} }",
      },
      '{ "@nestjs/core": "11" }',
      none,
    ],
  };
  for (const [sentence, [files, dependencies, expected]] of Object.entries(trees))
    it(sentence, () => expect(probesOf(files, dependencies)).to.deep.equal(expected));
});
