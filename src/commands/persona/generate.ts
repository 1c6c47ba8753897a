// `persona generate`: the personas of an application alone, on stdout.
import * as Args from '@oclif/core/args';
import { escapeText } from '../../ui/escape.ts';
import { listClusterDecisions } from '../../generation/cluster-decisions.ts';
import type { KubernetesObject } from '../../manifests/generated-file.ts';
import { formatYaml, generatedHeader } from '../../manifests/yaml-text.ts';
import { ClusterCommand } from '../cluster-command.ts';
import { fromClusterFlags, readClusterPersona } from '../from-cluster.ts';
import { formatObjects } from '../printers/format-objects.ts';
import { createObjectFlag, parseObjectFormat } from '../printers/object-format.ts';
import { planFromSource } from './plan-from-source.ts';
import { sourceFlags } from './source-flags.ts';

export default class PersonaGenerate extends ClusterCommand {
  static override id = 'persona generate';
  static override summary = 'Analyse an application and print its personas. Writes nothing.';
  static override args = { path: Args.string({ ignoreStdin: true, default: '.' }) };
  static override flags = {
    ...sourceFlags,
    ...fromClusterFlags,
    output: createObjectFlag({ isWide: false }),
  };
  static override examples = [
    { command: 'kubectl dorgu persona generate shop', description: 'the persona of each component' },
    { command: 'kubectl dorgu persona generate shop -o json', description: 'for programs' },
    {
      command: 'kubectl dorgu persona generate shop -n store --tag 1.5.0',
      description: 'with other settings',
    },
  ];

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(PersonaGenerate);
    const { cwd, stdout } = this.invocation;
    const isTerminal = stdout.isTTY === true;
    const format = parseObjectFormat(flags.output, {
      command: PersonaGenerate.id,
      cwd,
      isWide: false,
      isTerminal,
    });
    const clusterPersona = flags['from-cluster']
      ? await readClusterPersona(await this.connect(flags), this.invocation)
      : undefined;
    const plan = await planFromSource(args.path, flags, this.invocation, clusterPersona);
    const { personas, settings, options } = plan;
    for (const { message } of listClusterDecisions(settings, options)) this.note(`${escapeText(message)}\n`);
    for (const warning of settings.warnings) this.note(`warning: ${escapeText(warning)}\n`);
    this.print(
      format.kind === 'people'
        ? personas.map((persona) => toDocument(persona)).join('---\n')
        : formatObjects(personas, format),
    );
  }
}

/** As generate writes it, without the line that speaks of files. */
function toDocument(persona: KubernetesObject): string {
  return formatYaml(persona).slice(generatedHeader.length + 1);
}
