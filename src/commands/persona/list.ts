// `persona list`: the personas of a namespace or of all, as kubectl lists objects.
import * as Flags from '@oclif/core/flags';
import { ClusterCommand } from '../cluster-command.ts';
import { createObjectFlag, parseObjectFormat } from '../printers/object-format.ts';
import { createObjectOrder } from '../printers/sort-objects.ts';
import { createListPrinter, formatNothingFound, needsAll } from './list/list-printer.ts';
import { listPersonas } from './list/list-personas.ts';
import { selectionFlags } from './selection-flags.ts';

export default class PersonaList extends ClusterCommand {
  static override id = 'persona list';
  static override summary = 'List the personas of a namespace, or of all with -A.';
  static override flags = {
    ...selectionFlags,
    'sort-by': Flags.string({
      helpValue: 'PATH',
      summary: 'by a field: .spec.tier, .metadata.creationTimestamp',
    }),
    'no-headers': Flags.boolean({ summary: 'rows alone' }),
    output: createObjectFlag(),
  };
  static override examples = [
    { command: 'kubectl dorgu persona list', description: 'the personas of this namespace' },
    { command: 'kubectl dorgu persona list -A -o wide', description: 'all of them, with issues and teams' },
    {
      command: 'kubectl dorgu persona list -A -l app=shop --sort-by .status.phase',
      description: 'those with a label, by phase',
    },
    { command: 'kubectl dorgu persona list -o name', description: 'names for xargs kubectl' },
  ];

  async run(): Promise<undefined> {
    const { flags } = await this.parse(PersonaList);
    const { cwd, stdout, signal } = this.invocation;
    const isTerminal = stdout.isTTY === true;
    const format = parseObjectFormat(flags.output, { command: PersonaList.id, cwd, isTerminal });
    const sortBy = flags['sort-by'];
    const order = sortBy === undefined ? undefined : createObjectOrder(sortBy, PersonaList.id);
    const hasNamespace = flags['all-namespaces'];
    const client = await this.connect(flags);
    const query = {
      namespace: hasNamespace ? undefined : client.namespace,
      labelSelector: flags.selector,
      fieldSelector: flags['field-selector'],
      signal,
    };
    const print = createListPrinter(format, {
      hasNamespace,
      hasHeadings: !flags['no-headers'],
      now: new Date(),
    });
    let count = 0;
    for await (const personas of listPersonas(client, query, { order, isWhole: needsAll(format) })) {
      this.print(print(personas));
      count += personas.length;
    }
    if (count === 0 && !needsAll(format)) this.note(`${formatNothingFound(query.namespace)}\n`);
  }
}
