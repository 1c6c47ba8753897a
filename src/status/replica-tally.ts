// Counts of replicas as controllers write them.
import { fieldAt, type Fields } from '../api/foreign-fields.ts';
import { maxReplicas } from '../api/limits.ts';
import { conditionOf } from './object-conditions.ts';
import type { RolloutSubject } from './rollout-subject.ts';

/** How many replicas are wanted, ready, of the latest version, and ready for long enough to count. */
export interface ReplicaTally {
  desired: number;
  ready: number;
  updated: number;
  available: number;
}

/** Of what has no replicas. */
export const noReplicas: ReplicaTally = { desired: 0, ready: 0, updated: 0, available: 0 };

/** A foreign count, within what a status can hold; 0 for anything else. */
export function countOf(value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) return 0;
  return Math.min(value, maxReplicas);
}

/** The sum, within what a status can hold. */
export function addTallies(left: ReplicaTally, right: ReplicaTally): ReplicaTally {
  const add = (key: keyof ReplicaTally) => Math.min(maxReplicas, left[key] + right[key]);
  return {
    desired: add('desired'),
    ready: add('ready'),
    updated: add('updated'),
    available: add('available'),
  };
}

/** What the object says of its pods; nothing for what runs and ends (Job, CronJob). */
export function tallyReplicas({ kind, spec, status }: RolloutSubject): ReplicaTally {
  switch (kind) {
    case 'DaemonSet':
      return tallyDaemonSet(spec, status);
    case 'StatefulSet':
      return tallyStatefulSet(spec, status);
    case 'ReplicaSet':
      return { ...readTally(spec, status), updated: read(status, 'replicas') };
    case 'Deployment':
    case 'Rollout':
      return readTally(spec, status);
    case 'Pod':
      return tallyPod(status);
    case 'CronJob':
    case 'Job':
      return noReplicas;
  }
}

function tallyPod(status: Fields): ReplicaTally {
  const ready = conditionOf(status, 'Ready')?.status === 'True' ? 1 : 0;
  return { desired: 1, ready, updated: 1, available: ready };
}

function read(status: Fields, field: string): number {
  return countOf(fieldAt(status, field));
}

function readTally(spec: Fields, status: Fields): ReplicaTally {
  const replicas = fieldAt(spec, 'replicas');
  return {
    desired: replicas === undefined || replicas === null ? 1 : countOf(replicas),
    ready: read(status, 'readyReplicas'),
    updated: read(status, 'updatedReplicas'),
    available: read(status, 'availableReplicas'),
  };
}

function tallyDaemonSet(spec: Fields, status: Fields): ReplicaTally {
  return {
    desired: read(status, 'desiredNumberScheduled'),
    ready: read(status, 'numberReady'),
    updated: read(status, updatesByHand(spec) ? 'currentNumberScheduled' : 'updatedNumberScheduled'),
    available: read(status, 'numberAvailable'),
  };
}

function tallyStatefulSet(spec: Fields, status: Fields): ReplicaTally {
  const tally = readTally(spec, status);
  const updated = updatesByHand(spec) ? read(status, 'replicas') : tally.updated + heldBack(spec);
  return { ...tally, updated: Math.min(tally.desired, updated) };
}

/** With OnDelete the person decides when a pod is replaced: nothing is missing because of it. */
function updatesByHand(spec: Fields): boolean {
  return fieldAt(spec, 'updateStrategy', 'type') === 'OnDelete';
}

/** Replicas below a partition keep the old version on purpose. */
function heldBack(spec: Fields): number {
  return countOf(fieldAt(spec, 'updateStrategy', 'rollingUpdate', 'partition'));
}
