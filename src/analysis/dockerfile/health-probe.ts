// Turns HEALTHCHECK into a probe: curl and wget to http, nc to tcp, grpc_health_probe to grpc, anything else to exec.
import type { ProbeFact } from '../../application/component.ts';
import { CONFIDENCE } from '../../application/fact.ts';
import { parseDuration } from '../../quantity/duration.ts';
import { recogniseProbe, type ProbeCommand } from '../probe-command.ts';
import { scriptOf } from '../shell/script.ts';
import { replaceVariables } from '../shell/variables.ts';
import { flagOf, parseJsonForm, type Instruction } from './instruction.ts';
import { createInvalid, quote, type Place } from './invalid.ts';
import { toArgv } from './start-argv.ts';

/** The probe of HEALTHCHECK, or undefined for NONE. `lookup` gives ENV. Throws DockerfileInvalid: neither CMD nor NONE, a bad duration. */
export function parseHealthcheck(
  instruction: Instruction,
  shell: string[],
  lookup: (name: string) => string | undefined,
  file: string,
): ProbeFact | undefined {
  const place = { file, line: instruction.line };
  const [word = ''] = instruction.rest.split(/\s/, 1);
  if (word.toUpperCase() === 'NONE') return undefined;
  const text = instruction.rest.slice(word.length).trim();
  if (word.toUpperCase() !== 'CMD' || text === '')
    throw createInvalid(
      place,
      `expected HEALTHCHECK to have CMD <command> or NONE, found ${quote(instruction.rest)}`,
      'Write HEALTHCHECK CMD curl -f http://localhost:8080/healthz',
    );
  const words = parseJsonForm(text);
  const argv = toArgv({ words: words ?? [text], isShellForm: !words, shell, line: instruction.line });
  // Only a shell puts variables in.
  const hasShell = !words || scriptOf(words) !== undefined;
  const seen = hasShell ? argv.map((one) => replaceVariables(one, lookup)) : argv;
  const target: ProbeCommand = recogniseProbe(seen) ?? { kind: 'exec', command: argv };
  return {
    ...target,
    ...readTimes(instruction, place),
    confidence: CONFIDENCE.dockerfile,
    evidence: [{ file, line: instruction.line, reason: `HEALTHCHECK ${target.kind}` }],
  };
}

type Times = Pick<ProbeFact, 'periodSeconds' | 'timeoutSeconds' | 'startPeriodSeconds' | 'failureThreshold'>;

function readTimes(instruction: Instruction, place: Place): Times {
  const period = readSeconds(instruction, 'interval', place);
  const timeout = readSeconds(instruction, 'timeout', place);
  const start = readSeconds(instruction, 'start-period', place);
  const retries = readRetries(instruction, place);
  return {
    ...(period !== undefined && { periodSeconds: period }),
    ...(timeout !== undefined && { timeoutSeconds: timeout }),
    ...(start !== undefined && { startPeriodSeconds: start }),
    ...(retries !== undefined && { failureThreshold: retries }),
  };
}

// Zero is Docker's "the default"; Kubernetes counts whole seconds.
function readSeconds(instruction: Instruction, flag: string, place: Place): number | undefined {
  const text = flagOf(instruction, flag);
  // BuildKit does not replace variables here, and a duration with one is an error there; old files have them all the same.
  if (text === undefined || text.includes('$')) return undefined;
  const parsed = parseDuration(text);
  if (!parsed.ok || parsed.durationMs < 0)
    throw createInvalid(
      place,
      `expected --${flag} to be a duration such as 30s or 1m30s, found ${quote(text)}`,
      `Write --${flag}=30s.`,
    );
  return parsed.durationMs === 0 ? undefined : Math.ceil(parsed.durationMs / 1000);
}

function readRetries(instruction: Instruction, place: Place): number | undefined {
  const text = flagOf(instruction, 'retries');
  if (text === undefined || text.includes('$')) return undefined;
  if (!/^\d{1,9}$/.test(text))
    throw createInvalid(
      place,
      `expected --retries to be a whole number, found ${quote(text)}`,
      'Write --retries=3.',
    );
  return text === '0' ? undefined : Number(text);
}
