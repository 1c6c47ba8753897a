// security/allowed-registries: images come from where the cluster's admins say.
import { type ImageReference, parseImageReference } from '../../workload/image-reference.ts';
import type { Container } from '../../workload/workload.ts';
import type { Rule, RuleReport } from '../rule.ts';
import { showValue } from '../show-value.ts';

/** Whether each image comes from one of the ClusterPersona's registries. */
export const allowedRegistries: Rule = {
  id: 'security/allowed-registries',
  title: 'Images come from allowed registries',
  semantics:
    'For every container, sidecar and init container the image has to come from one of the ClusterPersona’s policies.security.allowedRegistries. An entry is a host with an optional port and path; ' +
    'its path ends at a slash, so that ghcr.io/acme does not allow ghcr.io/acme-evil. An image without a registry is on docker.io, one of one word under docker.io/library; an entry without a host is a path on docker.io. ' +
    '* alone stands for any host or any part of a path, within a part for anything but a dot. Tag and digest do not matter. Asked where the list is not empty.',
  rationale:
    'A registry that nobody watches can give the cluster any code, and an image that is typed wrong is somebody else’s image.',
  severity: 'error',
  otherSeverities: '',
  bad: '# cluster: {policies: {security: {allowedRegistries: [ghcr.io/acme]}}}\nimage: ghcr.io/acme-evil/shop:1.4.2\n',
  good: '# cluster: {policies: {security: {allowedRegistries: [ghcr.io/acme]}}}\nimage: ghcr.io/acme/shop:1.4.2\n',
  needsSurroundings: false,
  evaluate: ({ workload, clusterPersona }) => {
    const allowed = clusterPersona?.spec.policies.security.allowedRegistries ?? [];
    if (allowed.length === 0) return 'not-applicable';
    return workload.pod.containers.flatMap((container) => judge(container, allowed));
  },
};

function judge({ name, path, image, fields }: Container, allowed: readonly string[]): RuleReport[] {
  const reference = parseImageReference(image);
  if (reference !== undefined && allowed.some((entry) => isFrom(reference, entry))) return [];
  const from = reference === undefined ? 'no registry that can be read' : reference.registry;
  const [first = '', ...more] = allowed;
  const expected = more.length === 0 ? showValue(first) : `${showValue(first)} or ${more.length} more`;
  return [
    {
      field: `${path}.image`,
      container: name,
      actual: showValue(fields['image']),
      expected,
      message: `container ${name}: image ${showValue(fields['image'])} is from ${from}, not from ${expected}`,
      suggestion: `use an image of ${allowed.slice(0, 5).join(', ')}`,
    },
  ];
}

/** Whether the image lies under the entry: host and port equal, and each part of the entry's path. */
function isFrom({ registry, path }: ImageReference, entry: string): boolean {
  const wanted = splitEntry(entry);
  if (!matchesPart(registry, wanted.host)) return false;
  const parts = path.split('/');
  return wanted.path.every((part, index) => matchesPart(parts[index] ?? '', part));
}

function splitEntry(entry: string): { host: string; path: readonly string[] } {
  const [first = '', ...rest] = entry.split('/').filter((part) => part !== '');
  const lower = first.toLowerCase();
  if (lower === 'index.docker.io' || lower === 'registry-1.docker.io')
    return { host: 'docker.io', path: rest };
  const isHost = /[.:]/.test(first) || lower === 'localhost' || first === '*';
  return isHost ? { host: lower, path: rest } : { host: 'docker.io', path: [first, ...rest] };
}

// `*` matches within one part of a host or path. Done piece by piece: a pattern with many of them stays linear.
function matchesPart(text: string, pattern: string): boolean {
  if (!pattern.includes('*')) return text === pattern;
  if (pattern === '*') return true;
  const labels = text.split('.');
  const patterns = pattern.split('.');
  return (
    labels.length === patterns.length &&
    patterns.every((one, index) => matchesStars(labels[index] ?? '', one))
  );
}

function matchesStars(text: string, pattern: string): boolean {
  const pieces = pattern.split('*');
  const first = pieces[0] ?? '';
  const last = pieces.at(-1) ?? '';
  if (pieces.length === 1) return text === pattern;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last))
    return false;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= text.length - last.length;
}
