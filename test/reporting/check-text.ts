// Judges manifests given as text, and the manifests that the tests of reports start from.
import { readManifests } from '../../src/document/read-manifests.ts';
import type { ManifestProblem } from '../../src/document/manifest-problem.ts';
import type { CheckReport } from '../../src/reporting/check-report.ts';
import { judgeManifests } from '../../src/reporting/judge-manifests.ts';

/** When the tests take place: exceptions and dates of rules hold or not by it. */
export const now = new Date('2026-11-23T09:00:00Z');

/** What a text is judged with. */
export interface CheckOptions {
  personas?: string;
  clusterPersonas?: string;
  namespace?: string;
}

/** The report on a text that came from stdin. */
export async function checkText(
  text: string,
  { personas = '', clusterPersonas = '', namespace = '' }: CheckOptions = {},
): Promise<CheckReport> {
  const problems: ManifestProblem[] = [];
  const read = (source: string) =>
    readManifests(['-'], {
      cwd: '/',
      stdin: toStream(source),
      onProblem: (problem) => void problems.push(problem),
    });
  const { manifests, skipped, fileCount } = await read(text);
  return judgeManifests(
    {
      manifests,
      personaManifests: (await read(personas)).manifests,
      clusterPersonaManifests: (await read(clusterPersonas)).manifests,
      namespace,
      skipped,
      problems,
      fileCount,
    },
    now,
  );
}

async function* toStream(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(new TextEncoder().encode(text));
}

/** `namespace: store` and the like, for the metadata of the texts below. */
const field = (name: string, value: string | undefined) =>
  value === undefined ? '' : `  ${name}: ${value}\n`;

/** A Deployment that breaks no rule of the persona below but what `spec` of its container says. */
export function deployment(
  name: string,
  {
    namespace,
    container = '',
    replicas = '1',
  }: { namespace?: string; container?: string; replicas?: string } = {},
): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
${field('namespace', namespace)}  labels: { app.kubernetes.io/name: ${name} }
spec:
  replicas: ${replicas}
  selector:
    matchLabels: { app.kubernetes.io/name: ${name} }
  template:
    metadata:
      labels: { app.kubernetes.io/name: ${name} }
    spec:
      containers:
        - name: ${name}
          image: ghcr.io/acme/${name}:1.4.2
          resources:
            requests: { cpu: 100m, memory: 128Mi }
            limits: { cpu: 500m, memory: 256Mi }
          securityContext:
            runAsNonRoot: true
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: { drop: [ALL] }
${container}---
`;
}

/** A persona of a worker. */
export function persona(
  name: string,
  { namespace, spec = '' }: { namespace?: string; spec?: string } = {},
): string {
  return `apiVersion: dorgu.io/v1
kind: ApplicationPersona
metadata:
  name: ${name}
${field('namespace', namespace)}spec:
  name: ${name}
  type: worker
  tier: best-effort
  resources:
    requests: { cpu: 100m, memory: 128Mi }
    limits: { cpu: 500m, memory: 256Mi }
  scaling: { minReplicas: 1, maxReplicas: 1 }
${spec}---
`;
}

/** A ClusterPersona; `spec` is indented by two. */
export function clusterPersona(spec = '', name = 'production'): string {
  return `apiVersion: dorgu.io/v1
kind: ClusterPersona
metadata:
  name: ${name}
spec:
  name: ${name}
${spec}---
`;
}
