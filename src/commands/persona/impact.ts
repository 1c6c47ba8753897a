// `persona impact`: what enforcing would deny, before anyone turns it on.
import * as Args from '@oclif/core/args';
import { foretellImpact, type ImpactReport } from '../../cluster/impact/foretell-impact.ts';
import type { Supposition } from '../../cluster/impact/supposition.ts';
import { ClusterCommand } from '../cluster-command.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { parseObjectFormat } from '../printers/object-format.ts';
import { showWaiting } from '../show-waiting.ts';
import { createUsageError } from '../usage-error.ts';
import { isFailure } from './impact/document.ts';
import { impactFlags, parseSupposedRule } from './impact/flags.ts';
import { printImpact } from './impact/print-impact.ts';
import { formatSummary, formatUnseen } from './impact/summary.ts';
import { parsePersonaName } from './persona-name.ts';

export default class PersonaImpact extends ClusterCommand {
  static override id = 'persona impact';
  static override summary =
    'Foretell what enforcing would deny, and from when: workloads as they run, as if\napplied anew (CREATE). An update is denied only for what it makes new or worse.';
  static override args = { name: Args.string({ ignoreStdin: true }) };
  static override flags = impactFlags;
  static override examples = [
    { command: 'kubectl dorgu persona impact', description: 'the workloads of this namespace' },
    { command: 'kubectl dorgu persona impact shop', description: "a persona's, with every fix" },
    {
      command: 'kubectl dorgu persona impact -A --by team --fail-on later',
      description: 'who has something to mend, dates to come included',
    },
    {
      command: 'kubectl dorgu persona impact -A --rule image/tag=deny --rule identity/persona-missing=deny',
      description: 'what a stricter ClusterPersona would deny',
    },
  ];

  async run(): Promise<number> {
    const { args, flags } = await this.parse(PersonaImpact);
    const { cwd, stdout, signal } = this.invocation;
    const name = args.name === undefined ? undefined : parsePersonaName(args.name, PersonaImpact.id);
    if (name !== undefined && flags['all-namespaces'])
      throw createUsageError('BadArguments', 'a NAME and -A cannot be given together', PersonaImpact.id);
    const isTerminal = stdout.isTTY === true;
    const format = parseObjectFormat(flags.output, { command: PersonaImpact.id, cwd, isTerminal });
    const rules = (flags.rule ?? []).map((text) => parseSupposedRule(text, PersonaImpact.id));
    const supposition: Supposition = { mode: flags.mode, rules };
    const client = await this.connect(flags);
    const namespace = flags['all-namespaces'] ? undefined : client.namespace;
    const options = { ...supposition, namespace, name, labelSelector: flags.selector, signal };
    const report = await showWaiting(
      `asking ${client.server}`,
      foretellImpact(client, { ...options, now: new Date() }),
      this.invocation,
    );
    const threshold = flags['fail-on'];
    const text = printImpact(report, {
      ...{ format, supposition, threshold, hasNamespace: namespace === undefined },
      ...{
        isDetailed: name !== undefined,
        grouping: flags.by,
        color: flags.color,
        invocation: this.invocation,
      },
    });
    this.print(text);
    this.tell(report, supposition, { isForPeople: format.kind === 'people', hasTable: text !== '' });
    return report.workloads.some((workload) => isFailure(workload, threshold))
      ? EXIT_CODES.no
      : EXIT_CODES.ok;
  }

  private tell(
    report: ImpactReport,
    supposition: Supposition,
    { isForPeople, hasTable }: { isForPeople: boolean; hasTable: boolean },
  ): void {
    const unseen = formatUnseen(report);
    const summary = isForPeople ? formatSummary(report, supposition) : [];
    const gap = isForPeople && hasTable ? '\n' : '';
    this.note(gap + [...unseen, ...summary].map((line) => `${line}\n`).join(''));
  }
}
