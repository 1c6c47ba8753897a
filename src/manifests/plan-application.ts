// Decides names and neighbours of all components, and with them each component's plan.
import type { Application } from '../application/application.ts';
import type { Component } from '../application/component.ts';
import { compareText } from '../api/compare-text.ts';
import type { ComponentPlan } from './component-plan.ts';
import { planPorts } from './container-ports.ts';
import { dataStoreOf } from './data-store.ts';
import { findRenamedHosts } from './host-names.ts';
import { mergeSettings } from './merge-settings.ts';
import { toDnsName, toUniqueNames } from './names.ts';
import type { ManifestOptions } from './options.ts';
import { planComponent, planType } from './plan-component.ts';
import type { NamedComponent, PlanContext } from './plan-component.ts';
import { maxNameLength } from './workload.ts';

/** The plan of the whole application. */
export interface ApplicationPlan {
  /** DNS-safe name. */
  name: string;
  namespace: string;
  /** A single component lies flat in the output folder, several have a folder each. */
  isFlat: boolean;
  components: ComponentPlan[];
  application: Application;
  options: ManifestOptions;
}

/** Plans every component that runs on a cluster; command line tools are left out. */
export function planApplication(application: Application, options: ManifestOptions): ApplicationPlan {
  const name = toDnsName(options.name);
  const namespace = toDnsName(options.namespace.value);
  const named = nameComponents(application.components, options, name);
  const isFlat = named.length === 1;
  const context: PlanContext = {
    application,
    options,
    namespace,
    partOf: name,
    siblings: new Map(named.map((entry) => [entry.component.name, siblingOf(entry)])),
    renamedHosts: findRenamedHosts(named),
    aliases: nameAliases(named),
    callers: findCallers(named),
    exposed: chooseExposed(named),
  };
  return {
    name,
    namespace,
    isFlat,
    application,
    options,
    components: named.map((entry) => planComponent(entry, context)),
  };
}

function nameComponents(
  components: readonly Component[],
  options: ManifestOptions,
  appName: string,
): NamedComponent[] {
  const running = components.filter(({ kind }) => kind !== 'cli').map(withoutDevelopmentPorts);
  const isOnly = running.length === 1;
  const settings = running.map(({ name }) => mergeSettings(options.defaults, options.components.get(name)));
  const names = toUniqueNames(
    running.map((component, index) => ({
      text: isOnly ? appName : component.name,
      maxLength: maxNameLength(component, settings[index] ?? {}),
    })),
  );
  return running.map((component, index) => {
    const name = names[index] ?? appName;
    return {
      component,
      settings: settings[index] ?? {},
      name,
      folder: isOnly ? options.outputDir : `${options.outputDir}/${name}`,
      isOnly,
    };
  });
}

// Nothing listens on them on a cluster.
function withoutDevelopmentPorts(component: Component): Component {
  return { ...component, ports: component.ports.filter(({ isDevelopment }) => isDevelopment !== true) };
}

function siblingOf({ name, component, settings }: NamedComponent): { name: string; ports: number[] } {
  return { name, ports: planPorts(component, settings).map(({ port }) => port) };
}

/** By DNS-safe name, other names that are no component's and nobody else's alias. */
function nameAliases(named: readonly NamedComponent[]): Map<string, string[]> {
  const taken = new Set(named.map(({ name }) => name));
  const aliases = new Map<string, string[]>();
  for (const { component, name } of named) {
    for (const alias of component.aliases ?? []) {
      const wanted = toDnsName(alias);
      if (taken.has(wanted)) continue;
      taken.add(wanted);
      aliases.set(name, [...(aliases.get(name) ?? []), wanted]);
    }
  }
  return aliases;
}

/** By DNS-safe name, the DNS-safe names of those that depend on it. */
function findCallers(named: readonly NamedComponent[]): Map<string, string[]> {
  const byName = new Map(named.map((entry) => [entry.component.name, entry.name]));
  const callers = new Map<string, Set<string>>();
  for (const { component, name } of named) {
    for (const { component: target } of component.dependencies) {
      const called = target === undefined ? undefined : byName.get(target);
      if (called === undefined || called === name) continue;
      callers.set(called, (callers.get(called) ?? new Set()).add(name));
    }
  }
  return new Map([...callers].map(([key, values]) => [key, [...values].sort(compareText)]));
}

/** Who gets the application's host: the pages if there are any, else what nobody inside calls, else the first that serves. */
function chooseExposed(named: readonly NamedComponent[]): ReadonlySet<string> {
  const callers = findCallers(named);
  const serving = named.filter(({ component, settings }) => {
    const type = planType(component, settings);
    const isServing = type === 'api' || type === 'web';
    return isServing && dataStoreOf(component) === undefined && planPorts(component, settings).length > 0;
  });
  const chosen =
    serving.find(({ settings }) => settings.ingress?.enabled === true) ??
    serving.find(({ component, settings }) => planType(component, settings) === 'web') ??
    serving.find(({ name }) => !callers.has(name)) ??
    serving[0];
  return new Set(chosen ? [chosen.name] : []);
}
