// What is kept of a node: a twentieth of the object, so that thousands of them can be read page by page.
import { compareText } from '../../api/compare-text.ts';
import { fieldAt, fieldsOf, listOf, textOf } from '../../api/foreign-fields.ts';
import type { NodeInfo, NodeResources } from '../../api/personas.ts';
import { conditionOf } from '../object-conditions.ts';
import { toLine } from '../plain-text.ts';
import { formatMeasured, parseMeasured } from './measured-quantity.ts';
import { findPlatformClues } from './platform.ts';

/** A node as discovery keeps it. */
export interface NodeFacts {
  info: NodeInfo;
  /** Names of platforms that the node points to, and of the cloud it runs in. */
  clues: readonly string[];
  cloud: string | undefined;
}

const maxTaints = 20;
const maxLabels = 20;

/** Reads a Node of the API; undefined for what has no name. Never throws. */
export function readNode(object: unknown): NodeFacts | undefined {
  const name = toLine(textOf(fieldAt(object, 'metadata', 'name')));
  if (name === '') return undefined;
  const labels = fieldsOf(fieldAt(object, 'metadata', 'labels'));
  const system = fieldAt(object, 'status', 'nodeInfo');
  const taints = listOf(fieldAt(object, 'spec', 'taints'))
    .slice(0, maxTaints)
    .map(formatTaint)
    .filter((taint) => taint !== '');
  const kept = keepLabels(labels);
  const kubeletVersion = toLine(textOf(fieldAt(system, 'kubeletVersion')));
  const containerRuntime = toLine(textOf(fieldAt(system, 'containerRuntimeVersion')));
  const info: NodeInfo = {
    name,
    role: findRole(labels),
    ready: conditionOf(fieldAt(object, 'status'), 'Ready')?.status === 'True',
    capacity: readResources(fieldAt(object, 'status', 'capacity')),
    allocatable: readResources(fieldAt(object, 'status', 'allocatable')),
    ...(taints.length === 0 ? {} : { taints }),
    ...(kept.length === 0 ? {} : { labels: Object.fromEntries(kept) }),
    ...(kubeletVersion === '' ? {} : { kubeletVersion }),
    ...(containerRuntime === '' ? {} : { containerRuntime }),
  };
  return { info, ...findPlatformClues(object) };
}

const rolePrefix = 'node-role.kubernetes.io/';

/** `control-plane`, `worker`, or what its role labels say; several are separated by commas. */
function findRole(labels: Readonly<Record<string, unknown>>): string {
  const roles = Object.keys(labels)
    .filter((key) => key.startsWith(rolePrefix) && key.length > rolePrefix.length)
    .map((key) => key.slice(rolePrefix.length))
    // What control planes were called until 1.24; both labels stand beside each other in some clusters.
    .map((role) => (role === 'master' ? 'control-plane' : role));
  const known = [...new Set(roles)].sort(compareText);
  return known.length === 0 ? 'worker' : toLine(known.join(','));
}

function readResources(value: unknown): NodeResources {
  const read = (field: string) => {
    const quantity = parseMeasured(fieldAt(value, field));
    return quantity && formatMeasured(quantity);
  };
  const found = {
    cpu: read('cpu'),
    memory: read('memory'),
    pods: read('pods'),
    ephemeralStorage: read('ephemeral-storage'),
  };
  return Object.fromEntries(Object.entries(found).filter(([, text]) => text !== undefined));
}

/** `key=value:Effect`; without a value `key:Effect`. */
function formatTaint(taint: unknown): string {
  const [key, value, effect] = ['key', 'value', 'effect'].map((field) => textOf(fieldAt(taint, field)));
  if (!key) return '';
  return toLine(`${key}${value ? `=${value}` : ''}:${effect ?? ''}`);
}

const keptPrefixes = ['node.kubernetes.io/', 'topology.kubernetes.io/', rolePrefix];
const keptKeys = new Set(['kubernetes.io/arch', 'kubernetes.io/os']);
const valuePattern = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/** Labels that say where and what it is, by key. */
function keepLabels(labels: Readonly<Record<string, unknown>>): [string, string][] {
  return Object.entries(labels)
    .filter((entry): entry is [string, string] => {
      const [key, value] = entry;
      const isKept = keptKeys.has(key) || keptPrefixes.some((prefix) => key.startsWith(prefix));
      return isKept && key.length <= 317 && typeof value === 'string' && valuePattern.test(value);
    })
    .sort(([left], [right]) => compareText(left, right))
    .slice(0, maxLabels);
}
