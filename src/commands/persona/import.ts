// `persona import`: personas from running workloads, on stdout, into files or into the cluster.
import { resolve } from 'node:path';
import * as Args from '@oclif/core/args';
import type { ImportOutcome } from '../../cluster/import/apply-imported.ts';
import type { Imported, ImportedPersona } from '../../cluster/import/import-personas.ts';
import type { WorkloadName } from '../../cluster/import/selection.ts';
import type { KubeClient } from '../../kube/client.ts';
import { createProgress } from '../../ui/progress.ts';
import { ClusterCommand } from '../cluster-command.ts';
import { isStructured } from '../output-flag.ts';
import { createRefusal, formatOutcome } from './import/apply-report.ts';
import { explainImport } from './import/explain-import.ts';
import { checkImportFlags, importFlags, type ImportFlagValues } from './import/flags.ts';
import { formatFiles, toFiles } from './import/file-report.ts';
import { formatPersonas } from './import/print-personas.ts';
import { formatObjectList } from '../printers/format-objects.ts';

interface Wanted {
  flags: ImportFlagValues;
  name: WorkloadName | undefined;
  namespace: string | undefined;
}

const isPlain = (output: string | undefined) => output === 'json' || output === 'name';

export default class PersonaImport extends ClusterCommand {
  static override id = 'persona import';
  static override summary = 'Describe running workloads as personas: what runs, not what was meant.';
  static override args = {
    name: Args.string({ ignoreStdin: true, description: 'a workload, such as shop or deployment/shop' }),
  };
  static override flags = importFlags;
  static override examples = [
    { command: 'kubectl dorgu persona import shop', description: 'the persona of one workload, on stdout' },
    {
      command: 'kubectl dorgu persona import -A --output-dir personas',
      description: 'a file for each workload of the cluster',
    },
    {
      command: 'kubectl dorgu persona import -l team=payments --apply',
      description: "a team's workloads, into the cluster",
    },
    {
      command: 'kubectl dorgu persona import deployment/shop --apply --dry-run=server',
      description: 'what would be done',
    },
  ];

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(PersonaImport);
    const name = checkImportFlags(args.name, flags);
    const client = await this.connect(flags);
    const namespace = flags['all-namespaces'] ? undefined : client.namespace;
    const imported = await this.read(client, { flags, name, namespace });
    // YAML and files hold what was left out above each persona.
    const isNoted = flags.apply || (flags['output-dir'] === undefined && isPlain(flags.output));
    const lines = explainImport(imported, { isNoted, namespace });
    this.note(lines.map((line) => `${line}\n`).join(''));
    if (flags.apply) await this.apply(client, imported.personas, flags);
    else if (flags['output-dir'] !== undefined)
      await this.write(imported.personas, flags['output-dir'], flags);
    else this.print(formatPersonas(imported.personas, flags.output ?? 'yaml'));
  }

  private async read(client: KubeClient, { flags, name, namespace }: Wanted): Promise<Imported> {
    const { signal, stderr } = this.invocation;
    const [{ importPersonas }, { readExistingPersonas }] = await Promise.all([
      import('../../cluster/import/import-personas.ts'),
      import('../../cluster/import/existing-personas.ts'),
    ]);
    const progress = createProgress(stderr);
    const existing = flags.apply ? await readExistingPersonas(client, { namespace, signal }) : undefined;
    return importPersonas(client, {
      namespace,
      name,
      labelSelector: flags.selector,
      hasSystemNamespaces: flags['include-system'],
      existing,
      force: flags['force-conflicts'],
      now: new Date(),
      signal,
      onProgress: (count) => progress.update(`reading the cluster: ${count} objects`),
    }).finally(() => progress.stop());
  }

  private async apply(client: KubeClient, personas: readonly ImportedPersona[], flags: ImportFlagValues) {
    const { applyImported } = await import('../../cluster/import/apply-imported.ts');
    const dryRun = flags['dry-run'] ?? 'none';
    const report = { dryRun, hasNamespace: flags['all-namespaces'] };
    const outcomes: ImportOutcome[] = [];
    const options = {
      fieldManager: flags['field-manager'],
      force: flags['force-conflicts'],
      isDryRun: dryRun !== 'none',
      signal: this.invocation.signal,
    };
    for await (const outcome of applyImported(client, personas, options)) {
      outcomes.push(outcome);
      const line = `${formatOutcome(outcome, report)}\n`;
      if (outcome.applied === undefined) this.note(line);
      else if (flags.output === undefined) this.print(line);
    }
    const refusal = createRefusal(outcomes);
    // Its document takes the place of the list: two are none that a program could read.
    if (refusal !== undefined && isStructured(flags.output)) throw refusal;
    const objects = outcomes.flatMap(({ applied }) => (applied === undefined ? [] : [applied.object]));
    if (flags.output !== undefined) this.print(formatObjectList(objects, { kind: flags.output }));
    if (refusal !== undefined) throw refusal;
  }

  private async write(personas: readonly ImportedPersona[], folder: string, flags: ImportFlagValues) {
    const { writeImported } = await import('../../cluster/import/write-imported.ts');
    const directory = resolve(this.invocation.cwd, folder);
    const isDryRun = (flags['dry-run'] ?? 'none') !== 'none';
    const files = toFiles(personas, flags['all-namespaces']);
    const planned = writeImported(files, { directory, force: flags.force, isDryRun });
    if (flags.output !== undefined) this.print(formatPersonas(personas, flags.output));
    else this.print(formatFiles(planned, { folder, isDryRun }));
  }
}
