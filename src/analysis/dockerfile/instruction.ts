// One instruction of a Dockerfile as it is written, before any variable is replaced.

/** The body of a here-document (`<<EOF`); `expands` is false where the word was quoted (`<<"EOF"`). */
export interface Heredoc {
  name: string;
  content: string;
  expands: boolean;
}

/** `--from=builder`; the value is empty where the flag has none (`--link`). */
export interface InstructionFlag {
  name: string;
  value: string;
}

/** One logical line: continuation lines joined, comments between them dropped, flags taken off the front. */
export interface Instruction {
  /** Upper case: `FROM`, `COPY`. */
  keyword: string;
  flags: InstructionFlag[];
  /** What follows keyword and flags, trimmed. */
  rest: string;
  /** Where the instruction begins, from 1. */
  line: number;
  heredocs: Heredoc[];
}

/** The character that continues lines and escapes: the backslash unless a directive says otherwise. */
export type EscapeCharacter = '\\' | '`';

/** A Dockerfile split into instructions. */
export interface DockerfileText {
  escape: EscapeCharacter;
  instructions: Instruction[];
}

/** The value of the last flag of that name. */
export function flagOf(instruction: Instruction, name: string): string | undefined {
  return instruction.flags.findLast((flag) => flag.name === name)?.value;
}

/** The strings of the JSON form (`["node", "server.js"]`), or undefined where it is the shell form: as in Docker, broken JSON is shell form. */
export function parseJsonForm(text: string): string[] | undefined {
  if (!text.startsWith('[')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined;
  } catch {
    return undefined;
  }
}
