// Reads one container of a pod.
import { fieldAt, fieldsOf, listOf, textOf } from '../api/foreign-fields.ts';
import { readProbe } from './probe.ts';
import { readSecuritySettings } from './security-settings.ts';
import { readText, readTextList } from './text-map.ts';
import type { Container, ContainerPort, ResourceSettings } from './workload.ts';

/** Reads a container; whatever is missing or of another type reads as absent. */
export function readContainer(value: unknown, role: Container['role'], path: string): Container {
  const fields = fieldsOf(value);
  const at = (...steps: string[]) => fieldAt(fields, ...steps);
  return {
    name: textOf(at('name')),
    role,
    path,
    image: textOf(at('image')),
    command: readTextList(at('command')),
    args: readTextList(at('args')),
    ports: listOf(at('ports')).map(readContainerPort),
    env: listOf(at('env')).map(readVariable),
    securityContext: readSecuritySettings(at('securityContext')),
    resources: readResources(at('resources')),
    livenessProbe: readProbe(at('livenessProbe')),
    readinessProbe: readProbe(at('readinessProbe')),
    startupProbe: readProbe(at('startupProbe')),
    volumeMounts: listOf(at('volumeMounts')).map(readMount),
    fields,
  };
}

/** Requests and limits as written; nulls count as absent. */
export function readResources(value: unknown): ResourceSettings {
  return { requests: readAmounts(fieldAt(value, 'requests')), limits: readAmounts(fieldAt(value, 'limits')) };
}

function readAmounts(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(fieldsOf(value)).filter(([, amount]) => amount !== null));
}

function readContainerPort(value: unknown): ContainerPort {
  return {
    name: readText(fieldAt(value, 'name')),
    containerPort: fieldAt(value, 'containerPort'),
    protocol: readText(fieldAt(value, 'protocol')) ?? 'TCP',
  };
}

function readVariable(value: unknown): Container['env'][number] {
  const source = fieldAt(value, 'valueFrom');
  const isElsewhere = typeof source === 'object' && source !== null;
  return {
    name: textOf(fieldAt(value, 'name')),
    value: readText(fieldAt(value, 'value')),
    valueFrom: isElsewhere ? fieldsOf(source) : undefined,
  };
}

function readMount(value: unknown): Container['volumeMounts'][number] {
  return {
    name: textOf(fieldAt(value, 'name')),
    mountPath: textOf(fieldAt(value, 'mountPath')),
    readOnly: fieldAt(value, 'readOnly') === true,
  };
}
