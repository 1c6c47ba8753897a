// `recommend`: what workloads should ask for and be held to, with what it rests on.
import * as Args from '@oclif/core/args';
import type { Selection } from '../cluster/recommend/select-workloads.ts';
import type { ConnectedClient } from '../kube/client.ts';
import { readRecommended } from '../cluster/recommend/read-recommended.ts';
import type { RecommendReport } from '../cluster/recommend/recommended.ts';
import { isReached, type Price } from '../cluster/recommend/tally-advice.ts';
import { createSymbols } from '../ui/symbols.ts';
import { ClusterCommand } from './cluster-command.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { assertTogether } from './recommend/assert-together.ts';
import { askPrometheus } from './recommend/ask-prometheus.ts';
import { choosePrometheus, type PrometheusChoice } from './recommend/choose-prometheus.ts';
import { recommendFlags } from './recommend/flags.ts';
import { isForPrograms, parseRecommendFormat } from './recommend/output-format.ts';
import { parseWantedName } from './recommend/parse-name.ts';
import { parsePrice } from './recommend/parse-price.ts';
import { printPatches } from './recommend/print-patches.ts';
import { printRecommended } from './recommend/print-recommended.ts';
import { formatSummary, formatUnseen } from './recommend/summary.ts';
import { writeSizes } from './recommend/write-sizes.ts';
import { showWaiting } from './show-waiting.ts';

export default class Recommend extends ClusterCommand {
  static override id = 'recommend';
  static override summary = 'Say what workloads should ask for and be held to, and what that rests on.';
  static override args = { name: Args.string({ ignoreStdin: true }) };
  static override flags = recommendFlags;
  static override examples = [
    { command: 'kubectl dorgu recommend', description: "the operator's advice in this namespace" },
    { command: 'kubectl dorgu recommend shop -o wide', description: 'on one application, with the reasons' },
    {
      command: 'kubectl dorgu recommend shop --patch kustomize',
      description: 'the same as a patch: > patch.yaml',
    },
    {
      command: 'kubectl dorgu recommend -A --prometheus-service monitoring/prometheus-k8s:9090',
      description: 'everything that runs, without an operator',
    },
    {
      command: 'kubectl dorgu recommend -A --by team --price cpu=22,memory=3',
      description: 'what each team would ask for, and an estimate of the price',
    },
  ];

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Recommend);
    const { cwd, stdout, env, signal } = this.invocation;
    assertTogether(args.name, flags, Recommend.id);
    const name = parseWantedName(args.name, Recommend.id);
    const isTerminal = stdout.isTTY === true;
    const format = parseRecommendFormat(flags.output, { command: Recommend.id, cwd, isTerminal });
    const price = parsePrice(flags.price, Recommend.id);
    const prometheus = choosePrometheus(flags, Recommend.id);
    const client = await this.connect(flags);
    const namespace = flags['all-namespaces'] ? undefined : client.namespace;
    const report = await this.gather(client, prometheus, {
      ...{ namespace, name, labelSelector: flags.selector, signal },
    });
    if (flags.write !== undefined) return this.write(report, flags.write, flags['dry-run'], namespace);
    const threshold = flags['fail-on'];
    const style = { format, threshold, price, grouping: flags.by, hasNamespace: namespace === undefined };
    const text =
      flags.patch === undefined
        ? printRecommended(report, { ...style, levels: createSymbols(env, process.platform).levels })
        : printPatches(report, flags.patch);
    this.print(text);
    this.tell(report, { namespace, price, isForPeople: !isForPrograms(format), hasTable: text !== '' });
    return threshold !== undefined && isReached(threshold, report.workloads) ? EXIT_CODES.no : EXIT_CODES.ok;
  }

  private gather(
    client: ConnectedClient,
    prometheus: PrometheusChoice | undefined,
    selection: Selection,
  ): Promise<RecommendReport> {
    if (prometheus !== undefined) return askPrometheus(client, prometheus, selection, this.invocation);
    const work = readRecommended(client, selection);
    return showWaiting(`asking ${client.server}`, work, this.invocation);
  }

  private async write(
    report: RecommendReport,
    path: string,
    isDryRun: boolean,
    namespace: string | undefined,
  ): Promise<number> {
    const { text, notes } = await writeSizes(report, { path, isDryRun }, this.invocation);
    this.print(text);
    const lines = [...notes, ...formatSummary(report, { price: undefined, namespace })];
    this.note(lines.map((line) => `${line}\n`).join(''));
    return EXIT_CODES.ok;
  }

  private tell(
    report: RecommendReport,
    {
      isForPeople,
      hasTable,
      ...options
    }: { namespace: string | undefined; price: Price | undefined; isForPeople: boolean; hasTable: boolean },
  ): void {
    const lines = [...formatUnseen(report), ...(isForPeople ? formatSummary(report, options) : [])];
    const gap = isForPeople && hasTable && lines.length > 0 ? '\n' : '';
    this.note(gap + lines.map((line) => `${line}\n`).join(''));
  }
}
