// The image as it stands after some instructions: what a stage starts with, changes, and hands to the stages FROM it.
import type { ImageCopy } from './build.ts';
import type { Instruction } from './instruction.ts';

/** CMD or ENTRYPOINT as written. */
export interface WrittenCommand {
  /** JSON form: the words. Shell form: the text as the only element. */
  words: string[];
  isShellForm: boolean;
  /** The shell that runs the shell form. */
  shell: string[];
  line: number;
}

/** A value and its line. */
export interface Placed {
  value: string;
  line: number;
}

/** A RUN as text, here-documents included. */
export interface RunText {
  text: string;
  line: number;
}

/** Everything that a stage has so far. */
export interface ImageState {
  /** The outermost image, evaluated. */
  base: Placed;
  env: Map<string, Placed>;
  /** ARG names with their values; undefined where nobody gave one. */
  args: Map<string, string | undefined>;
  user?: Placed;
  workdir?: Placed;
  exposed: Placed[];
  entrypoint?: WrittenCommand;
  command?: WrittenCommand;
  /** Whether CMD stands in this stage itself: ENTRYPOINT drops an inherited one. */
  hasOwnCommand: boolean;
  /** HEALTHCHECK; its line is that of a NONE too. */
  healthcheck?: Instruction;
  volumes: Placed[];
  stopSignal?: Placed;
  labels: Map<string, Placed>;
  copies: ImageCopy[];
  runs: RunText[];
  shell: string[];
  onbuild: Instruction[];
}

/** An image of which only the name is known. */
export function createState(base: Placed, env: ReadonlyMap<string, string>): ImageState {
  return {
    base,
    env: new Map([...env].map(([name, value]) => [name, { value, line: base.line }])),
    args: new Map(),
    exposed: [],
    hasOwnCommand: false,
    volumes: [],
    labels: new Map(),
    copies: [],
    runs: [],
    shell: ['/bin/sh', '-c'],
    onbuild: [],
  };
}

/** What a stage FROM this one starts with; `onbuild` is left for the caller to run. */
export function inheritState(parent: ImageState): ImageState {
  return {
    ...parent,
    env: new Map(parent.env),
    args: new Map(parent.args),
    exposed: [...parent.exposed],
    hasOwnCommand: false,
    volumes: [...parent.volumes],
    labels: new Map(parent.labels),
    copies: [...parent.copies],
    runs: [...parent.runs],
    onbuild: [],
  };
}
