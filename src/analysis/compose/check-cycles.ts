// Refuses services that wait for each other.
import { createComposeError } from './compose-error.ts';
import { entriesOf, entryOf, type ComposeNode } from './node.ts';

/** Throws ComposeCycle naming the services of the first circle of `depends_on`. */
export function checkCycles(services: ComposeNode | undefined): void {
  const done = new Set<string>();
  for (const [start] of entriesOf(services)) {
    // An own stack: thousands of services in one chain must not exhaust the machine's.
    const stack = [{ name: start, next: dependenciesOf(services, start) }];
    const open = new Set([start]);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const dependency = done.has(top.name) ? undefined : top.next.shift();
      if (dependency === undefined) {
        done.add(top.name);
        open.delete(top.name);
        stack.pop();
      } else if (open.has(dependency)) {
        throw describeCycle(
          services,
          stack.map(({ name }) => name),
          dependency,
        );
      } else if (!done.has(dependency)) {
        open.add(dependency);
        stack.push({ name: dependency, next: dependenciesOf(services, dependency) });
      }
    }
  }
}

function dependenciesOf(services: ComposeNode | undefined, name: string): string[] {
  return entriesOf(entryOf(services, name, 'depends_on')).map(([service]) => service);
}

function describeCycle(services: ComposeNode | undefined, open: readonly string[], back: string): Error {
  const links = [...open.slice(open.indexOf(back)), back];
  const node = entryOf(services, open.at(-1) ?? '', 'depends_on', back);
  const place = node?.place ?? { file: 'compose.yaml', line: 1, column: 1 };
  return createComposeError(
    'ComposeCycle',
    place,
    `depends_on runs in a circle: ${links.join(' -> ')}`,
    'Remove one of these dependencies.',
  );
}
