// Where JavaScript programs listen: source, scripts, settings, frameworks.
import { expect } from 'chai';
import { resolvePorts } from '../../../src/application/resolve-ports.ts';
import { javascriptAnalyser } from '../../../src/analysis/analysers/javascript.ts';
import { createMemoryScope } from '../memory-tree.ts';

const portsOf = (files: Record<string, string>) =>
  resolvePorts('it', javascriptAnalyser.analyse(createMemoryScope(files))).ports;

const main = (source: string, more: Record<string, string> = {}) => ({
  'package.json': '{ "name": "a", "main": "index.js", "dependencies": { "express": "5" } }',
  'index.js': source,
  ...more,
});

describe('the port of a JavaScript program', () => {
  const sources: Record<string, [string, number, string?]> = {
    'is a literal': ['app.listen(3001)', 3001],
    'is the default beside a variable': ['app.listen(process.env.PORT || 3002)', 3002, 'PORT'],
    'is the default after ??': [
      "server.listen(process.env['HTTP_PORT'] ?? 3003, () => {})",
      3003,
      'HTTP_PORT',
    ],
    'is found through a constant': [
      'const port = Number(process.env.PORT) || 8080;\napp.listen(port)',
      8080,
      'PORT',
    ],
    'is not a radix': ['const port = parseInt(process.env.PORT, 10) || 3004\napp.listen(port)', 3004, 'PORT'],
    'is found through a helper': [
      "var port = normalizePort(process.env.PORT || '3005');\napp.set('port', port);\nserver.listen(port);\nfunction normalizePort(val) { var port = parseInt(val, 10); return port }",
      3005,
      'PORT',
    ],
    'is found through app.set': [
      "app.set('port', process.env.PORT || 3006);\napp.listen(app.get('port'))",
      3006,
      'PORT',
    ],
    'is a property': ["fastify.listen({ host: '0.0.0.0', port: 3007 })", 3007],
    'is a shorthand property': ['const port = 3008;\nawait fastify.listen({ port, host })', 3008],
    'is destructured from the environment': [
      'const { PORT = 3009, HOST } = process.env;\napp.listen(PORT)',
      3009,
      'PORT',
    ],
    'is destructured among others on several lines': [
      'const {\n  HOST,\n  PORT = 3010,\n} = process.env;\napp.listen(PORT)',
      3010,
      'PORT',
    ],
    'stands in the address of a gRPC server': [
      'const PORT = process.env.PORT || 50051;\nserver.bindAsync(`0.0.0.0:${PORT}`, creds, () => {})',
      50051,
      'PORT',
    ],
    'is what Bun serves on': ['Bun.serve({ port: 3011, fetch() {} })', 3011],
    'is what a default export of Bun says': ['export default { port: 3012, fetch: app.fetch }', 3012],
    "is a WebSocket server's": ['const wss = new WebSocketServer({ port: 3013 })', 3013],
    'is nested in what Apollo is given': ['startStandaloneServer(server, { listen: { port: 4001 } })', 4001],
    'is the first of a ternary': [
      "const port = process.env.NODE_ENV === 'production' ? 80 : 3000;\napp.listen(port)",
      80,
    ],
    'is the default of a checked schema': [
      'const env = z.object({ PORT: z.coerce.number().min(1).default(3014) }).parse(process.env);\napp.listen(env.PORT)',
      3014,
      'PORT',
    ],
    'is cast and asserted': ['app.listen((process.env.PORT as unknown as number) || 3015)', 3015, 'PORT'],
  };
  for (const [sentence, [source, value, fromEnv]] of Object.entries(sources))
    it(sentence, () => {
      const [port, ...others] = portsOf(main(source));
      expect(port?.value).to.equal(value);
      expect(port?.fromEnv).to.equal(fromEnv);
      expect(others).to.deep.equal([]);
      expect(port?.evidence[0]?.file).to.equal('index.js');
      expect(port?.evidence[0]?.line).to.be.within(1, source.split('\n').length);
    });

  const silent: Record<string, Record<string, string>> = {
    'a comment': main('// app.listen(3000)\n/* app.listen(3001) */'),
    'a string': main('console.log("app.listen(3000)")'),
    'a test': main('', { 'test/server.js': 'app.listen(3000)', 'src/a.test.js': 'app.listen(3001)' }),
    'a variable that nothing sets': main('app.listen(process.env.PORT)'),
    'port 0': main('app.listen(0)'),
    'a listener of events': main('history.listen((location) => {})'),
    'a number out of range': main('app.listen(99999)'),
  };
  for (const [sentence, files] of Object.entries(silent))
    it(`is not read from ${sentence}`, () => expect(portsOf(files)).to.deep.equal([]));

  it("is the entry's own, not that of a mock beside it", () => {
    const files = main("require('./src/server')", {
      'src/server.js': 'app.listen(3000)',
      'tools/fake-api.js': 'app.listen(9999)',
    });
    expect(portsOf(files).map(({ value }) => value)).to.deep.equal([3000]);
  });

  it('comes from an imported module of settings', () => {
    const files = main("const config = require('./config')\napp.listen(config.port)", {
      'config.js': 'module.exports = { port: process.env.PORT || 3020 }',
    });
    expect(portsOf(files)[0]).to.include({ value: 3020, fromEnv: 'PORT' });
  });

  it('is what the example file sets where the source has no default', () => {
    const files = main('app.listen(process.env.PORT)', { '.env.example': '# web\nPORT=3021\n' });
    const [port] = portsOf(files);
    expect(port).to.include({ value: 3021, fromEnv: 'PORT' });
    expect(port?.evidence[0]).to.include({ file: '.env.example', line: 2 });
  });

  const packages: Record<string, [string, number | undefined]> = {
    'a flag of the start script': [
      '{ "scripts": { "start": "next start -p 4000" }, "dependencies": { "next": "15" } }',
      4000,
    ],
    'a variable of the start script': ['{ "scripts": { "start": "PORT=4002 node server.js" } }', 4002],
    'a variable that cross-env sets': [
      '{ "scripts": { "start": "cross-env NODE_ENV=production PORT=4003 node server.js" } }',
      4003,
    ],
    'the framework where nothing else says': [
      '{ "dependencies": { "next": "15" }, "scripts": { "start": "next start" } }',
      3000,
    ],
    'the development server where nothing else says': [
      '{ "dependencies": { "vue": "3" }, "scripts": { "dev": "vite --port 8282" } }',
      8282,
    ],
    'nothing where a single page has no server': [
      '{ "dependencies": { "react": "19" }, "scripts": { "start": "react-scripts start" } }',
      undefined,
    ],
    'nothing where another tool has a -p flag': [
      '{ "scripts": { "build": "mkdirp -p 4000", "start": "tsc -p 4000" } }',
      undefined,
    ],
  };
  for (const [sentence, [manifest, value]] of Object.entries(packages))
    it(`is said by ${sentence}`, () =>
      expect(portsOf({ 'package.json': manifest })[0]?.value).to.equal(value));

  it('stands beside a port for metrics that has its own name', () => {
    const ports = portsOf(main('app.listen(3000)\nmetricsServer.listen(9464)'));
    expect(ports.map(({ value, name }) => [value, name])).to.deep.include.members([
      [3000, undefined],
      [9464, 'metrics'],
    ]);
  });
});
