// Which mounted files may stand in a ConfigMap, and which are left to a Secret.
import { expect } from 'chai';
import { isOpenText, readMountedText } from '../../../src/analysis/compose/mounted-text.ts';
import { readComposeProject } from '../../../src/analysis/compose/project.ts';
import { createMemoryTree } from '../memory-tree.ts';

const open: Record<string, string> = {
  'a web server that passes on': 'location / {\n\tproxy_pass http://backend:8000;\n}\n',
  'a cache with a zone of keys': 'proxy_cache_path /tmp/cache keys_zone=cache:10m;',
  'a password that is read from a variable': 'password: ${env:DB_PASSWORD}',
  'a rule that names keys of a map': '- key: "service.name"',
};

const secret: Record<string, string> = {
  'a password in YAML': 'db:\n  password: hunter2x',
  'a password in JSON': '{"user": "a", "password": "hunter2x"}',
  'a password in XML': '<users><password>hunter2x</password></users>',
  'a password of redis': 'requirepass hunter2x',
  'a password in SQL': "CREATE USER shop IDENTIFIED BY 'hunter2x';",
  'a role of PostgreSQL': "CREATE ROLE shop LOGIN PASSWORD 'hunter2x';",
  'a token in an address': 'upstream = https://user:hunter2x@example.com/',
  'a private key': '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n',
  'text with control characters': 'a\u001b[31mb',
  'a file of 65 KiB': 'a\n'.repeat(33 * 1024),
};

describe('texts of mounted files', () => {
  for (const [title, text] of Object.entries(open))
    it(`may be shown: ${title}`, () => expect(isOpenText(text)).to.equal(true));
  for (const [title, text] of Object.entries(secret))
    it(`may not be shown: ${title}`, () => expect(isOpenText(text)).to.equal(false));

  for (const name of ['tls.key', 'server.pem', '.htpasswd', 'db_password.txt', '.env', 'credentials.json'])
    it(`may not be shown by its name: ${name}`, () => {
      expect(readMountedText(createMemoryTree({ [name]: 'plain' }), name)).to.equal(undefined);
    });
});

describe('files that compose mounts', () => {
  const tree = createMemoryTree({
    'compose.yaml': `services:
  proxy:
    image: nginx:1.27
    volumes: ["./conf:/etc/nginx/conf.d:ro", "./tls.key:/etc/tls.key:ro"]
    configs: [motd, {source: rules, target: /etc/rules}]
    secrets: [token]
  backend: {image: "acme/backend:1"}
configs: {motd: {content: "hello"}, rules: {file: ./rules.txt}}
secrets: {token: {file: ./token.txt}}
`,
    'conf/default.conf': 'proxy_pass http://backend:8000;\n',
    'conf/deep/more.conf': 'gzip on;\n',
    'tls.key': 'x',
    'rules.txt': 'allow all\n',
    'token.txt': 'plain enough',
  });
  const proxy = readComposeProject(tree)?.services[0];
  const contents = new Map((proxy?.claims.volumes ?? []).map(({ path, content }) => [path, content]));

  it('bring their text, each file of a folder by itself', () => {
    expect(contents.get('/etc/nginx/conf.d/default.conf')).to.equal('proxy_pass http://backend:8000;\n');
    expect(contents.get('/etc/nginx/conf.d/deep/more.conf')).to.equal('gzip on;\n');
    expect(contents.get('/motd')).to.equal('hello');
    expect(contents.get('/etc/rules')).to.equal('allow all\n');
  });

  it('bring none where they are secrets', () => {
    expect(contents.has('/etc/tls.key') && contents.has('/run/secrets/token')).to.equal(true);
    expect([contents.get('/etc/tls.key'), contents.get('/run/secrets/token')]).to.deep.equal([
      undefined,
      undefined,
    ]);
  });

  it('say whom they call, and where', () => {
    const [called] = proxy?.claims.dependencies ?? [];
    expect(called).to.deep.include({ name: 'backend', host: 'backend', port: 8000 });
    expect(called?.evidence[0]?.file).to.equal('conf/default.conf');
  });
});
