// The process: options, signals and exit codes around runOperator. 0: stopped when asked to; 1: could not run; 2: options that are none.
import { readFileSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import { DorguError } from '../src/api/errors.ts';
import { createLogger } from './manager/create-logger.ts';
import { escapeText } from './manager/log/escape-text.ts';
import type { Logger } from './manager/logger.ts';
import { formatHelp, parseOptions, type Invocation, type OperatorOptions } from './options.ts';
import type { Surroundings } from './own-place.ts';
import { product } from './product.ts';
import { runOperator } from './run-operator.ts';

/** A stop that takes longer is cut off, before the kubelet would. */
const stopMs = 4500;
const exitCodes = { SIGTERM: 143, SIGINT: 130 } as const;

const surroundings: Surroundings = {
  env: process.env,
  home: homedir(),
  cwd: process.cwd(),
  hostname: hostname(),
  readText: (path) => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return undefined;
    }
  },
};

/** The first signal stops in order, the second one at once. */
function stopOnSignals(logger: Logger): AbortSignal {
  const stopping = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT'] as const)
    process.on(name, () => {
      if (stopping.signal.aborted) process.exit(exitCodes[name]);
      logger.info('Asked to stop', { signal: name });
      setTimeout(() => {
        logger.error('Stopping took too long');
        process.exit(1);
      }, stopMs).unref();
      stopping.abort(new Error(name));
    });
  return stopping.signal;
}

/** Nothing of ours should come here; what does is told, and the parts that are well go on. */
function reportTheUnexpected(logger: Logger): void {
  process.on('unhandledRejection', (error) => logger.error('Unexpected rejection', { error }));
  process.on('uncaughtException', (error) => {
    logger.error('Unexpected error', { error });
    process.exit(1);
  });
}

function formatError(error: unknown): string {
  if (!(error instanceof Error)) return `error: ${String(error)}\n`;
  const cause = error.cause instanceof Error ? error.cause.message : error.cause;
  const lines = [`error: ${error.message}`];
  if (error instanceof DorguError) {
    lines.push(...error.details.map((detail) => `       ${detail}`));
    if (typeof cause === 'string' && !error.message.includes(cause)) lines.push(`cause: ${cause}`);
    if (error.hint !== undefined) lines.push(`hint:  ${error.hint}`);
  }
  return `${lines.map(escapeText).join('\n')}\n`;
}

function read(): Invocation | undefined {
  try {
    return parseOptions(process.argv.slice(2), process.env);
  } catch (error) {
    process.stderr.write(formatError(error));
    return undefined;
  }
}

async function run(options: OperatorOptions): Promise<number> {
  const logger = createLogger({ level: options.logLevel, format: options.logFormat });
  reportTheUnexpected(logger);
  const signal = stopOnSignals(logger);
  try {
    await runOperator(options, { surroundings, logger, signal, isWholeProcess: true });
    logger.info('Stopped');
    return 0;
  } catch (error) {
    logger.error('Cannot run', { error });
    process.stderr.write(formatError(error));
    return 1;
  }
}

const invocation = read();
if (invocation === undefined) process.exitCode = 2;
else if (invocation.kind === 'help') process.stdout.write(formatHelp());
else if (invocation.kind === 'version') process.stdout.write(`${product.name} v${product.version}\n`);
// What may still be on its way has been given its time.
else process.exit(await run(invocation.options));
