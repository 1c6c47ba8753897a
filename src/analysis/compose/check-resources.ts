// Checks what services refer to: volumes, networks, secrets and configs must be defined, and their files lie inside the application.
import { createComposeError, showText } from './compose-error.ts';
import { resolvePath, type LoadContext } from './load-context.ts';
import { entriesOf, entryOf, isIncomplete, itemsOf, textOf, type ComposeNode } from './node.ts';

/** Throws ComposeInvalid or PathOutsideApplication; a file that is not there is noted. */
export function checkResources(
  context: LoadContext,
  model: ComposeNode,
  services: ReadonlySet<string>,
): void {
  for (const section of ['secrets', 'configs'] as const) {
    for (const [name, node] of entriesOf(entryOf(model, section)))
      checkFile(context, section, name, entryOf(node, 'file'));
  }
  for (const name of services) {
    const service = entryOf(model, 'services', name);
    for (const section of ['secrets', 'configs'] as const) {
      for (const node of itemsOf(entryOf(service, section)))
        checkReference(model, section, node.kind === 'mapping' ? entryOf(node, 'source') : node, name);
    }
  }
}

function checkFile(context: LoadContext, section: string, name: string, node: ComposeNode | undefined): void {
  const path = textOf(node);
  if (node === undefined || path === undefined || path === '' || isIncomplete(node)) return;
  const file = resolvePath(context, node, path, `${section}.${name}.file`);
  if (context.tree.has(file)) return;
  const message = `${section}.${name}: ${file} is not there`;
  context.notes.push({
    kind: 'missing',
    message,
    evidence: [{ file: node.place.file, line: node.place.line, reason: message }],
  });
}

function checkReference(
  model: ComposeNode,
  section: string,
  node: ComposeNode | undefined,
  service: string,
): void {
  const name = textOf(node);
  if (node === undefined || name === undefined || isIncomplete(node)) return;
  if (entryOf(model, section, name) !== undefined) return;
  throw createComposeError(
    'ComposeInvalid',
    node.place,
    `services.${service}.${section}: expected a name that ${section} defines, found ${showText(name)}`,
    `Define it under ${section} at the end of the file.`,
  );
}
