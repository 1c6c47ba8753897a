// What one evaluation of a Dockerfile is given and keeps: arguments, the work budget, the secrets it came across.
import { isSecret } from '../../application/secret-names.ts';
import { Budget } from './expand-limits.ts';
import type { EscapeCharacter } from './instruction.ts';

/** Shorter values of secrets are not searched for in other values: they would be found everywhere. */
const MIN_SEARCHED_SECRET = 8;
const MAX_SECRETS = 200;

/** The state of one evaluation. */
export class Evaluation {
  readonly budget = new Budget();
  /** ARG before the first FROM, and the platform arguments that the builder sets. */
  readonly globals = new Map<string, string>();
  private readonly secrets = new Set<string>();

  readonly file: string;
  readonly escape: EscapeCharacter;
  /** `--build-arg`, compose `build.args`. */
  readonly buildArgs: ReadonlyMap<string, string>;

  constructor(
    file: string,
    escape: EscapeCharacter,
    buildArgs: ReadonlyMap<string, string>,
    target = 'default',
  ) {
    this.file = file;
    this.escape = escape;
    this.buildArgs = buildArgs;
    for (const [name, value] of createPlatformArgs(target))
      this.globals.set(name, buildArgs.get(name) ?? value);
    for (const [name, value] of buildArgs) this.learn(name, value);
  }

  /** Remembers a value if it is a secret, so that it is found again inside others. */
  learn(name: string, value: string | undefined): void {
    if (value === undefined || value.length < MIN_SEARCHED_SECRET || this.secrets.size >= MAX_SECRETS) return;
    if (isSecret(name, value)) this.secrets.add(value);
  }

  /** Whether text contains the value of a secret that was set earlier in the file. */
  holdsSecret(text: string): boolean {
    return [...this.secrets].some((secret) => text.includes(secret));
  }

  /** The text with such values replaced. */
  hideSecrets(text: string): string {
    return [...this.secrets].reduce((hidden, secret) => hidden.replaceAll(secret, '***'), text);
  }
}

function createPlatformArgs(target: string): [string, string][] {
  return ['TARGET', 'BUILD']
    .flatMap((side): [string, string][] => [
      [`${side}PLATFORM`, 'linux/amd64'],
      [`${side}OS`, 'linux'],
      [`${side}ARCH`, 'amd64'],
      [`${side}VARIANT`, ''],
    ])
    .concat([['TARGETSTAGE', target]]);
}
