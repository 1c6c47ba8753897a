// Manifests whose names and values try to break out of every format of a report.
import { clusterPersona, deployment, persona } from './check-text.ts';

/** A terminal escape, markup, workflow commands, entities and a reordering mark. */
export const hostile = '\u001b[31m<b>&]]>"\'\n::error::x%0A,:\u202e';

/** An error, a warning, a note of a workload whose container and image are hostile; a lifted finding; a file that is no YAML. */
export const hostileText = [
  persona('web'),
  deployment('web')
    .replace('- name: web', `- name: ${JSON.stringify(hostile)}`)
    .replace('ghcr.io/acme/web:1.4.2', JSON.stringify(`${hostile}:latest`))
    .replace('runAsNonRoot: true', 'runAsNonRoot: false')
    .replace('readOnlyRootFilesystem: true', 'readOnlyRootFilesystem: false'),
  persona('clean'),
  deployment('clean'),
  clusterPersona(
    '  exceptions: [{ rule: security/read-only-root, reason: "<soon>", until: "2027-01-01T00:00:00Z" }]\n',
  ),
  'a: *nothing\n',
].join('');
