// `cluster status`: whether the cluster is well, in a few lines; --exit-code for CI.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { describeCluster } from '../../cluster/discover-description.ts';
import { createPalette } from '../../ui/palette.ts';
import { createSymbols } from '../../ui/symbols.ts';
import { ClusterCommand } from '../cluster-command.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { isColoured } from '../invocation.ts';
import { formatObject } from '../printers/format-objects.ts';
import { createObjectFlag, parseObjectFormat } from '../printers/object-format.ts';
import { showWaiting } from '../show-waiting.ts';
import { parseClusterPersonaName } from './cluster-persona-name.ts';
import { toDescriptionDocument } from './describe/document.ts';
import { formatClusterStatus, isClusterReady } from './status/screen.ts';

export default class ClusterStatus extends ClusterCommand {
  static override id = 'cluster status';
  static override summary =
    'Say whether the cluster is well: nodes, add-ons, and whether it could be seen.\nNAME: a ClusterPersona, by default the one that counts.';
  static override args = { name: Args.string({ ignoreStdin: true }) };
  static override flags = {
    output: createObjectFlag(),
    'exit-code': Flags.boolean({ summary: 'exit 1 unless there is a ClusterPersona and it is Ready' }),
  };
  static override examples = [
    { command: 'kubectl dorgu cluster status', description: 'phase and conditions' },
    { command: 'kubectl dorgu cluster status --exit-code', description: 'in CI: exit 1 unless Ready' },
    {
      command: "kubectl dorgu cluster status -o jsonpath='{.status.phase}'",
      description: 'one word of it',
    },
  ];

  async run(): Promise<number> {
    const { args, flags } = await this.parse(ClusterStatus);
    const { cwd, stdout, signal, env } = this.invocation;
    const name = parseClusterPersonaName(args.name, ClusterStatus.id);
    const isTerminal = stdout.isTTY === true;
    const format = parseObjectFormat(flags.output, { command: ClusterStatus.id, cwd, isTerminal });
    const client = await this.connect(flags);
    const now = new Date();
    const description = await showWaiting(
      `asking ${client.server} how it is`,
      describeCluster(client, { name, now, signal }),
      this.invocation,
    );
    const fallbackName = client.clusterName ?? client.server;
    if (format.kind === 'people') {
      const palette = createPalette(isColoured(stdout, env, flags.color));
      const { ellipsis } = createSymbols(env, process.platform);
      const window = { width: stdout.columns ?? Infinity, palette, ellipsis };
      const options = { now, window, fallbackName, isWide: format.isWide };
      this.print(`${formatClusterStatus(description, options).join('\n')}\n`);
    } else this.print(formatObject(toDescriptionDocument(description, fallbackName), format));
    return flags['exit-code'] && !isClusterReady(description) ? EXIT_CODES.no : EXIT_CODES.ok;
  }
}
