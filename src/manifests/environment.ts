// The variables of a container: config from a ConfigMap, secrets by reference, and never a secret's value.
import type { Component, EnvFact } from '../application/component.ts';
import { compareText } from '../api/compare-text.ts';
import type { ComponentOptions } from './component-options.ts';
import type { ComponentPlan, EnvironmentPlan, PortPlan } from './component-plan.ts';
import { readsUnsetPort } from './container-ports.ts';
import { dataStoreConfig } from './data-store.ts';
import { sortedRecord } from './labels.ts';
import { isVariableName } from './names.ts';

/** Longest value that goes into a ConfigMap; the object as a whole may have a mebibyte. */
const maxValueLength = 32_768;

/** Decides the variables. The port that settings ask for is set where the source reads it from a variable. */
export function planEnvironment(
  component: Component,
  name: string,
  settings: ComponentOptions,
  ports: readonly PortPlan[],
): EnvironmentPlan {
  const facts = component.env.filter((fact) => isVariableName(fact.name));
  const secretNames = new Map(
    facts.filter(({ kind }) => kind === 'secret').map((fact) => [fact.name, !fact.required]),
  );
  const config = new Map(dataStoreConfig(component));
  const unset = new Map<string, { name: string; required: boolean; where: string }>();
  for (const fact of facts) {
    if (fact.kind === 'secret' || secretNames.has(fact.name)) continue;
    if (fact.value !== undefined && fact.value.length <= maxValueLength) config.set(fact.name, fact.value);
    else unset.set(fact.name, { name: fact.name, required: fact.required, where: whereOf(fact) });
  }
  const moved = movedPort(component, settings, ports);
  if (moved) config.set(moved.name, moved.value);
  return {
    config: sortedRecord(config),
    unset: [...unset.values()]
      .filter((entry) => !config.has(entry.name))
      .sort((left, right) => compareText(left.name, right.name)),
    secrets: [...secretNames]
      .map(([key, isOptional]) => ({ name: key, isOptional }))
      .sort((left, right) => compareText(left.name, right.name)),
    secretName: settings.secretName ?? name,
  };
}

/** The variable that moves the main port to where settings want it, or we do where nothing says. */
function movedPort(
  component: Component,
  settings: ComponentOptions,
  [main]: readonly PortPlan[],
): { name: string; value: string } | undefined {
  const isLeftToUs = readsUnsetPort(component);
  const name = component.ports[0]?.fromEnv ?? (isLeftToUs ? 'PORT' : undefined);
  const isMoved = settings.port !== undefined || isLeftToUs;
  if (!isMoved || name === undefined || !isVariableName(name) || !main) return undefined;
  return { name, value: String(main.port) };
}

/** `env` and `envFrom` of the container. */
export function buildEnvironment(plan: ComponentPlan): { env?: object[]; envFrom?: object[] } {
  const { config, secrets, secretName } = plan.environment;
  const env = [
    ...homeVariable(plan),
    ...secrets.map(({ name, isOptional }) => ({
      name,
      valueFrom: { secretKeyRef: { name: secretName, key: name, ...(isOptional ? { optional: true } : {}) } },
    })),
  ];
  return {
    ...(Object.keys(config).length === 0 ? {} : { envFrom: [{ configMapRef: { name: plan.name } }] }),
    ...(env.length === 0 ? {} : { env }),
  };
}

/** A user whom the image does not know has `/` for a home, which is read-only. */
function homeVariable({ runAs, environment: { config, secrets } }: ComponentPlan): object[] {
  const isSet = Object.hasOwn(config, 'HOME') || secrets.some(({ name }) => name === 'HOME');
  return runAs.isOwn || isSet ? [] : [{ name: 'HOME', value: '/tmp' }];
}

function whereOf(fact: EnvFact): string {
  const [first] = fact.evidence;
  if (first === undefined) return '';
  return first.line === undefined ? first.file : `${first.file}:${first.line}`;
}
