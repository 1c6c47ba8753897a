// Finds the calls by which source says where it listens, and follows their arguments to ports.
import type { PortFact } from '../../application/component.ts';
import { CONFIDENCE, type Evidence, type Fact } from '../../application/fact.ts';
import { pickArgument, splitArguments } from './arguments.ts';
import { evidenceAt, findInCode, type CodeFile } from './code-file.ts';
import type { Definitions } from './dialect.ts';
import { resolvePort } from './port-expression.ts';

/** A call, or a composite literal, that opens a port. */
export interface Listener {
  /** Global; ends with the opening bracket. */
  readonly pattern: RegExp;
  /** Names of the argument that holds port or address. */
  readonly names?: readonly string[];
  /** Its position among unnamed arguments. */
  readonly position?: number;
  /** The call must stand in a file, or component, that this says yes to. */
  readonly when?: (file: CodeFile) => boolean;
  /** What is listened on when the argument is not given; absent where that is nobody's default. */
  readonly fallback?: number;
  /** Set for a port that is not the main one. */
  readonly name?: string;
  /** What a person calls it: `uvicorn.run`. */
  readonly label: string;
  /** Believed less than a literal that is plainly a listener, where the call could be something else. */
  readonly confidence?: number;
}

/** A port that is followed into another file is a little less sure than one that stands in the call. */
const FAR = 0.02;
/** More calls of one kind in one file than this say nothing new. */
const MAX_CALLS = 40;

/** What the listeners of a component amount to. */
export interface Listening {
  ports: PortFact[];
  /** Variables that alone know a listener's port. */
  variables: Fact<string>[];
}

/** The ports of all listeners in these files, in the order of the files. */
export function findPorts(
  files: readonly CodeFile[],
  listeners: readonly Listener[],
  definitions: Definitions,
): Listening {
  const listening: Listening = { ports: [], variables: [] };
  for (const file of files)
    for (const listener of listeners) {
      // The call is looked for first: what a file imports is asked only of the few that have one.
      const calls = [...findInCode(file, listener.pattern)].slice(0, MAX_CALLS);
      if (calls.length === 0 || listener.when?.(file) === false) continue;
      for (const match of calls) readListener(listening, file, match, listener, definitions);
    }
  return listening;
}

function readListener(
  listening: Listening,
  file: CodeFile,
  match: RegExpExecArray,
  listener: Listener,
  definitions: Definitions,
): void {
  const found = splitArguments(file, match.index + match[0].length - 1);
  const argument = pickArgument(found, listener.names ?? [], listener.position);
  if (!argument) {
    listening.ports.push(...defaultPort(file, match, listener));
    return;
  }
  const { value, fromEnv, evidence } = resolvePort(argument.text, file, argument.offset, definitions);
  const says = value === undefined ? `$${fromEnv ?? ''}` : `${value}`;
  const own = evidenceAt(file, argument.offset, `${listener.label} listens on ${says}`);
  if (value !== undefined) {
    const confidence = believe(listener, file, evidence);
    listening.ports.push({
      ...toPort(value, listener, fromEnv),
      confidence,
      evidence: [own, ...evidence.slice(0, 3)],
    });
  } else if (fromEnv !== undefined && listener.name === undefined)
    listening.variables.push({
      value: fromEnv,
      confidence: CONFIDENCE.source,
      evidence: [own, ...evidence.slice(0, 2)],
    });
}

function believe(
  { confidence = CONFIDENCE.source }: Listener,
  file: CodeFile,
  evidence: readonly Evidence[],
): number {
  return evidence.some((one) => one.file !== file.path) ? confidence - FAR : confidence;
}

function toPort(
  value: number,
  { name }: Listener,
  fromEnv?: string,
): Omit<PortFact, 'confidence' | 'evidence'> {
  return {
    value,
    protocol: 'TCP',
    ...(name !== undefined && { name }),
    ...(fromEnv !== undefined && { fromEnv }),
  };
}

function defaultPort(file: CodeFile, match: RegExpExecArray, listener: Listener): PortFact[] {
  const { fallback, label } = listener;
  if (fallback === undefined) return [];
  const evidence = [evidenceAt(file, match.index, `${label} listens on ${fallback} unless told otherwise`)];
  return [{ ...toPort(fallback, listener), confidence: CONFIDENCE.frameworkDefault, evidence }];
}
