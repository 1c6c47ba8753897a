// `persona status`: how one application is, for people; -o json for programs, --exit-code for CI.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { inspectPersona, type PersonaReport } from '../../cluster/inspect-persona.ts';
import { createPalette } from '../../ui/palette.ts';
import { createSymbols } from '../../ui/symbols.ts';
import { ClusterCommand } from '../cluster-command.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { isColoured } from '../invocation.ts';
import { formatObject } from '../printers/format-objects.ts';
import { createObjectFlag, parseObjectFormat } from '../printers/object-format.ts';
import { showWaiting } from '../show-waiting.ts';
import { streamFlags } from '../watch/flags.ts';
import { parsePersonaName } from './persona-name.ts';
import { isUp, toStatusDocument } from './status/document.ts';
import { formatScreen } from './status/layout.ts';
import { toScreen } from './status/screen.ts';
import { toWatchFormat, type WatchedStatusFlags } from './status/watch-flags.ts';

export default class PersonaStatus extends ClusterCommand {
  static override id = 'persona status';
  static override summary =
    'Show how an application is: what runs, what is wrong, and why it is not up.\nWhere no operator has looked at it, the same rules judge it from here, and the\nscreen says so; -o json: judgedBy is operator or kubectl-dorgu.';
  static override args = { name: Args.string({ ignoreStdin: true }) };
  static override flags = {
    output: createObjectFlag(),
    'exit-code': Flags.boolean({ summary: 'exit 1 unless the persona is Active and Ready' }),
    watch: Flags.boolean({ char: 'w', summary: 'go on, as it changes, until Ctrl-C or q' }),
    ...streamFlags,
  };
  static override examples = [
    { command: 'kubectl dorgu persona status shop', description: 'the screen' },
    {
      command: 'kubectl dorgu persona status shop -n store --exit-code',
      description: 'in CI: exit 1 unless it is Active and Ready',
    },
    {
      command: "kubectl dorgu persona status shop -n store -o jsonpath='{.status.phase}'",
      description: 'one word of it',
    },
    {
      command: 'kubectl dorgu persona status shop -n store --watch',
      description: 'the screen, as it changes',
    },
    {
      command: 'kubectl dorgu persona status shop -n store -o json',
      description: 'for programs: the object, judgedBy, diagnoses',
    },
  ];

  async run(): Promise<number> {
    const { args, flags } = await this.parse(PersonaStatus);
    const name = parsePersonaName(args.name, PersonaStatus.id);
    const { cwd, stdout } = this.invocation;
    const isTerminal = stdout.isTTY === true;
    const format = parseObjectFormat(flags.output, { command: PersonaStatus.id, cwd, isTerminal });
    if (flags.watch) return this.watch(name, { ...flags, output: toWatchFormat(format, flags) });
    const client = await this.connect(flags);
    const { namespace } = client;
    const key = { namespace, name, signal: this.invocation.signal };
    const report = await showWaiting(
      `asking ${client.server} about ${name}`,
      inspectPersona(client, key, () => new Date()),
      this.invocation,
    );
    if (format.kind === 'people') this.show(report, format.isWide, flags.color);
    else this.print(formatObject(toStatusDocument(report), format));
    return flags['exit-code'] && !isUp(report) ? EXIT_CODES.no : EXIT_CODES.ok;
  }

  private async watch(name: string, flags: WatchedStatusFlags): Promise<number> {
    const { watchStatus } = await import('./status/watch-status.ts');
    return watchStatus(await this.connect(flags), name, flags, this.toWatchHost());
  }

  private show(report: PersonaReport, isWide: boolean, color: Parameters<typeof isColoured>[2]): void {
    const { stdout, env } = this.invocation;
    const lines = formatScreen(toScreen(report, { now: new Date(), isWide }), {
      width: stdout.columns ?? Infinity,
      palette: createPalette(isColoured(stdout, env, color)),
      ellipsis: createSymbols(env, process.platform).ellipsis,
    });
    this.print(`${lines.join('\n')}\n`);
  }
}
