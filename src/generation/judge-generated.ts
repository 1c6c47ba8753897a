// Holds what was generated against the rules: each persona with its workload, and the objects of the same run around them.
import { applyApplicationPersonaDefaults } from '../api/defaults.ts';
import type { ApplicationPersona, EffectiveClusterPersona } from '../api/personas.ts';
import type { GeneratedFile, KubernetesObject } from '../manifests/generated-file.ts';
import type { Finding } from '../rules/finding.ts';
import { judge } from '../rules/judge.ts';
import { findWorkloads } from '../workload/belongs-to.ts';
import { readSurroundings } from '../workload/read-surroundings.ts';
import { readWorkload } from '../workload/read-workload.ts';

/** A finding with the file to look into. */
export interface GeneratedFinding extends Finding {
  /** Path of the workload's file, or of the object's that it is about. */
  file: string;
  /** DNS-safe name of the component. */
  component: string;
}

/** Every finding over the files of one run, by component, then gravest first. `clusterPersona` where its rules are known; `now` decides its dates. */
export function judgeGenerated(
  files: readonly GeneratedFile[],
  now: Date,
  clusterPersona?: EffectiveClusterPersona,
): GeneratedFinding[] {
  const placed = files.flatMap(({ path, objects }) => objects.map((object) => ({ path, object })));
  const surroundings = readSurroundings(placed.map(({ object }) => object));
  const workloads = placed.flatMap(({ path, object }) => {
    const workload = readWorkload(object);
    return workload ? [{ path, workload }] : [];
  });
  const paths = new Map(placed.map(({ path, object }) => [`${object.kind}/${object.metadata.name}`, path]));
  return placed.filter(isPersona).flatMap(({ path, object }) => {
    const persona = applyApplicationPersonaDefaults(object);
    const own = findWorkloads(
      persona,
      workloads.map(({ workload }) => workload),
    );
    return own.flatMap((workload) => {
      const findings = judge(
        {
          persona,
          workload,
          surroundings,
          clusterPersona,
          namespaceLabels: new Map(),
          rivals: [],
          source: 'file',
        },
        now,
      );
      const home = workloads.find((entry) => entry.workload === workload)?.path ?? path;
      return findings.map((finding) => ({
        ...finding,
        file: (finding.object === undefined ? undefined : paths.get(finding.object)) ?? home,
        component: persona.spec.name,
      }));
    });
  });
}

function isPersona(entry: {
  path: string;
  object: KubernetesObject;
}): entry is { path: string; object: KubernetesObject & ApplicationPersona } {
  return entry.object.kind === 'ApplicationPersona';
}
