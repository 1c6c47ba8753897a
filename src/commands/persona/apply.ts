// `persona apply`: personas from source or from files into the cluster, by server-side apply.
import * as Args from '@oclif/core/args';
import { applyPersonas, type AppliedPersona } from '../../cluster/apply/apply-personas.ts';
import { waitUntilReady } from '../../cluster/wait/wait-until-ready.ts';
import type { KubeClient } from '../../kube/client.ts';
import { createProgress } from '../../ui/progress.ts';
import { ClusterCommand } from '../cluster-command.ts';
import { formatDryRun, type DryRun } from '../dry-run-flag.ts';
import { formatObjectName, formatObjects } from '../printers/format-objects.ts';
import { parseObjectFormat, type ObjectFormat } from '../printers/object-format.ts';
import { createUsageError } from '../usage-error.ts';
import { applyFlags } from './apply/flags.ts';
import { formatForceCommand } from './apply/force-command.ts';
import { readInputs } from './apply/read-inputs.ts';
import { parseWaitLimit } from './wait-limit.ts';

export default class PersonaApply extends ClusterCommand {
  static override id = 'persona apply';
  static override summary = 'Apply the personas of an application, or of files with -f.';
  static override args = { path: Args.string({ ignoreStdin: true }) };
  static override flags = applyFlags;
  static override examples = [
    { command: 'kubectl dorgu persona apply shop', description: 'analyse shop and apply its personas' },
    { command: 'kubectl dorgu persona apply shop --dry-run=server', description: 'what that would do' },
    { command: 'kubectl dorgu persona apply -f k8s -R', description: 'all personas below a folder' },
    { command: 'kubectl dorgu persona apply -f persona.yaml --wait --timeout 2m', description: 'and wait' },
  ];

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(PersonaApply);
    const { cwd, stdout, signal } = this.invocation;
    const dryRun = flags['dry-run'] ?? 'none';
    const isTerminal = stdout.isTTY === true;
    const format = parseObjectFormat(flags.output, {
      command: PersonaApply.id,
      cwd,
      isWide: false,
      isTerminal,
    });
    const timeoutMs = parseWaitLimit(flags.timeout);
    if (flags.wait && dryRun !== 'none')
      throw createUsageError('BadArguments', '--wait has nothing to wait for in a dry run', PersonaApply.id);
    const client = await this.connect(flags);
    const inputs = await readInputs({ path: args.path, flags, fallback: client.namespace }, this.invocation);
    const force = formatForceCommand({ path: args.path, ...flags });
    const applied: AppliedPersona[] = [];
    for await (const one of applyPersonas(client, inputs, {
      dryRun,
      fieldManager: flags['field-manager'],
      force: flags['force-conflicts'],
      commands: { force },
      signal,
    })) {
      applied.push(one);
      this.printOutcome(one, format, dryRun);
    }
    const objects = flags.wait
      ? await this.waitFor(client, applied, timeoutMs)
      : applied.map(({ object }) => object);
    if (format.kind !== 'people' && format.kind !== 'name') this.print(formatObjects(objects, format));
  }

  /** Each as soon as it is done; a document is printed when all are. */
  private printOutcome({ object, outcome }: AppliedPersona, { kind }: ObjectFormat, dryRun: DryRun): void {
    const name = formatObjectName(object);
    if (kind === 'name') this.print(`${name}\n`);
    if (kind === 'people') this.print(`${name} ${outcome}${formatDryRun(dryRun)}\n`);
  }

  private async waitFor(client: KubeClient, applied: readonly AppliedPersona[], timeoutMs: number) {
    const { signal, stderr } = this.invocation;
    const progress = createProgress(stderr);
    const awaited = applied.map(({ object, input }) => ({ object, resource: input.resource }));
    let isSaid = false;
    return waitUntilReady(client, awaited, {
      timeoutMs,
      signal,
      onProgress: (text) => progress.update(text),
      onNoOperator: () => {
        if (!isSaid)
          this.note('Warning: no operator runs in this cluster: nobody writes the status of personas\n');
        isSaid = true;
      },
    }).finally(() => progress.stop());
  }
}
