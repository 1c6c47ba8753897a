// The health check of a service as probes: `test` in every form, with its times.
import type { Claims } from '../../application/claims.ts';
import type { ProbeFact } from '../../application/component.ts';
import { CONFIDENCE } from '../../application/fact.ts';
import { parseProbeArgv, parseProbeShell, type ProbeCommand } from '../probe-command.ts';
import { parseComposeDuration } from './amounts.ts';
import { hideSecrets } from './hide-secrets.ts';
import { booleanOf, isIncomplete, itemsOf, textOf, type ComposeNode } from './node.ts';
import { addNote, createEvidence, refuseValue, valueAt, type ServiceReader } from './service-reader.ts';

/** A health check says when dependants may use the service and when it must be replaced: both probes. */
export function readHealthClaims(reader: ServiceReader): Pick<Claims, 'liveness' | 'readiness'> {
  const test = valueAt(reader, 'healthcheck', 'test');
  if (test === undefined || booleanOf(valueAt(reader, 'healthcheck', 'disable')) === true) return {};
  const command = readTest(reader, test);
  if (command === undefined) return {};
  const probe: ProbeFact = {
    ...command,
    ...readTimes(reader),
    confidence: CONFIDENCE.compose,
    evidence: [createEvidence(test, 'compose sets healthcheck')],
  };
  return { readiness: [probe], liveness: [probe] };
}

function readTest(reader: ServiceReader, test: ComposeNode): ProbeCommand | undefined {
  const words = itemsOf(test).map((item) => textOf(item) ?? '');
  const isUnknown = [test, ...itemsOf(test)].some(isIncomplete);
  if (isUnknown || hasSecrets(reader, words)) {
    addNote(
      reader,
      'advice',
      'healthcheck: its command holds a secret or a variable without value, so it is no probe; read the variable when it runs ($$NAME)',
      test,
    );
    return undefined;
  }
  const [first = ''] = words;
  if (test.kind === 'list') return readTestList(reader, test, words);
  return first === '' ? undefined : parseProbeShell(first, [reader.name]);
}

function readTestList(
  reader: ServiceReader,
  test: ComposeNode,
  words: readonly string[],
): ProbeCommand | undefined {
  const [form, ...rest] = words;
  if (form === undefined || form === 'NONE') return undefined;
  if (form === 'CMD-SHELL' && rest.length > 0) return parseProbeShell(rest.join(' '), [reader.name]);
  if (form === 'CMD' && rest.length > 0) return parseProbeArgv(rest, [reader.name]);
  refuseValue(
    reader,
    test,
    'healthcheck.test',
    'a list that begins with CMD, CMD-SHELL or NONE, and a command',
  );
  return undefined;
}

function hasSecrets(reader: ServiceReader, words: readonly string[]): boolean {
  const { argv } = hideSecrets(words, reader.name, reader.secretValues);
  return argv.some((word, at) => word !== words[at]);
}

function readTimes(reader: ServiceReader): Partial<ProbeFact> {
  const periodSeconds = readSeconds(reader, 'interval');
  const timeoutSeconds = readSeconds(reader, 'timeout');
  const startPeriodSeconds = readSeconds(reader, 'start_period');
  const failureThreshold = readRetries(reader);
  return {
    ...(periodSeconds && { periodSeconds }),
    ...(timeoutSeconds && { timeoutSeconds }),
    ...(startPeriodSeconds && { startPeriodSeconds }),
    ...(failureThreshold && { failureThreshold }),
  };
}

function readSeconds(reader: ServiceReader, key: string): number | undefined {
  const node = valueAt(reader, 'healthcheck', key);
  const text = textOf(node);
  if (node === undefined || text === undefined) return undefined;
  const seconds = parseComposeDuration(text);
  if (seconds === undefined) refuseValue(reader, node, `healthcheck.${key}`, 'a duration such as 30s');
  return seconds;
}

function readRetries(reader: ServiceReader): number | undefined {
  const node = valueAt(reader, 'healthcheck', 'retries');
  const text = textOf(node);
  if (node === undefined || text === undefined) return undefined;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  refuseValue(reader, node, 'healthcheck.retries', 'a whole number');
  return undefined;
}
