// `cluster init`: writes down what a cluster is, from what it tells of itself.
import * as Args from '@oclif/core/args';
import { applyPersonas, type AppliedPersona } from '../../cluster/apply/apply-personas.ts';
import { planClusterPersona, type PlannedClusterPersona } from '../../cluster/discover-cluster-persona.ts';
import type { KubeClient } from '../../kube/client.ts';
import { resources } from '../../kube/resources.ts';
import { toClusterName } from '../../status/cluster/cluster-name.ts';
import { ClusterCommand } from '../cluster-command.ts';
import { formatDryRun, type DryRun } from '../dry-run-flag.ts';
import { formatObject, formatObjectName } from '../printers/format-objects.ts';
import { parseObjectFormat } from '../printers/object-format.ts';
import { showWaiting } from '../show-waiting.ts';
import { createUsageError } from '../usage-error.ts';
import { parseClusterPersonaName } from './cluster-persona-name.ts';
import { initFlags, toSpec } from './init/flags.ts';
import { formatInitNotes } from './init/notes.ts';

export default class ClusterInit extends ClusterCommand {
  static override id = 'cluster init';
  static override summary =
    'Discover this cluster and apply a ClusterPersona that describes it.\nWhat is not said is read from it: the environment from its name, policies that\nall its namespaces share. What was said before stays.\nNAME: by default the name of the cluster in the kubeconfig.';
  static override args = { name: Args.string({ ignoreStdin: true }) };
  static override flags = initFlags;
  static override examples = [
    { command: 'kubectl dorgu cluster init --dry-run=client -o yaml', description: 'what would be applied' },
    {
      command: 'kubectl dorgu cluster init production-eu --environment production',
      description: 'under a name of your own',
    },
    {
      command: 'kubectl dorgu cluster init --pod-security restricted --allowed-registry ghcr.io/acme',
      description: 'with policies',
    },
  ];

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(ClusterInit);
    const { cwd, stdout, signal } = this.invocation;
    const given = parseClusterPersonaName(args.name, ClusterInit.id);
    const isTerminal = stdout.isTTY === true;
    const format = parseObjectFormat(flags.output, {
      command: ClusterInit.id,
      cwd,
      isTerminal,
      isWide: false,
    });
    const client = await this.connect(flags);
    const name = given ?? nameOf(client);
    const wishes = {
      name,
      displayName: given ?? client.clusterName ?? name,
      spec: toSpec(flags),
      fieldManager: flags['field-manager'],
    };
    const plan = await showWaiting(
      `asking ${client.server} what it is`,
      planClusterPersona(client, wishes, { signal }),
      this.invocation,
    );
    const dryRun = flags['dry-run'] ?? 'none';
    const applied = await this.apply(client, plan, { ...flags, 'dry-run': dryRun });
    this.note(formatInitNotes(plan).join('\n') + '\n');
    const outcome = `${formatObjectName(applied.object)} ${applied.outcome}${formatDryRun(dryRun)}\n`;
    this.print(format.kind === 'people' ? outcome : formatObject(applied.object, format));
  }

  private async apply(
    client: KubeClient,
    { object }: PlannedClusterPersona,
    flags: { 'dry-run': DryRun; 'field-manager': string; 'force-conflicts': boolean },
  ): Promise<AppliedPersona> {
    const place = ClusterInit.id;
    const input = { object, resource: resources.clusterPersonas, place };
    const options = {
      dryRun: flags['dry-run'],
      fieldManager: flags['field-manager'],
      force: flags['force-conflicts'],
      commands: { force: `kubectl dorgu ${place} ${object.metadata.name} --force-conflicts` },
      signal: this.invocation.signal,
    };
    for await (const applied of applyPersonas(client, [input], options)) return applied;
    throw new Error('one object was given, and none was applied');
  }
}

/** @throws DorguError MissingArgument (usage) where the kubeconfig names no cluster */
function nameOf(client: KubeClient): string {
  const name = toClusterName(client.clusterName ?? '');
  if (name !== undefined) return name;
  throw createUsageError(
    'MissingArgument',
    `${ClusterInit.id} needs a NAME: the kubeconfig gives the cluster none`,
    ClusterInit.id,
    `kubectl dorgu ${ClusterInit.id} production`,
  );
}
