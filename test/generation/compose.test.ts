// What compose becomes on disk: a Service of every name that is called, Jobs, StatefulSets, files, and nothing of a secret.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { planGeneration } from '../../src/generation/plan.ts';
import { at } from '../manifests/field.ts';

const FILES = {
  'compose.yaml': `services:
  proxy:
    image: nginx
    volumes: ["./nginx.conf:/etc/nginx/conf.d/default.conf:ro"]
    ports: ["80:80"]
  user_service:
    image: acme/users:2
    environment: {DATABASE_URL: "postgres://shop:zq7planted@store:5432/shop", CACHE_HOST: memory, TAIL: tail}
    command: ["serve", "--token", "zq7plantedtoo", "--peer", "http://tail_it"]
    depends_on: {migrate: {condition: service_completed_successfully}, db: {condition: service_started}}
  migrate: {image: "acme/users:2", command: migrate, environment: {DB_HOST: store}}
  db:
    image: postgres:17-alpine
    container_name: store
    environment: {POSTGRES_PASSWORD: zq7planted}
    volumes: ["data:/var/lib/postgresql/data"]
  cache: {image: "redis:8", networks: {default: {aliases: [memory]}}}
  tail_it: {image: "acme/tail:1"}
volumes: {data: {}}
networks: {default: {}}
`,
  'nginx.conf': 'location / {\n  proxy_pass http://user_service:3000;\n}\n',
};

describe('an application of compose', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'dorgu-compose-'));
    for (const [name, text] of Object.entries(FILES)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const generate = async (flags: Record<string, unknown> = {}) => {
    const input = { directory: folder, flags, env: {}, home: folder, generatorVersion: '0.0.0' };
    const plan = await planGeneration(input);
    return { ...plan, texts: new Map(plan.files.map(({ path, content }) => [path, content ?? ''])) };
  };

  it('has a workload of the right kind for each service', async () => {
    const { texts } = await generate();
    for (const path of [
      'proxy/deployment',
      'user-service/deployment',
      'migrate/job',
      'db/statefulset',
      'cache/statefulset',
    ])
      expect([...texts.keys()]).to.include(`k8s/${path}.yaml`);
  });

  it('has a Service of every name that somebody calls', async () => {
    const { texts } = await generate();
    const ports = (path: string) => at(parse(texts.get(`k8s/${path}.yaml`) ?? ''), 'spec.ports.0.port');
    expect(ports('db/service')).to.equal(5432);
    expect(ports('db/service-store')).to.equal(5432);
    expect(ports('cache/service-memory')).to.equal(6379);
    expect(ports('user-service/service')).to.equal(3000);
    expect(at(parse(texts.get('k8s/tail-it/service.yaml') ?? ''), 'spec.clusterIP')).to.equal('None');
  });

  it('writes a mounted file in lines, with the names of Services in it', async () => {
    const { texts } = await generate();
    const map: unknown = parse(texts.get('k8s/proxy/configmap-files.yaml') ?? '');
    const [text] = Object.values(at(map, 'data') as Record<string, string>);
    expect(text).to.equal(FILES['nginx.conf'].replace('user_service', 'user-service'));
    expect(texts.get('k8s/proxy/configmap-files.yaml')).to.include(': |\n');
  });

  it('has Kubernetes fill a secret into a command, and writes it nowhere', async () => {
    const { texts, application, decisions } = await generate();
    const container = at(
      parse(texts.get('k8s/user-service/deployment.yaml') ?? ''),
      'spec.template.spec.containers.0',
    );
    const args = at(container, 'args') as string[];
    const [, name = ''] = /^\$\((\w+)\)$/.exec(args[2] ?? '') ?? [];
    const variables = at(container, 'env') as { name: string }[];
    expect(variables.map((one) => one.name)).to.include(name);
    expect(JSON.stringify([[...texts], application, decisions])).to.not.include('zq7planted');
  });

  it('keeps the data of PostgreSQL below the folder of its claim', async () => {
    const { texts } = await generate();
    expect(texts.get('k8s/db/configmap.yaml')).to.include('PGDATA: /var/lib/postgresql/data/pgdata');
    expect(
      at(parse(texts.get('k8s/db/statefulset.yaml') ?? ''), 'spec.template.spec.securityContext.runAsUser'),
    ).to.equal(70);
  });

  it('leaves out what runs elsewhere, and says that it is needed', async () => {
    const { texts, decisions } = await generate({ external: 'db,cache' });
    expect([...texts.keys()].filter((path) => /^k8s\/(?:db|cache)\//.test(path))).to.deep.equal([]);
    expect(
      decisions.some(({ topic, message }) => topic === 'dependency' && message.includes('5432')),
    ).to.equal(true);
  });
});
