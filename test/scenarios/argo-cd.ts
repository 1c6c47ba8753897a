// Applications beside personas, from the day that Argo CD is installed to the day that it goes. DORGU_ARGO_CRD names a file with Argo CD's own CRD.
import { expect } from 'chai';
import { argoApplicationKind } from '../cluster/open-kind.ts';
import { waitUntil } from '../cluster/wait-until.ts';
import { createDeployment, createPersona } from './objects.ts';
import type { PersonaStatus, Stage } from './stage.ts';

const crd = 'crd/applications.argoproj.io';
const first = 'a'.repeat(40);
const second = 'b'.repeat(40);
const source = { repoURL: 'https://git.example.com/shop.git', path: 'k8s', targetRevision: 'main' };
const destination = { server: 'https://kubernetes.default.svc', namespace: 'argo-shop' };

interface ApplicationParts {
  name?: string;
  destination?: object;
  sync?: object;
  health?: string;
  resources?: object[];
  revisions?: string[];
}

const managed = [
  { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'argo-shop', name: 'web', status: 'Synced' },
];

function createApplication(parts: ApplicationParts = {}): object {
  const {
    name = 'storefront',
    sync = { status: 'Synced', revision: first },
    health = 'Healthy',
    revisions,
  } = parts;
  const sources = revisions === undefined ? { source } : { sources: revisions.map(() => source) };
  const result = revisions === undefined ? { revision: first } : { revision: '', revisions };
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name },
    spec: { project: 'default', ...sources, destination: parts.destination ?? destination },
    status: {
      sync: { ...sync, comparedTo: { destination, ...sources } },
      health: { status: health },
      resources: parts.resources ?? managed,
      operationState: {
        ...{ phase: 'Succeeded', startedAt: '2026-11-23T09:29:00Z', finishedAt: '2026-11-23T09:30:00Z' },
        operation: {},
        syncResult: { ...result, ...sources },
      },
    },
  };
}

/** Tests of a stage that runs; in order, for the kind comes and goes. */
export function describeArgo(stage: () => Stage): void {
  const namespace = 'argo-shop';
  const put = (parts?: ApplicationParts) => stage().apply('argocd', createApplication(parts));
  const until = (fits: (status: PersonaStatus) => boolean) => stage().until(namespace, 'shop', fits);
  const synced = ({ conditions = [] }: PersonaStatus) =>
    conditions.find(({ type }) => type === 'ArgoCDSynced')?.reason;

  before(async () => {
    await stage().kubectl(['create', 'namespace', namespace]);
    await stage().kubectl(['create', 'namespace', 'argocd']);
    await stage().apply(namespace, createPersona('shop'), createDeployment('web', { app: 'shop' }));
    await until(({ phase }) => phase === 'Active');
  });

  it('says nothing of it before it is installed', async () => {
    expect(await stage().status(namespace, 'shop')).to.not.have.property('argoCD');
  });

  it('mirrors an Application within seconds of the kind’s coming', async () => {
    const path = process.env['DORGU_ARGO_CRD'];
    const apply = ['apply', '--server-side', '-f', path ?? '-'];
    await stage().kubectl(apply, ...(path === undefined ? [argoApplicationKind] : []));
    await waitUntil('the kind', async () => (await isServed()) || undefined, { timeoutMs: 30_000 });
    await put();
    const { argoCD } = await until((status) => synced(status) === 'Synced');
    expect(argoCD).to.deep.equal({
      syncStatus: 'Synced',
      healthStatus: 'Healthy',
      lastSyncTime: '2026-11-23T09:30:00Z',
      revision: first,
      applicationName: 'storefront',
      applicationNamespace: 'argocd',
    });
    expect(await stage().status(namespace, 'shop')).to.include({ phase: 'Active' });
  });
  const isServed = async () =>
    (await stage().kubectl(['api-resources', '--api-group=argoproj.io', '-o', 'name'])).includes(
      'applications',
    );

  it('follows a change within a second, with several sources too', async () => {
    const began = Date.now();
    await put({ sync: { status: 'OutOfSync', revision: second }, health: 'Progressing' });
    const changed = await until((status) => synced(status) === 'OutOfSync');
    expect(changed.argoCD).to.include({ healthStatus: 'Progressing', revision: first });
    // kubectl twice is most of it.
    expect(Date.now() - began).to.be.below(3000);
    await put({ sync: { status: 'Synced', revisions: [first, second] }, revisions: [first, second] });
    const { argoCD } = await until((status) => synced(status) === 'Synced');
    expect(argoCD?.['revision']).to.equal(`${first},${second}`);
  });

  it('leaves an Application for another cluster alone', async () => {
    await put({ destination: { ...destination, server: 'https://elsewhere.example.com' } });
    await until((status) => status.argoCD === undefined && synced(status) === undefined);
  });

  it('clears what it said when the Application, and with it Argo CD, goes', async () => {
    await put();
    await until((status) => synced(status) === 'Synced');
    await stage().kubectl(['delete', 'application.argoproj.io', 'storefront', '-n', 'argocd']);
    await until((status) => status.argoCD === undefined && synced(status) === undefined);
    await put({ name: 'again' });
    await until((status) => status.argoCD?.['applicationName'] === 'again');
    await stage().kubectl(['delete', crd]);
    const status = await until(({ argoCD }) => argoCD === undefined);
    expect(status).to.include({ phase: 'Active' });
  });
}
