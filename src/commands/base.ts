// What every command has in common: kubectl's spelling of flags, -h, and where its output goes.
import { Command } from '@oclif/core/command';
import type { Config } from '@oclif/core/config';
import type {
  ArgInput,
  FlagInput,
  Input,
  OutputArgs,
  OutputFlags,
  ParserOutput,
} from '@oclif/core/interfaces';
import { createSymbols } from '../ui/symbols.ts';
import { toFlagSpecs } from './flag-spec.ts';
import { formatHelp, type Example } from './format-help.ts';
import { globalFlags } from './global-flags.ts';
import { createInvocation, type Invocation } from './invocation.ts';
import { toOclifArguments, withoutGuard } from './oclif-arguments.ts';
import { toUsageError } from './oclif-errors.ts';
import { scanArguments } from './scan-arguments.ts';
import { createUsageError } from './usage-error.ts';

/** A command class as the table of commands holds it. */
export type CommandClass = (new (argv: string[], config: Config, invocation?: Invocation) => BaseCommand) &
  Pick<typeof BaseCommand, 'id' | 'summary' | 'flags' | 'baseFlags' | 'args'> & { examples: Example[] };

/** Parses, calls, prints; `run` returns the exit code where it is not 0. */
export abstract class BaseCommand extends Command {
  static override baseFlags = globalFlags;
  static override flags: FlagInput = {};
  static override examples: Example[] = [];

  protected readonly invocation: Invocation;

  constructor(argv: string[], config: Config, invocation: Invocation = createInvocation()) {
    super(argv, config);
    this.invocation = invocation;
  }

  abstract override run(): Promise<number | undefined>;

  /** Runs the command on arguments as a person typed them; resolves to the exit code. */
  async execute(): Promise<number> {
    const command = this.constructor as CommandClass;
    const scanned = scanArguments(this.argv, toFlagSpecs(command), command.id);
    if (scanned.flags.findLast(({ spec }) => spec.name === 'help')?.value === true) {
      this.print(formatHelp(command));
      return 0;
    }
    const extra = scanned.positionals[Object.keys(command.args).length];
    if (extra !== undefined && !Object.values(command.args).some((arg) => arg.multiple)) {
      throw createUsageError(
        'UnexpectedArgument',
        `unexpected argument ${JSON.stringify(extra)}`,
        command.id,
      );
    }
    this.argv = toOclifArguments(scanned);
    return (await this._run<number | undefined>()) ?? 0;
  }

  /** Nothing of oclif's own: it would look for deprecations through the whole table of commands. */
  protected override init(): Promise<void> {
    return Promise.resolve();
  }

  protected override catch(error: Error): Promise<never> {
    return Promise.reject(error);
  }

  protected override async parse<
    F extends OutputFlags<FlagInput>,
    B extends OutputFlags<FlagInput>,
    A extends OutputArgs<ArgInput>,
  >(options?: Input<F, B, A>, argv = this.argv): Promise<ParserOutput<F, B, A>> {
    try {
      const parsed = await super.parse<F, B, A>(options, argv);
      // oclif's types promise a boolean, its parser leaves undefined what nobody set.
      for (const { name, kind } of toFlagSpecs(this.constructor as CommandClass)) {
        if (kind === 'boolean') (parsed.flags as Record<string, unknown>)[name] ??= false;
      }
      for (const values of [parsed.flags, parsed.args] as Record<string, unknown>[]) {
        for (const [name, value] of Object.entries(values)) values[name] = withoutGuard(value);
      }
      return parsed;
    } catch (error) {
      throw toUsageError(error, this.id ?? '');
    }
  }

  /** Data, to stdout. */
  protected print(text: string): void {
    this.invocation.stdout.write(text);
  }

  /** Everything that is not data, to stderr; in ASCII where the locale has no more. */
  protected note(text: string): void {
    const { ellipsis } = createSymbols(this.invocation.env, process.platform);
    this.invocation.stderr.write(text.replaceAll('…', ellipsis));
  }
}
