// Options as people write them in manifests and shells.
import { expect } from 'chai';
import fc from 'fast-check';
import { formatHelp, parseOptions, type OperatorOptions } from '../../operator/options.ts';
import { optionTable, variableOf } from '../../operator/options/table.ts';
import { DorguError } from '../../src/api/errors.ts';

function read(args: readonly string[], env: Record<string, string> = {}): OperatorOptions {
  const invocation = parseOptions(args, env);
  if (invocation.kind !== 'run') throw new Error('expected options');
  return invocation.options;
}

function refuse(args: readonly string[], env: Record<string, string> = {}): DorguError {
  try {
    parseOptions(args, env);
  } catch (error) {
    if (error instanceof DorguError) return error;
  }
  throw new Error(`expected ${args.join(' ')} to be refused`);
}

describe('the operator’s options', () => {
  it('have the defaults of the table', () => {
    expect(read([])).to.deep.include({
      isLeaderElected: false,
      controllers: ['persona', 'cluster', 'argocd'],
      resyncIntervalMs: 60_000,
      discoveryIntervalMs: 300_000,
      concurrency: 4,
      webhookMode: 'advisory',
      isArgocdEnabled: true,
      metricsBindAddress: { host: undefined, port: 8443 },
      healthProbeBindAddress: { host: undefined, port: 8081 },
      logLevel: 'info',
      logFormat: 'json',
    });
  });

  it('are taken from flags of both spellings, then from variables', () => {
    const options = read(
      [
        '--resync-interval=30s',
        '--log-level',
        'debug',
        '--leader-elect',
        '--enable-argocd=false',
        '-concurrency=2',
      ],
      {
        DORGU_LOG_LEVEL: 'error',
        DORGU_LOG_FORMAT: 'text',
        DORGU_CONTROLLERS: '',
        DORGU_WEBHOOK_SERVICE_HOST: '1',
      },
    );
    expect(options).to.deep.include({
      resyncIntervalMs: 30_000,
      logLevel: 'debug',
      isLeaderElected: true,
      isArgocdEnabled: false,
      concurrency: 2,
      logFormat: 'text',
      controllers: ['persona', 'cluster', 'argocd'],
    });
  });

  const addresses: Record<string, OperatorOptions['metricsBindAddress'] | undefined> = {
    '0': 'off',
    ':8443': { host: undefined, port: 8443 },
    '127.0.0.1:0': { host: '127.0.0.1', port: 0 },
    '[::1]:8443': { host: '::1', port: 8443 },
    'localhost:1': { host: 'localhost', port: 1 },
    '8443': undefined,
    ':70000': undefined,
    '::1:8443': undefined,
    ':': undefined,
    '': undefined,
  };
  for (const [text, wanted] of Object.entries(addresses))
    it(`read ${JSON.stringify(text)} as an address: ${wanted === undefined ? 'refused' : JSON.stringify(wanted)}`, () => {
      const args = [`--metrics-bind-address=${text}`];
      if (wanted === undefined) expect(refuse(args).message).to.include('expected HOST:PORT');
      else expect(read(args).metricsBindAddress).to.deep.equal(wanted);
    });

  const refused: Record<
    string,
    { args: string[]; env?: Record<string, string>; code: string; says: RegExp }
  > = {
    'a flag that does not exist, with the nearest': {
      args: ['--leader-elct'],
      code: 'UnknownFlag',
      says: /^there is no flag --leader-elct$/,
    },
    'a flag without its value': {
      args: ['--log-level'],
      code: 'FlagNeedsValue',
      says: /^--log-level wants a value$/,
    },
    'a word that is no flag': { args: ['run'], code: 'UnexpectedArgument', says: /found "run"/ },
    'a switch with its value as a word': {
      args: ['--leader-elect', 'false'],
      code: 'UnexpectedArgument',
      says: /found "false"/,
    },
    'a bad duration': {
      args: ['--resync-interval=fast'],
      code: 'BadFlagValue',
      says: /^--resync-interval: expected a duration from 1s to 24h, such as 60s, found "fast"$/,
    },
    'a resync that would never end': {
      args: ['--resync-interval=0s'],
      code: 'BadFlagValue',
      says: /from 1s/,
    },
    'a bad variable, by its name': {
      args: [],
      env: { DORGU_CONCURRENCY: '0' },
      code: 'BadFlagValue',
      says: /^DORGU_CONCURRENCY: expected a whole number from 1 to 100, found "0"$/,
    },
    'a controller that does not exist': {
      args: ['--controllers=persona,clusters'],
      code: 'BadFlagValue',
      says: /some of persona, cluster, argocd/,
    },
    'a URL that is none': {
      args: ['--prometheus-url=prometheus:9090'],
      code: 'BadFlagValue',
      says: /a URL such as/,
    },
    'headers that are none': { args: ['--prometheus-headers=a'], code: 'BadFlagValue', says: /NAME=VALUE/ },
  };
  for (const [title, { args, env, code, says }] of Object.entries(refused))
    it(`refuse ${title}`, () => {
      const error = refuse(args, env);
      expect(error).to.include({ code, kind: 'usage' });
      expect(error.message).to.match(says);
    });

  it('suggest the nearest flag', () => {
    expect(refuse(['--leader-elct']).hint).to.include('did you mean --leader-elect?');
  });

  it('tell all problems at once', () => {
    const error = refuse(['--concurrency=many', '--nonsense'], { DORGU_LOG_LEVEL: 'loud' });
    expect([error.message, ...error.details]).to.deep.equal([
      'there is no flag --nonsense',
      '--concurrency: expected a whole number from 1 to 100, found "many"',
      'DORGU_LOG_LEVEL: expected debug or info or warn or error, found "loud"',
    ]);
  });

  it('are frozen', () => {
    const options = read([]);
    expect(Object.isFrozen(options) && Object.isFrozen(options.controllers)).to.equal(true);
  });

  it('ask for help and version before anything is wrong', () => {
    expect(parseOptions(['--help', '--nonsense'], {})).to.deep.equal({ kind: 'help' });
    expect(parseOptions(['-h'], {})).to.deep.equal({ kind: 'help' });
    expect(parseOptions(['--version'], { DORGU_LOG_LEVEL: 'loud' })).to.deep.equal({ kind: 'version' });
  });

  it('are all in the help, with their defaults, and all have a variable of their own', () => {
    const help = formatHelp();
    const variables = new Set<string>();
    for (const entry of Object.values(optionTable)) {
      expect(help).to.match(new RegExp(`^  --${entry.flag} .*\\S`, 'm'));
      variables.add(variableOf(entry));
    }
    expect(help).to.match(/--resync-interval +60s +/);
    expect(variables.size).to.equal(Object.keys(optionTable).length);
  });

  it('refuse any other bytes with an error of ours', () => {
    const word = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(...Object.values(optionTable).map(({ flag }) => `--${flag}`)),
      fc.string().map((text) => `--controllers=${text}`),
      fc.string().map((text) => `--__proto__=${text}`),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (args) => {
        try {
          parseOptions(args, {});
        } catch (error) {
          expect(error).to.be.instanceOf(DorguError);
        }
      }),
    );
  });
});
