// A persona, and Deployments that it does not allow.

/** Persona web in namespace shop, as kubectl takes it. */
export const persona = JSON.stringify({
  apiVersion: 'dorgu.io/v1',
  kind: 'ApplicationPersona',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { name: 'web', type: 'worker' },
});

/** It belongs to persona web by its label, and may run as root. */
export function formatDeployment(name: string): string {
  const labels = { 'app.kubernetes.io/name': 'web', instance: name };
  return JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop', labels },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'web', image: 'registry.example.com/web:1' }] },
      },
    },
  });
}
