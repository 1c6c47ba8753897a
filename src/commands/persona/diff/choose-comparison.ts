// What `persona diff` compares, from its words: a persona with its workload, or personas in the cluster with source or files.
import { createUsageError } from '../../usage-error.ts';
import { isPersonaWord, parsePersonaName } from '../persona-name.ts';

/** What is compared with the personas of the cluster. */
export type Comparison =
  | { with: 'workload'; name: string }
  /** `name` narrows several personas to one. */
  | { with: 'source'; path: string; name: string | undefined }
  | { with: 'files'; name: string | undefined };

const COMMAND = 'persona diff';

/** A word that is `.` or `..`, or has a slash and is no persona/NAME, is a PATH: no NAME can be one. @throws DorguError (usage) */
export function chooseComparison(
  { name, path }: { name?: string | undefined; path?: string | undefined },
  hasFiles: boolean,
): Comparison {
  if (name !== undefined && isPath(name)) {
    if (path !== undefined)
      throw createUsageError(
        'BadArguments',
        `NAME comes before PATH: expected a name, found ${JSON.stringify(name)}`,
        COMMAND,
      );
    return chooseSource(name, undefined, hasFiles);
  }
  const wanted = name === undefined && hasFiles ? undefined : parsePersonaName(name, COMMAND);
  if (path !== undefined) return chooseSource(path, wanted, hasFiles);
  if (hasFiles) return { with: 'files', name: wanted };
  return { with: 'workload', name: wanted ?? '' };
}

function chooseSource(path: string, name: string | undefined, hasFiles: boolean): Comparison {
  if (hasFiles)
    throw createUsageError(
      'BadArguments',
      `expected either a PATH or -f, found both: ${JSON.stringify(path)} and -f`,
      COMMAND,
    );
  return { with: 'source', path, name };
}

function isPath(word: string): boolean {
  return word === '.' || word === '..' || (word.includes('/') && !isPersonaWord(word));
}
