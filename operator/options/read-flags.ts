// The command line as flags with texts: nothing is known yet of what the texts may be.
import { DorguError } from '../../src/api/errors.ts';
import { findNearest } from '../../src/api/nearest-word.ts';

/** What a command line may hold: flags, and whether each takes a value of its own. */
export type KnownFlags = ReadonlyMap<string, { isBoolean: boolean }>;

/** Flags and their texts, as `--name=value` or `--name value`; booleans bare or as `--name=false`. The last of equal ones counts. */
export function readFlags(
  args: readonly string[],
  known: KnownFlags,
): { texts: Map<string, string>; problems: DorguError[] } {
  const texts = new Map<string, string>();
  const problems: DorguError[] = [];
  const words = args.values();
  for (const word of words) {
    const match = /^--?([A-Za-z0-9][A-Za-z0-9-]*)(?:=([\s\S]*))?$/.exec(word);
    const [, flag = '', value] = match ?? [];
    const found = known.get(flag);
    if (match === null) problems.push(unexpected(word));
    else if (found === undefined) problems.push(unknown(flag, known));
    else if (value !== undefined) texts.set(flag, value);
    else if (found.isBoolean) texts.set(flag, 'true');
    else {
      const next = words.next();
      if (next.done === true) problems.push(needsValue(flag));
      else texts.set(flag, next.value);
    }
  }
  return { texts, problems };
}

function unexpected(word: string): DorguError {
  const isTruth = word === 'true' || word === 'false';
  return new DorguError('UnexpectedArgument', `expected flags only, found ${JSON.stringify(word)}`, {
    hint: isTruth ? 'switches take their value after =, as in --leader-elect=false' : '--help shows them all',
  });
}

function unknown(flag: string, known: KnownFlags): DorguError {
  const nearest = findNearest(flag, known.keys());
  return new DorguError('UnknownFlag', `there is no flag --${flag}`, {
    hint:
      nearest === undefined ? '--help shows them all' : `did you mean --${nearest}? --help shows them all`,
  });
}

function needsValue(flag: string): DorguError {
  return new DorguError('FlagNeedsValue', `--${flag} wants a value`, { hint: `--${flag}=VALUE` });
}
