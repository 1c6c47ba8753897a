// `persona delete`: by name, file, selector or all; several only after a question where there is a person to ask.
import * as Args from '@oclif/core/args';
import { DorguError } from '../../api/errors.ts';
import { deletePersonas, waitUntilGone } from '../../cluster/delete/delete-personas.ts';
import type { Doomed } from '../../cluster/delete/find-doomed.ts';
import type { KubeObject } from '../../kube/objects.ts';
import { escapeText } from '../../ui/escape.ts';
import { ask, canAsk } from '../ask.ts';
import { ClusterCommand } from '../cluster-command.ts';
import { formatDryRun, type DryRun } from '../dry-run-flag.ts';
import { formatKind, formatObjectName, formatObjects } from '../printers/format-objects.ts';
import { parseObjectFormat, type ObjectFormat } from '../printers/object-format.ts';
import { showWaiting } from '../show-waiting.ts';
import { assertOneChoice, findChosen } from './delete/find-chosen.ts';
import { deleteFlags } from './delete/flags.ts';
import { parseWaitLimit } from './wait-limit.ts';

export default class PersonaDelete extends ClusterCommand {
  static override id = 'persona delete';
  static override summary = 'Delete personas; what they describe keeps running.';
  static override args = { name: Args.string({ ignoreStdin: true, multiple: true }) };
  static override flags = deleteFlags;
  static override examples = [
    { command: 'kubectl dorgu persona delete shop', description: 'one persona' },
    {
      command: 'kubectl dorgu persona delete -l app=shop --dry-run=server',
      description: 'what that would delete',
    },
    { command: 'kubectl dorgu persona delete -f k8s -R --ignore-not-found', description: 'those of files' },
    { command: 'kubectl dorgu persona delete --all --yes', description: 'all of the namespace, unasked' },
  ];

  async run(): Promise<number> {
    const { args, flags } = await this.parse(PersonaDelete);
    const { cwd, stdout, signal } = this.invocation;
    const isTerminal = stdout.isTTY === true;
    const format = parseObjectFormat(flags.output, {
      command: PersonaDelete.id,
      cwd,
      isWide: false,
      isTerminal,
    });
    const timeoutMs = parseWaitLimit(flags.timeout);
    const choice = { names: args.name ?? [], flags };
    assertOneChoice(choice);
    const dryRun = flags['dry-run'] ?? 'none';
    const client = await this.connect(flags);
    const doomed = await findChosen(client, choice, this.invocation);
    if (dryRun === 'none' && !flags.yes) await this.confirm(doomed);
    for await (const { object } of deletePersonas(client, doomed, { dryRun, signal }))
      this.printDeleted(object, format, dryRun);
    if (flags.wait && dryRun === 'none')
      await showWaiting(
        'waiting until they are gone',
        waitUntilGone(client, doomed, { timeoutMs, signal }),
        this.invocation,
      );
    this.printAll(doomed, format);
    return 0;
  }

  private printAll(doomed: readonly Doomed[], format: ObjectFormat): void {
    const objects = doomed.map(({ object }) => object);
    if (format.kind !== 'people' && format.kind !== 'name') this.print(formatObjects(objects, format));
    else if (doomed.length === 0) this.note('No resources found\n');
  }

  /** kubectl's words. */
  private printDeleted(object: KubeObject, { kind }: ObjectFormat, dryRun: DryRun): void {
    if (kind === 'name') this.print(`${formatObjectName(object)}\n`);
    if (kind !== 'people') return;
    const { name, namespace } = object.metadata;
    const where = namespace === undefined ? '' : ` from ${namespace} namespace`;
    this.print(`${escapeText(`${formatKind(object)} "${name}" deleted${where}`)}${formatDryRun(dryRun)}\n`);
  }

  /** Asks before several go; without a terminal nobody is asked, as in kubectl. */
  private async confirm(doomed: readonly Doomed[]): Promise<void> {
    if (doomed.length < 2 || !canAsk(this.invocation)) return;
    const names = doomed.slice(0, 10).map(({ object }) => formatObjectName(object));
    const more = doomed.length > names.length ? ` and ${doomed.length - names.length} more` : '';
    this.note(`${names.join(', ')}${more}\n`);
    const { answer = '' } = await ask(
      [{ key: 'answer', text: `Delete these ${doomed.length} personas? (y/N)` }],
      this.invocation,
    );
    if (/^y(es)?$/i.test(answer)) return;
    throw new DorguError('Cancelled', 'nothing was deleted', { hint: '--yes does not ask' });
  }
}
