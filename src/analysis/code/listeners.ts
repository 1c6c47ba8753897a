// Finds the calls by which source says where it listens, and follows their arguments to ports.
import type { PortFact } from '../../application/component.ts';
import { CONFIDENCE } from '../../application/fact.ts';
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

/** The ports of all listeners in these files, in the order of the files. */
export function findPorts(
  files: readonly CodeFile[],
  listeners: readonly Listener[],
  definitions: Definitions,
): PortFact[] {
  return files.flatMap((file) =>
    listeners.flatMap((listener) =>
      (listener.when?.(file) ?? true)
        ? [...findInCode(file, listener.pattern)].flatMap((match) =>
            readListener(file, match, listener, definitions),
          )
        : [],
    ),
  );
}

function readListener(
  file: CodeFile,
  match: RegExpExecArray,
  listener: Listener,
  definitions: Definitions,
): PortFact[] {
  const found = splitArguments(file, match.index + match[0].length - 1);
  const argument = pickArgument(found, listener.names ?? [], listener.position);
  if (!argument) return defaultPort(file, match, listener);
  const { value, fromEnv, evidence } = resolvePort(argument.text, file, argument.offset, definitions);
  if (value === undefined) return [];
  return [
    {
      value,
      protocol: 'TCP',
      ...(listener.name !== undefined && { name: listener.name }),
      ...(fromEnv !== undefined && { fromEnv }),
      confidence: listener.confidence ?? CONFIDENCE.source,
      evidence: [
        evidenceAt(file, argument.offset, `${listener.label} listens on ${value}`),
        ...evidence.slice(0, 3),
      ],
    },
  ];
}

function defaultPort(file: CodeFile, match: RegExpExecArray, listener: Listener): PortFact[] {
  if (listener.fallback === undefined) return [];
  return [
    {
      value: listener.fallback,
      protocol: 'TCP',
      ...(listener.name !== undefined && { name: listener.name }),
      confidence: CONFIDENCE.frameworkDefault,
      evidence: [
        evidenceAt(
          file,
          match.index,
          `${listener.label} listens on ${listener.fallback} unless told otherwise`,
        ),
      ],
    },
  ];
}
