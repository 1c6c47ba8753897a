// What settings say about components, in the shape that manifests are built with.
import type { ComponentOptions, DependencyOptions } from '../manifests/component-options.ts';
import { componentFields, singleComponentFields } from './component-fields.ts';
import type { Field } from './field.ts';
import { readField } from './layer-values.ts';
import type { SettingsFile } from './settings-file.ts';
import type { SettingsProblem, ValuePath } from './settings-problem.ts';
import { createInvalidError } from './settings-problem.ts';

/** Where each setting goes, for those whose name is not the same in camel case. */
const TARGETS: Readonly<Record<string, string>> = {
  'scaling.target_cpu': 'scaling.targetCPU',
  'health.liveness.path': 'health.livenessPath',
  'health.readiness.path': 'health.readinessPath',
  'health.liveness.port': 'health.port',
  'health.readiness.port': 'health.port',
  'health.startup_grace_period': 'health.startupGracePeriodSeconds',
  'operations.maintenance_window': 'maintenance.window',
  'operations.auto_restart': 'maintenance.autoRestart',
  priority_class: 'priorityClassName',
};

const toTarget = (name: string) =>
  TARGETS[name] ?? name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Options from values by name (`scaling.min_replicas`); what no component has is left out. */
export function toComponentOptions(values: ReadonlyMap<string, unknown>): ComponentOptions {
  const options: Record<string, unknown> = {};
  for (const name of Object.keys({ ...componentFields, ...singleComponentFields })) {
    const value = values.get(name);
    if (value !== undefined) assign(options, toTarget(name).split('.'), value);
  }
  return options;
}

function assign(
  target: Record<string, unknown>,
  [first = '', ...rest]: readonly string[],
  value: unknown,
): void {
  if (rest.length === 0) {
    target[first] = value;
    return;
  }
  assign((target[first] ??= {}) as Record<string, unknown>, rest, value);
}

/** What .dorgu.yaml says of single components. Throws DorguError SettingsInvalid. */
export function readComponents(file: SettingsFile): ReadonlyMap<string, ComponentOptions> {
  const problems: SettingsProblem[] = [];
  const names = Object.keys(file.read(['components']) ?? {});
  const components = new Map(names.map((name) => [name, readComponent(file, name, problems)]));
  if (problems.length > 0) throw createInvalidError(problems);
  return components;
}

function readComponent(file: SettingsFile, component: string, problems: SettingsProblem[]): ComponentOptions {
  const base = ['components', component];
  const values = new Map<string, unknown>();
  const table: Record<string, Field<unknown>> = { ...componentFields, ...singleComponentFields };
  for (const [name, field] of Object.entries(table)) {
    const result = readField(file, [...base, ...name.split('.')], field);
    if (result !== undefined && 'message' in result) problems.push(result);
    else if (result !== undefined) values.set(name, result.value);
  }
  return { ...toComponentOptions(values), ...readStructures(file, base, values) };
}

/** Dependencies and ingress paths: lists, which only a file can hold. */
export function readStructures(
  file: SettingsFile,
  base: ValuePath,
  values: ReadonlyMap<string, unknown>,
): Pick<ComponentOptions, 'dependencies' | 'ingress'> {
  const dependencies = file.read([...base, 'dependencies']) as Record<string, string>[] | undefined;
  const paths = file.read([...base, 'ingress', 'paths']) as (string | { path: string })[] | undefined;
  const { ingress } = toComponentOptions(values);
  return {
    ...(dependencies === undefined ? {} : { dependencies: dependencies.map(toDependency) }),
    ...(ingress === undefined ? {} : { ingress }),
    ...(paths === undefined || paths.length === 0
      ? {}
      : {
          ingress: { ...ingress, paths: paths.map((item) => (typeof item === 'string' ? item : item.path)) },
        }),
  };
}

function toDependency(raw: Record<string, string>): DependencyOptions {
  const { name = '', type, required, health_check: healthCheck, port } = raw;
  return {
    name,
    type: (type === undefined || type === '' ? 'service' : type) as DependencyOptions['type'],
    ...(required === undefined || required === '' ? {} : { required: required === 'true' }),
    ...(healthCheck === undefined || healthCheck === '' ? {} : { healthCheck }),
    ...(port === undefined || port === '' ? {} : { port: Number(port) }),
  };
}
