// A played API server that serves our kinds and nothing else, for what needs many changes and no rights.
import { FakeApiServer } from '../faults/fake-api-server.ts';
import { ObjectStorage } from '../faults/object-storage.ts';

/** It, and its personas. */
export interface PlayedCluster {
  server: FakeApiServer;
  personas: ObjectStorage;
}

const plurals = ['applicationpersonas', 'clusterpersonas'];

/** Starts it, without a persona. */
export async function startPlayedCluster(): Promise<PlayedCluster> {
  const crds = new ObjectStorage({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
  });
  for (const plural of plurals) crds.put(`${plural}.dorgu.io`, {});
  const personas = new ObjectStorage({ apiVersion: 'dorgu.io/v1', kind: 'ApplicationPersona' });
  const others = new Map([['customresourcedefinitions', crds]]);
  return { server: await FakeApiServer.start(personas, { others }), personas };
}

/** What an operator would have written of a healthy application; `team` marks a change. */
export function createPersonaFields(name: string, team: string): Record<string, unknown> {
  return {
    spec: { name, type: 'api', tier: 'standard', ownership: { team } },
    status: {
      phase: 'Active',
      lastUpdated: '2026-11-23T09:30:00Z',
      health: { status: 'Healthy', replicas: { desired: 2, ready: 2 } },
      validation: { passed: true, issues: [] },
      conditions: [{ type: 'Ready', status: 'True', reason: 'Available' }],
    },
  };
}
