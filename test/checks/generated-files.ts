// Files that generate would write.
import type { CheckedFile } from '../../src/checks/finding.ts';
import { buildManifests } from '../../src/manifests/build.ts';
import { createDefaultOptions } from '../../src/manifests/options.ts';
import type { ManifestOptions } from '../../src/manifests/options.ts';
import { application, component, fact, port, seenIn, server } from '../manifests/applications.ts';

/** One of each kind that generate writes. */
export function filesOfEveryKind(expose: ManifestOptions['expose']): CheckedFile[] {
  const volumes = [{ path: '/data', kind: 'data' as const, evidence: [seenIn()] }];
  const app = application([
    server({
      dependencies: [{ name: 'worker', type: 'service', component: 'worker', evidence: [] }],
      runtime: { volumes },
    }),
    server({ name: 'front', ports: [port(3000), port(9090, { name: 'metrics' })] }),
    component({ name: 'worker' }),
    component({ name: 'report', kind: 'cron', schedule: fact('0 3 * * *'), runtime: { volumes } }),
    component({ name: 'migrate', kind: 'job' }),
    component({ name: 'agent', kind: 'daemon' }),
  ]);
  return buildManifests(app, { ...createDefaultOptions('shop'), expose }).files;
}
