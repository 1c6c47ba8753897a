// `doctor`: whether everything between this machine and a persona's status is as it should be, and how to mend what is not.
import * as Flags from '@oclif/core/flags';
import { DorguError } from '../api/errors.ts';
import { completeChecks, describeError, fail, type Check } from '../cluster/doctor/check.ts';
import type { ConnectedClient } from '../kube/client.ts';
import { createPalette } from '../ui/palette.ts';
import { ClusterCommand } from './cluster-command.ts';
import type { ConnectionFlagValues } from './connection-flags.ts';
import { formatChecks, formatVerdict } from './doctor/screen.ts';
import { toDoctorDocument } from './doctor/document.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { isColoured } from './invocation.ts';
import { formatDocument } from './printers/format-objects.ts';
import { createObjectFlag, parseObjectFormat } from './printers/object-format.ts';
import { showWaiting } from './show-waiting.ts';

/** Longer than this no part of a cluster that is well takes. */
const defaultTimeout = '5s';

export default class Doctor extends ClusterCommand {
  static override id = 'doctor';
  static override summary =
    'Look at all that a persona rests on: kubeconfig, API server, rights, kinds,\noperator, webhook, stream, clock; each with what mends it. Changes nothing.\nExit 3 where something is broken.';
  static override flags = {
    output: createObjectFlag({ isWide: false }),
    'operator-namespace': Flags.string({
      helpValue: 'NAME',
      summary: 'where the operator is, if it is not found',
    }),
  };
  static override examples = [
    { command: 'kubectl dorgu doctor', description: 'of the current context and namespace' },
    { command: 'kubectl dorgu doctor -n shop --context prod', description: "another one's" },
    {
      command: 'kubectl dorgu doctor -o jsonpath=\'{.checks[?(@.verdict=="failed")].fix}\'',
      description: 'what to do, for scripts',
    },
  ];

  async run(): Promise<number> {
    const { flags } = await this.parse(Doctor);
    const { cwd, stdout } = this.invocation;
    const isTerminal = stdout.isTTY === true;
    const format = parseObjectFormat(flags.output, { command: Doctor.id, cwd, isTerminal, isWide: false });
    const checks = await this.examine({
      ...flags,
      'request-timeout': flags['request-timeout'] ?? defaultTimeout,
    });
    if (format.kind === 'people') this.show(checks, flags.color);
    else if (format.kind === 'name')
      this.print(
        checks
          .filter(isBroken)
          .map(({ name }) => `${name}\n`)
          .join(''),
      );
    else this.print(formatDocument(toDoctorDocument(checks), format));
    return checks.some(isBroken) ? EXIT_CODES.preflight : EXIT_CODES.ok;
  }

  private async examine(
    flags: ConnectionFlagValues & { 'operator-namespace'?: string | undefined },
  ): Promise<Check[]> {
    let client: ConnectedClient;
    try {
      client = await this.connect(flags, { isQuiet: true });
    } catch (error) {
      if (!(error instanceof DorguError) || error.kind === 'usage') throw error;
      return completeChecks([fail('kubeconfig', describeError(error), error.hint)]);
    }
    const { examine } = await import('../cluster/doctor/examine.ts');
    return showWaiting(
      `asking ${client.server}`,
      examine(client, {
        operatorNamespace: flags['operator-namespace'],
        connectAs: (user) => this.connect({ ...flags, as: user, 'as-group': [] }, { isQuiet: true }),
        now: Date.now,
        signal: this.invocation.signal,
      }),
      this.invocation,
    );
  }

  private show(checks: readonly Check[], color: Parameters<typeof isColoured>[2]): void {
    const { stdout, env } = this.invocation;
    const palette = createPalette(isColoured(stdout, env, color));
    this.print(`${formatChecks(checks, palette).join('\n')}\n`);
    this.note(`${formatVerdict(checks)}\n`);
  }
}

function isBroken({ verdict }: Check): boolean {
  return verdict === 'failed';
}
