// The names that a service goes by beside its own: those that others use have to lead to it in a cluster, too.
import { CONFIDENCE, createFact } from '../../application/fact.ts';
import { entriesOf, entryOf, isIncomplete, itemsOf, textOf, type ComposeNode } from './node.ts';
import type { ComposeService } from './service.ts';

/** Aliases on networks, the host name, the container's name: each resolves inside of a compose project. */
export function aliasesOf(service: ComposeNode): string[] {
  const onNetworks = entriesOf(entryOf(service, 'networks')).flatMap(([, network]) =>
    itemsOf(entryOf(network, 'aliases')),
  );
  const nodes = [...onNetworks, entryOf(service, 'hostname'), entryOf(service, 'container_name')];
  const names = nodes.map((node) => (node === undefined || isIncomplete(node) ? undefined : textOf(node)));
  return [...new Set(names.filter((name) => name !== undefined && name !== ''))] as string[];
}

/** Claims those aliases that another service calls; nobody asks for the others. */
export function claimAliases(services: readonly ComposeService[]): void {
  const names = new Set(services.map(({ name }) => name));
  const called = new Set(
    services.flatMap(({ claims }) => (claims.dependencies ?? []).map(({ host }) => host)),
  );
  for (const { name, aliases = [], claims, evidence } of services) {
    const own = aliases.filter((alias) => alias !== name && !names.has(alias) && called.has(alias));
    if (own.length === 0) continue;
    const reason = `another service calls ${name} by this name`;
    claims.aliases = own.map((value) => createFact(value, CONFIDENCE.compose, { ...evidence, reason }));
  }
}
