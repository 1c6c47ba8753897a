// What an analyser claims of a handful of files, in short words that tests can compare.
import type { Analyser } from '../../../src/analysis/analyser.ts';
import type { RootFinder } from '../../../src/analysis/discovery/root.ts';
import { resolveComponent } from '../../../src/application/resolve.ts';
import type { Component } from '../../../src/application/component.ts';
import { createMemoryScope, createMemoryTree } from '../memory-tree.ts';

/** Files by path. */
export type Files = Readonly<Record<string, string>>;

/** The component that an analyser alone makes of these files. */
export function componentOf(analyser: Analyser, files: Files, dir = '.'): Component {
  return resolveComponent('app', dir, [analyser.analyse(createMemoryScope(files, dir))]).component;
}

/** Folders of the roots in these files. */
export function rootsOf(finder: RootFinder, files: Files): string[] {
  return finder.find(createMemoryTree(files)).map(({ dir }) => dir);
}

/** `8080`, `8080$PORT` where a variable moves it, `9090/metrics` where it has a name. */
export function portsOf({ ports }: Component): string[] {
  return ports.map(
    ({ value, fromEnv, name }) =>
      `${value}${fromEnv === undefined ? '' : `$${fromEnv}`}${name === undefined ? '' : `/${name}`}`,
  );
}

/** `NAME`, with `!` where it is required and `*` where it is a secret. */
export function envOf({ env }: Component): string[] {
  return env.map(
    ({ name, required, kind }) => `${name}${required ? '!' : ''}${kind === 'secret' ? '*' : ''}`,
  );
}

/** Liveness and readiness as path, or as kind where there is no path; a port of their own after a colon. */
export function probesOf({ health }: Component): [string | undefined, string | undefined] {
  const text = (probe: Component['health']['liveness']) =>
    probe && `${probe.path ?? probe.kind}${probe.port === undefined ? '' : `:${probe.port}`}`;
  return [text(health.liveness), text(health.readiness)];
}
