// The Deployment that doctor tries and never keeps: one that Pod Security and policies have nothing against.
import { probeAnnotation } from '../../api/admission-probe.ts';

const name = 'dorgu-doctor';

/** For a dry run in this namespace. */
export function createProbe(namespace: string): object {
  const labels = { 'app.kubernetes.io/name': name };
  const amounts = { cpu: '10m', memory: '16Mi' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels, annotations: { [probeAnnotation]: 'probe' } },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          automountServiceAccountToken: false,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 65532,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [
            {
              name: 'probe',
              image: 'registry.k8s.io/pause:3.10',
              resources: { requests: amounts, limits: amounts },
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ['ALL'] },
              },
            },
          ],
        },
      },
    },
  };
}
