// Where images may come from.
import { allowedRegistries } from '../../../src/rules/security/allowed-registries.ts';
import { describeRule, type RuleCase } from '../rule-cases.ts';

const cluster = (...registries: string[]) => ({ policies: { security: { allowedRegistries: registries } } });
const digest = `sha256:${'0'.repeat(64)}`;

/** By image: entries that allow it, and entries that do not. */
const images: Readonly<Record<string, { by: readonly string[]; notBy: readonly string[] }>> = {
  'ghcr.io/acme/shop:1': {
    by: ['ghcr.io', 'ghcr.io/', 'ghcr.io/acme', 'ghcr.io/acme/', 'ghcr.io/acme/shop', 'GHCR.io/acme', '*/acme', 'ghcr.io/*', 'ghcr.io/*/shop', '*.io', 'gh*.io/a*e', 'ghcr.*/acme', '*'],
    notBy: ['ghcr.io/ac', 'ghcr.io/acme/shop/web', 'ghcr.io/acme/sho', 'ghcr.io:443', 'docker.io', 'hcr.io', 'ghcr.i', 'acme', '*.ghcr.io', 'ghcr.io/Acme', 'ghcr.io/*/web', 'ghcr.io/a*b*e'],
  },
  'ghcr.io.evil.example/acme/shop': { by: ['ghcr.io.evil.example'], notBy: ['ghcr.io', 'ghcr.io/acme', '*.io', 'ghcr.io.*'] },
  'ghcr.io/acme-evil/shop': { by: ['ghcr.io/acme-evil'], notBy: ['ghcr.io/acme'] },
  nginx: { by: ['docker.io', 'docker.io/library', 'docker.io/library/nginx', 'index.docker.io', 'library', 'library/nginx'], notBy: ['docker.io/nginx', 'nginx', 'ghcr.io'] },
  'bitnami/redis:7': { by: ['docker.io', 'bitnami', 'docker.io/bitnami'], notBy: ['docker.io/library', 'library', 'bitnami/redi'] },
  'docker.io/library/nginx': { by: ['docker.io/library', 'registry-1.docker.io'], notBy: ['library/redis'] },
  'registry:5000/shop': { by: ['registry:5000', 'registry:5000/shop'], notBy: ['registry', 'registry:5001', 'registry:500'] },
  'localhost/shop': { by: ['localhost'], notBy: ['localhost:5000', 'docker.io'] },
  [`ghcr.io/acme/shop@${digest}`]: { by: ['ghcr.io/acme'], notBy: ['docker.io'] },
  [`ghcr.io/acme/shop:1@${digest}`]: { by: ['ghcr.io/acme/shop'], notBy: ['ghcr.io/acme/shop/1'] },
  '': { by: [], notBy: ['docker.io', '*/*'] },
  'docker.io/': { by: [], notBy: ['docker.io'] },
  '${REGISTRY}/shop': { by: [], notBy: ['docker.io', '*/*'] },
}; // prettier-ignore

const shorten = (image: string) => (image.length <= 80 ? image : `${image.slice(0, 79)}…`);

const cases = Object.entries(images).flatMap(([image, { by, notBy }]): [string, RuleCase][] => {
  const shown = image === '' ? '""' : image;
  const parts = (entry: string) => ({ cluster: cluster(entry), container: { image } });
  return [
    ...by.map((entry): [string, RuleCase] => [
      `${entry} allows ${shown}`,
      { ...parts(entry), says: 'nothing' },
    ]),
    ...notBy.map((entry): [string, RuleCase] => [
      `${entry} does not allow ${shown}`,
      { ...parts(entry), says: [`error containers[0].image: ${shorten(shown)}, ${entry}`] },
    ]),
  ];
});

describeRule(allowedRegistries, {
  ...Object.fromEntries(cases),
  'without a ClusterPersona nothing is asked': { says: 'not-applicable' },
  'an empty list asks nothing': { cluster: cluster(), says: 'not-applicable' },
  'one of several is enough': { cluster: cluster('docker.io', 'ghcr.io'), says: 'nothing' },
  'init containers are asked': {
    cluster: cluster('ghcr.io', 'quay.io'),
    initContainers: [{ name: 'migrate', image: 'busybox' }],
    says: ['error initContainers[0].image: busybox, ghcr.io or 1 more'],
  },
  'an image that is no text comes from nowhere': {
    cluster: cluster('docker.io'),
    container: { image: { name: 'nginx' } },
    says: ['error containers[0].image: an object, docker.io'],
  },
});
