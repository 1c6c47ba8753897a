// G2: credentials planted wherever people leave them, and every command that reads an application: none in any output, log, file or prompt.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { runHere } from '../commands/command-line.ts';
import { say, startModelServer } from '../llm/model-server.ts';

const secret = 'hunter2Planted9f8e7d6c';
// Put together here, so that no scanner of this repository takes them for real ones.
const awsId = `AKIAQ4ZRTV7XJW2PLM9K`;
const awsKey = ['wJalrXUtnFEMI', 'K7MDENG', 'bPxRfiCYPLANTEDKEY9'].join('/');
const github = `ghp_hunter2Planted9f8e7d6cAbCdEfGh0123456`;
const slack = `xoxb-123456789012-123456789012-hunter2Planted9f8e7d6cAB`;
const stripe = `sk_live_hunter2Planted9f8e7d6cAbCd`;
const jwt = `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJodW50ZXIyUGxhbnRlZCJ9.hunter2Planted9f8e7d6cAbCdEfGhIjKlMnOp`;
const pem = [
  '-----BEGIN ',
  'RSA PRIVATE KEY-----\nMIIEhunter2Planted9f8e7d6c\n-----END ',
  'RSA PRIVATE KEY-----\n',
].join('');
const url = `postgres://app:${secret}@db:5432/app`;
const basic = Buffer.from(`bot:${secret}`).toString('base64');

const app = {
  'package.json':
    '{"name": "shop", "version": "1.0.0", "description": "Sells things", "main": "a.js", "dependencies": {"express": "5"}}',
  'a.js': 'require("express")().listen(3000)\n',
};
const image = (lines: string) => ({ ...app, Dockerfile: `FROM node:24\n${lines}\nCMD ["node", "a.js"]\n` });
const service = (lines: string) => ({
  ...image(''),
  'compose.yaml': `services:\n  web:\n    build: .\n    ports: ["3000:3000"]\n${lines}`,
});

const plants: Record<string, Record<string, string>> = {
  'AWS keys in the image’s environment': image(`ENV AWS_ACCESS_KEY_ID=${awsId} AWS_SECRET_ACCESS_KEY=${awsKey}`),
  'AWS keys under names that say nothing': image(`ENV ONE=${awsId}\nENV TWO=${awsKey}`),
  'a token as a build argument': image(`ARG NPM_TOKEN=${github}\nARG PLAIN=${github}\nRUN npm config set //registry.npmjs.org/:_authToken=$NPM_TOKEN`),
  'a password in a RUN line and a HEALTHCHECK': image(`RUN curl -u bot:${secret} https://example.com\nHEALTHCHECK CMD curl -f -u bot:${secret} http://localhost:3000/health`),
  'a private key in a file and a variable': { ...image(''), 'server.key': pem, '.env': `TLS_KEY="${pem.replaceAll('\n', '\\n')}"\n` },
  'a private key written by a heredoc': image(`COPY <<EOF /etc/key\n${pem}EOF`),
  'an address with a password, in compose': service(`    environment:\n      UPSTREAM: ${url}\n      DATABASE_URL: ${url}\n`),
  'connection strings in compose': service(`    environment:\n      - "CONN=Server=db;User Id=sa;Password=${secret};"\n      - "BUS=Endpoint=sb://x/;SharedAccessKey=${secret}"\n`),
  'tokens in compose, under plain names': service(`    environment:\n      A: ${github}\n      B: ${slack}\n      C: ${stripe}\n      D: ${jwt}\n`),
  'a command line of compose': service(`    command: ["node", "a.js", "--api-key", "${secret}", "--db=${url}", "--token=${github}"]\n`),
  'an entry point and a health check of compose': service(`    entrypoint: sh -c 'PASSWORD=${secret} node a.js'\n    healthcheck:\n      test: ["CMD", "curl", "-H", "Authorization: Bearer ${github}", "http://localhost:3000/health"]\n`),
  'labels and build arguments of compose': { ...service(`    labels: ["api.token=${github}"]\n`), 'compose.override.yaml': `services:\n  web:\n    build: {context: ., args: {TOKEN: ${github}}}\n` },
  '.env files': { ...service('    env_file: .env\n'), '.env': `API_KEY=${secret}\nPLAIN=${stripe}\nDSN=${url}\n`, '.env.example': `API_KEY=${secret}\nWEBHOOK=https://bot:${secret}@hooks.example.com/x\n` },
  'auths of Docker and npm': { ...app, '.docker/config.json': `{"auths": {"ghcr.io": {"auth": "${basic}"}}}`, 'config.json': `{"auths": {"ghcr.io": {"auth": "${basic}"}}}`, '.npmrc': `//registry.npmjs.org/:_authToken=${github}\n` },
  'the remote of git': { ...app, '.git/HEAD': 'ref: refs/heads/main\n', '.git/config': `[remote "origin"]\n\turl = https://x-access-token:${github}@github.com/acme/shop.git\n` },
  'source': { ...app, 'a.js': `const key = process.env.API_KEY || '${secret}';\nconst db = process.env.DB_HOST || '${url}';\nconst t = process.env.MODE || '${github}';\nrequire("express")().listen(3000)\n` },
  'scripts of package.json, and its description': { 'a.js': app['a.js'], 'package.json': `{"name": "shop", "description": "uses ${github}", "scripts": {"start": "API_KEY=${secret} node a.js --token ${github}"}, "dependencies": {"express": "5"}}` },
  'a Procfile': { ...app, Procfile: `web: API_KEY=${secret} node a.js --password ${secret} --db ${url}\n` },
  'lines that cannot be read': { ...app, Dockerfile: `FROM node:24\nENVV API_KEY=${secret} ${github}\n`, 'compose.yaml': `services:\n  web: {image: "x", environment: [API_KEY=${secret}\n` },
  'settings of the application': { ...app, '.dorgu.yaml': `app:\n  description: "see ${url}"\nannotations:\n  note: "${github}"\n` },
}; // prettier-ignore

const planted = [secret, awsId, awsKey, github, slack, stripe, jwt.slice(-30), basic, 'MIIEhunter2'];

const commands: Record<string, string[]> = {
  analyze: ['analyze', 'app'],
  'analyze as JSON': ['analyze', 'app', '-o', 'json'],
  'generate --dry-run, as JSON': ['generate', 'app', '--dry-run', '-o', 'json'],
  'generate --diff': ['generate', 'app', '--diff'],
  generate: ['generate', 'app'],
  'generate --check': ['generate', 'app', '--check'],
  'generate as a chart': ['generate', 'app', '--format', 'helm', '--output-dir', 'chart', '--force'],
  'generate --show-prompt': ['generate', 'app', '--show-prompt'],
  'persona generate': ['persona', 'generate', 'app'],
  'explain a deployment': ['explain', 'app/k8s/deployment.yaml'],
  'explain a ConfigMap': ['explain', 'app/k8s/configmap.yaml', '-o', 'json'],
  'explain PERSONA.md': ['explain', 'app/PERSONA.md', '-o', 'yaml'],
  'check what was generated': ['check', '-R', 'app/k8s'],
  'init --dry-run': ['init', 'app', '--dry-run'],
};

describe('planted credentials', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dorgu-planted-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function find(text: string): string[] {
    return planted
      .filter((one) => text.includes(one))
      .map((one) => `${one} in …${text.slice(Math.max(0, text.indexOf(one) - 90), text.indexOf(one))}`);
  }

  for (const [place, files] of Object.entries(plants))
    it(`in ${place} are in nothing that any command says, writes or sends`, async () => {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(join(folder, 'app', dirname(path)), { recursive: true });
        writeFileSync(join(folder, 'app', path), text);
      }
      const leaks: Record<string, string[]> = {};
      for (const [name, argv] of Object.entries(commands)) {
        const { stdout, stderr } = await runHere([...argv, '-v', '9'], { cwd: folder, home: folder });
        const found = find(`${stdout}\n${stderr}`);
        if (found.length > 0) leaks[name] = found;
      }
      const server = await startModelServer(say({ overview: 'It sells things.' }));
      try {
        await runHere(['generate', 'app', '--llm-url', server.url, '--llm-model', 'small'], {
          cwd: folder,
          home: folder,
        });
        const sent = find(server.asked.map(({ body }) => body).join('\n'));
        if (sent.length > 0) leaks['what is sent to a model'] = sent;
      } finally {
        await server.close();
      }
      const written = listWritten(join(folder, 'app'), files).flatMap((path) =>
        find(readFileSync(path, 'utf8')).map((found) => `${path.slice(folder.length)}: ${found}`),
      );
      if (written.length > 0) leaks['what is written'] = written;
      expect(leaks).to.deep.equal({});
    }).timeout(60_000);
});

/** Every file that was not planted. */
function listWritten(directory: string, files: Record<string, string>): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !Object.hasOwn(files, path.slice(directory.length + 1)));
}
