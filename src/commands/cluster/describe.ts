// `cluster describe`: what a cluster is, what it has and what runs on it.
import * as Args from '@oclif/core/args';
import { describeCluster, type ClusterDescription } from '../../cluster/discover-description.ts';
import { createPalette } from '../../ui/palette.ts';
import { createSymbols } from '../../ui/symbols.ts';
import { ClusterCommand } from '../cluster-command.ts';
import { isColoured } from '../invocation.ts';
import { formatObject } from '../printers/format-objects.ts';
import { createObjectFlag, parseObjectFormat } from '../printers/object-format.ts';
import { showWaiting } from '../show-waiting.ts';
import { parseClusterPersonaName } from './cluster-persona-name.ts';
import { toDescriptionDocument } from './describe/document.ts';
import { formatDescription } from './describe/screen.ts';

export default class ClusterDescribe extends ClusterCommand {
  static override id = 'cluster describe';
  static override summary =
    'Show what the cluster is, has and runs: nodes, use, add-ons, personas, policies.\nWithout a fresh word of the operator the cluster itself is asked, and the screen\nsays so (-o json: judgedBy).\nNAME: a ClusterPersona, by default the one that counts.';
  static override args = { name: Args.string({ ignoreStdin: true }) };
  static override flags = { output: createObjectFlag({ isWide: false }) };
  static override examples = [
    { command: 'kubectl dorgu cluster describe', description: 'the screen' },
    { command: 'kubectl dorgu cluster describe --context production-eu', description: 'of another cluster' },
    {
      command: "kubectl dorgu cluster describe -o jsonpath='{.status.addons[*].name}'",
      description: 'the names of the add-ons',
    },
    {
      command: 'kubectl dorgu cluster describe -o yaml',
      description: 'the ClusterPersona, its status filled',
    },
  ];

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(ClusterDescribe);
    const { cwd, stdout, signal } = this.invocation;
    const name = parseClusterPersonaName(args.name, ClusterDescribe.id);
    const isTerminal = stdout.isTTY === true;
    const format = parseObjectFormat(flags.output, {
      command: ClusterDescribe.id,
      cwd,
      isTerminal,
      isWide: false,
    });
    const client = await this.connect(flags);
    const now = new Date();
    const description = await showWaiting(
      `asking ${client.server} what it is`,
      describeCluster(client, { name, now, signal }),
      this.invocation,
    );
    const fallbackName = client.clusterName ?? client.server;
    if (format.kind === 'people') this.show(description, { now, fallbackName, color: flags.color });
    else this.print(formatObject(toDescriptionDocument(description, fallbackName), format));
  }

  private show(
    description: ClusterDescription,
    {
      now,
      fallbackName,
      color,
    }: { now: Date; fallbackName: string; color: Parameters<typeof isColoured>[2] },
  ): void {
    const { stdout, env } = this.invocation;
    const symbols = createSymbols(env, process.platform);
    const palette = createPalette(isColoured(stdout, env, color));
    const window = { width: stdout.columns ?? Infinity, palette, ellipsis: symbols.ellipsis };
    const lines = formatDescription(description, { now, window, symbols, fallbackName });
    this.print(`${lines.join('\n')}\n`);
  }
}
