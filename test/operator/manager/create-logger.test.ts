// Lines of the log: one each, whatever stands in the fields.
import { expect } from 'chai';
import fc from 'fast-check';
import { createLogger, type LoggerOptions } from '../../../operator/manager/create-logger.ts';
import { DorguError } from '../../../src/api/errors.ts';

function record(options: Partial<LoggerOptions> = {}) {
  const lines: string[] = [];
  const logger = createLogger({
    level: 'info',
    format: 'json',
    write: (line) => lines.push(line),
    now: () => Date.UTC(2026, 0, 2, 3, 4, 5, 678),
    ...options,
  });
  return { logger, lines };
}

describe('the logger', () => {
  it('writes JSON with time, level, message and all fields', () => {
    const { logger, lines } = record();
    logger.with({ controller: 'persona' }).warn('Watch fails', { reason: 'refused', message: 'mine' });
    expect(lines).to.deep.equal([
      '{"time":"2026-01-02T03:04:05.678Z","level":"warn","message":"Watch fails","controller":"persona","reason":"refused"}\n',
    ]);
  });

  it('writes text for people', () => {
    const { logger, lines } = record({ format: 'text' });
    logger.info('Started', { port: 8443, why: 'a "reason"', none: undefined });
    logger.error('Bare');
    expect(lines).to.deep.equal([
      '03:04:05.678 info  Started  port=8443 why="a \\"reason\\""\n',
      '03:04:05.678 error Bare\n',
    ]);
  });

  it('leaves out what is below its level', () => {
    const { logger, lines } = record({ level: 'warn' });
    logger.debug('a');
    logger.info('b');
    logger.warn('c');
    logger.error('d');
    expect(lines).to.have.length(2);
  });

  it('tells an error by code, message and cause, with its stack at debug', () => {
    const error = new DorguError('NoServer', 'no cluster to ask', { cause: 'no current-context' });
    const { logger, lines } = record();
    logger.error('Start failed', { error });
    expect(JSON.parse(lines[0] ?? '')).to.include({
      error: 'NoServer: no cluster to ask: no current-context',
    });
    const verbose = record({ level: 'debug' });
    verbose.logger.error('Start failed', { error });
    expect((JSON.parse(verbose.lines[0] ?? '') as { error: string }).error).to.include(
      'create-logger.test.ts',
    );
  });

  for (const format of ['json', 'text'] as const)
    it(`writes any foreign value as one harmless line of ${format} (B6)`, () => {
      fc.assert(
        fc.property(
          fc.string({ unit: 'binary' }),
          fc.anything({ withBigInt: true, withMap: true }),
          (text, value) => {
            const { logger, lines } = record({ format });
            logger.info('Seen', { text, [text]: value, escape: '\u001b[31m\u202e\u2028\n' });
            expect(lines).to.have.length(1);
            expect(lines[0]).to.match(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+\n$/u);
            if (format === 'json' && text !== 'text')
              expect(JSON.parse(lines[0] ?? '')).to.include({
                message: 'Seen',
                escape: '\u001b[31m\u202e\u2028\n',
              });
          },
        ),
      );
    });

  it('survives circles and cuts what is long', () => {
    const circle: Record<string, unknown> = { long: 'x'.repeat(100_000) };
    circle['self'] = circle;
    const { logger, lines } = record();
    logger.info('Seen', { circle, list: Array.from({ length: 10_000 }, () => 'item') });
    expect(lines[0]?.length).to.be.below(20_000);
  });
});
