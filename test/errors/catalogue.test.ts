// The error catalogue, met from the command line: every code has its exit code, its words, a hint, and a document for programs.
import { expect } from 'chai';
import { parse } from 'yaml';
import { findErrorEntry, type ErrorCode } from '../../src/api/error-codes.ts';
import type { prometheusErrors } from '../../src/api/error-codes/prometheus.ts';
import { exitCodeOfKind } from '../../src/commands/exit-codes.ts';
import { ScriptedApiServer } from '../faults/api-server.ts';
import { applicationCases } from './application-cases.ts';
import { commandLineCases } from './command-line-cases.ts';
import { connectionCases } from './connection-cases.ts';
import { provoke, type ErrorCase } from './error-case.ts';
import { manifestCases } from './manifest-cases.ts';
import { serverCases } from './server-cases.ts';

/**
 * A code without a case does not compile. TlsFailed has a server of its own below, Interrupted a process of its own in
 * interruption.test.ts. ChecksFailed is the net under our own mistakes: nothing that people write is known to reach it. Those of
 * Prometheus are met by its client, in test/prometheus.
 */
type MetElsewhere = 'ChecksFailed' | 'TlsFailed' | 'Interrupted' | keyof typeof prometheusErrors;
const cases: Record<Exclude<ErrorCode, MetElsewhere>, ErrorCase> = {
  ...commandLineCases,
  ...applicationCases,
  ...manifestCases,
  ...connectionCases,
  ...serverCases,
};

const parts = ['code', 'message', 'cause', 'hint', 'details', 'status'];
const linesOf = (text: string, start: RegExp) => text.split('\n').filter((line) => start.test(line));

/** The exit code that the catalogue promises. */
function exitCodeOf(code: string): number {
  const entry = findErrorEntry(code);
  if (entry === undefined) throw new Error(`${code} is not in the catalogue`);
  return exitCodeOfKind(entry.kind);
}

describe('the error catalogue', function () {
  this.timeout(30_000);
  let server: ScriptedApiServer;
  before(async () => (server = await ScriptedApiServer.start()));
  after(() => server.stop());

  for (const [code, tried] of Object.entries(cases)) {
    it(`${code} tells a person what and what to do, exit ${exitCodeOf(code)}`, async () => {
      const outcome = await provoke(tried, tried.args, server);
      expect(outcome.code, outcome.stderr).to.equal(exitCodeOf(code));
      expect(outcome.stderr).to.match(new RegExp(tried.says.source, 'm'));
      expect(linesOf(outcome.stderr, /^error: /), outcome.stderr).to.have.length(1);
      expect(linesOf(outcome.stderr, /^hint: \S/), outcome.stderr).to.have.length(
        tried.isServersWord ? 0 : 1,
      );
      expect(outcome.stderr).not.to.match(/^\s+at .*:\d+:\d+/m);
    });

    if (tried.json === false) continue;
    it(`${code} tells a program the same`, async () => {
      const words = tried.json === undefined ? [...tried.args, '-o', 'json'] : [...(tried.json || [])];
      const outcome = await provoke(tried, words, server);
      expect(outcome.code, outcome.stdout + outcome.stderr).to.equal(exitCodeOf(code));
      expect(linesOf(outcome.stderr, /^(error|hint): /)).to.deep.equal([]);
      const { error, ...rest } = JSON.parse(outcome.stdout) as { error: Record<string, unknown> };
      expect(rest).to.deep.equal({});
      expect(parts).to.include.members(Object.keys(error));
      expect(error).to.include({ code });
      expect(`error: ${String(error['message'])}`).to.match(tried.says);
      if (!tried.isServersWord) expect(error['hint']).to.be.a('string').that.is.not.empty;
    });
  }

  it('TlsFailed is met at a server with a certificate of nobody, exit 7', async () => {
    const secure = await ScriptedApiServer.startSecure();
    const tried = { args: ['persona', 'list'], says: /cannot be trusted/ };
    try {
      const { code, stderr } = await provoke(tried, tried.args, secure);
      expect(code).to.equal(exitCodeOf('TlsFailed'));
      expect(stderr).to.match(/^error: the API server at .* cannot be trusted\ncause: .+\nhint: .+\n$/);
      const json = await provoke(tried, [...tried.args, '-o', 'json'], secure);
      expect(JSON.parse(json.stdout)).to.have.nested.property('error.code', 'TlsFailed');
    } finally {
      await secure.stop();
    }
  });

  it('-o yaml says the same as -o json', async () => {
    const tried = connectionCases.ContextNotFound;
    const json = await provoke(tried, [...tried.args, '-o', 'json'], server);
    const yaml = await provoke(tried, [...tried.args, '-o', 'yaml'], server);
    expect(parse(yaml.stdout)).to.deep.equal(JSON.parse(json.stdout));
    expect(yaml).to.include({ code: json.code, stderr: '' });
  });
});
