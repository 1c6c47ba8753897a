// What a Dockerfile is written from beside the facts: which files and scripts a component's folder has.

/** Read from the component's folder. */
export interface BuildInputs {
  /** Names of the files and folders in it. */
  entries: ReadonlySet<string>;
  /** Names of the scripts of package.json. */
  scripts: ReadonlySet<string>;
  /** It has workspaces, or is one: its packages are installed from a folder above. */
  isWorkspace: boolean;
}

/** What a recipe knows of a component. */
export interface RecipeSubject extends BuildInputs {
  /** As analysis found it: `npm run start`. */
  startCommand?: string;
  /** Folder of the program that is started, relative to the component's: `cmd/greeter`. */
  programFolder?: string;
  framework: string;
  /** As the manifest has it: `>=20`, `1.24`. */
  languageVersion: string;
  port?: number;
  uid: number;
}

/** The lines of a Dockerfile; undefined where none can be written that is likely to work. */
export type Recipe = (subject: RecipeSubject) => string[] | undefined;

/** The end of each last stage: who runs it, and where it listens. */
export function closing({ uid, port }: RecipeSubject): string[] {
  return [`USER ${uid}`, ...(port === undefined ? [] : [`EXPOSE ${port}`])];
}

/** `CMD` of a command line: its words where it is plain ones, a shell's work otherwise. */
export function startInstruction(command: string): string {
  const isPlain = /^[\w@%+=:,./ -]+$/.test(command);
  const isOne = !/[;&|\n]/.test(command);
  const argv = isPlain ? command.trim().split(/ +/) : ['sh', '-c', isOne ? `exec ${command}` : command];
  return `CMD [${argv.map((word) => JSON.stringify(word)).join(', ')}]`;
}

/** The first whole number of a version; undefined where it is a lower bound only. */
export function majorOf(version: string): string | undefined {
  return /^[v^~= ]{0,3}(\d{1,3})(?:\D|$)/.exec(version)?.[1];
}
