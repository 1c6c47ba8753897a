// That the operator needs every right that config/rbac gives it, and none besides; and that a missing one is told, by name.
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readAudit, writeAuditPolicy, type AuditEntry } from '../../cluster/audit.ts';
import { installCrds } from '../../cluster/crds.ts';
import { createOperatorAccount, operatorAccount, operatorNamespace } from '../../cluster/operator-account.ts';
import { waitUntil } from '../../cluster/wait-until.ts';
import { startOwnCluster, type OwnCluster } from '../../commands/cluster/own-cluster.ts';
import {
  createAccountWithout,
  createToken,
  grants,
  inOther,
  toName,
  toRefusal,
  type Grant,
} from './grants.ts';
import { startOperatorHere, type OperatorHere } from './operator-here.ts';
import { forgetCertificates, forgetStatuses, furnish, setNodeReady } from './world.ts';

const isRead = ({ verb }: Grant) => verb === 'list' || verb === 'watch';
/** What only the one that leads does; the rest is the matter of caches, which follow too. */
const isOfLeader = (grant: Grant) => !isRead(grant) || grant.permission.group === 'metrics.k8s.io';
const isOfCertificates = ({ permission }: Grant) =>
  ['secrets', 'configmaps', 'validatingwebhookconfigurations'].includes(permission.resource);
/** A window that is known already is not asked for again. */
const isOfUse = ({ permission }: Grant) =>
  permission.group === 'metrics.k8s.io' && permission.resource === 'pods';
const isOfLease = ({ permission }: Grant) => permission.resource === 'leases';
const atOnce = 5;
/** Whose caBundle is kept, and what is watched for those who follow. */
const serving = ['webhook', 'websocket'].flatMap((name) => [
  `--enable-${name}`,
  `--${name}-bind-address=127.0.0.1:0`,
]);
/** What is watched only while somebody follows it. */
const isOfStream = (grant: Grant) => isRead(grant) && grant.permission.resource === 'events';

describe('the rights of the operator', function () {
  this.timeout(120_000);
  let cluster: OwnCluster;
  let kubeconfig = '';
  let folder = '';
  let scraper = '';
  let reader = '';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dorgu-rbac-'));
    const rules = [{ level: 'Metadata', userGroups: [`system:serviceaccounts:${operatorNamespace}`] }];
    const audit = await writeAuditPolicy(folder, rules);
    // Where lists are streamed, nobody needs the right to list: this server is one that cannot.
    const started = await startOwnCluster({ apiServerFlags: [...audit, '--feature-gates=WatchList=false'] });
    if (started === undefined) return;
    cluster = started;
    await installCrds(cluster.plane.kubectl);
    kubeconfig = await createOperatorAccount(cluster.plane.kubectl, cluster.plane.folder);
    await furnish(cluster);
    const inside = ['-n', operatorNamespace];
    await cluster.kubectl(['create', 'serviceaccount', 'prometheus', ...inside]);
    const subject = `--serviceaccount=${operatorNamespace}:prometheus`;
    const role = '--clusterrole=dorgu-metrics-reader';
    await cluster.kubectl(['create', 'clusterrolebinding', 'prometheus', role, subject]);
    scraper = await createToken(cluster.client, 'prometheus');
    await cluster.kubectl(['create', 'serviceaccount', 'reader', ...inside]);
    const reading = `--serviceaccount=${operatorNamespace}:reader`;
    await cluster.kubectl(['create', 'clusterrolebinding', 'reader', '--clusterrole=cluster-admin', reading]);
    reader = await createToken(cluster.client, 'reader');
  });
  beforeEach(function () {
    if ((cluster as OwnCluster | undefined) === undefined) this.skip();
  });
  after(async () => {
    await (cluster as OwnCluster | undefined)?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const until = (what: string, isSo: () => boolean | Promise<boolean>) =>
    waitUntil(what, async () => (await isSo()) || undefined, { timeoutMs: 15_000, intervalMs: 50 });
  const hasSaid = (operator: OperatorHere, text: string) =>
    operator.log().some((line) => line.includes(text));
  const events = async () =>
    JSON.parse(await cluster.kubectl(['get', 'events', '-n', 'default', '-o', 'json'])) as {
      items: { reason: string; count: number }[];
    };

  const isKept = async () =>
    (await cluster.kubectl(['get', 'configmaps', '-n', operatorNamespace, '-o', 'name'])).includes(
      'dorgu-learned-0',
    );

  it('are used, every one of them, and no other is asked for', async () => {
    const operator = startOperatorHere(kubeconfig, ['--leader-elect', ...serving]);
    try {
      await operator.follow(reader);
      const target = ['--for=condition=Ready', 'clusterpersona/here', '--timeout=30s'];
      await cluster.kubectl(['wait', ...target]);
      const phase = ['--for=jsonpath={.status.phase}', '-n', 'shop', 'persona/web', '--timeout=30s'];
      await cluster.kubectl(['wait', ...phase]);
      for (const isReady of [false, true, false]) {
        await setNodeReady(cluster, isReady);
        const status = `--for=condition=Healthy=${isReady ? 'True' : 'False'}`;
        await cluster.kubectl(['wait', status, 'clusterpersona/here', '--timeout=30s']);
      }
      await until('the Event, counted twice', async () =>
        (await events()).items.some(({ reason, count }) => reason === 'NodesNotReady' && count === 2),
      );
      const { status, text } = await operator.scrape(scraper);
      expect(status).to.equal(200);
      expect(listUndocumented(text)).to.deep.equal([]);
      await until('a certificate', () => hasSaid(operator, 'Serving certificate renewed'));
      await until('a checkpoint', () => isKept());
      expect(operator.log().filter((line) => line.includes('is forbidden'))).to.deep.equal([]);
    } finally {
      await operator.stop();
      await setNodeReady(cluster, true);
    }
    const entries = (await readAudit(folder)).filter(isOfOperator);
    const refused = entries.filter(({ responseStatus }) => responseStatus?.code === 403);
    expect(refused.map(toWords)).to.deep.equal([]);
    // To apply what is not there asks for the right to create it, and is recorded as the patch that it is.
    const declared = grants
      .filter(({ verb, permission }) => verb !== 'create' || permission.names === undefined)
      .map(({ title }) => title);
    expect([
      ...new Set(entries.filter(({ objectRef }) => objectRef !== undefined).map(toWords)),
    ]).to.have.members([...new Set(declared)]);
  });

  it('to list and to watch are missed by name, each of them', async () => {
    // Somebody else leads: these only follow.
    await holdLease();
    const missing = grants.filter((grant) => !isOfLeader(grant)).values();
    const work = async () => {
      for (const grant of missing) {
        const account = `without-${grants.indexOf(grant)}`;
        const operator = startOperatorHere(await createAccountWithout(cluster, account, grant), [
          '--leader-elect',
          ...serving,
        ]);
        try {
          if (isOfStream(grant)) await operator.follow(reader);
          await until(toRefusal(grant), () => hasSaid(operator, toRefusal(grant)));
        } finally {
          await operator.stop();
        }
        const others = operator
          .log()
          .filter((line) => line.includes('is forbidden') && !line.includes(toRefusal(grant)));
        expect(others, `${grant.title} alone is missed`).to.deep.equal([]);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  });

  for (const grant of grants.filter(isOfLeader))
    it(`to ${grant.title} is missed`, async () => {
      await cluster.kubectl(['delete', 'leases', '--all', '-n', operatorNamespace]);
      await forgetStatuses(cluster);
      if (isOfCertificates(grant) || isOfUse(grant)) await forgetCertificates(cluster);
      const account = `without-${grants.indexOf(grant)}`;
      const operator = startOperatorHere(await createAccountWithout(cluster, account, grant), [
        `--leader-elect=${isOfLease(grant)}`,
        ...serving,
      ]);
      try {
        if (grant.permission.resource === 'events') await makeNews(operator, toRefusal(grant));
        if (grant.permission.resource.endsWith('reviews'))
          expect((await operator.scrape(scraper)).status).to.equal(503);
        await until(toRefusal(grant), () => hasSaid(operator, toRefusal(grant)));
        // Without a CA there is a certificate that nobody has signed.
        if (isOfCertificates(grant)) expect((await operator.scrape(scraper)).status).to.equal(200);
      } finally {
        await operator.stop();
      }
    });

  /** Until the operator wants to tell of it, and may not. */
  async function makeNews(operator: OperatorHere, refusal: string): Promise<void> {
    for (const isReady of [false, true, false, true]) {
      if (hasSaid(operator, refusal)) return;
      const before = operator.logger.lines.length;
      await setNodeReady(cluster, isReady);
      await until('the news', () =>
        operator.logger.lines.slice(before).some(({ message }) => message === 'Status written'),
      );
    }
  }

  async function holdLease(): Promise<void> {
    await cluster.kubectl(['delete', 'leases', '--all', '-n', operatorNamespace]);
    await cluster.kubectl(['create', '-f', '-'], {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: 'dorgu-operator', namespace: operatorNamespace },
      spec: { holderIdentity: 'somebody', leaseDurationSeconds: 3600 },
    });
  }
});

/** Metrics that docs/operator.md does not know; those of Node are not ours to explain. */
function listUndocumented(text: string): string[] {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/operator.md'), 'utf8');
  const names = [...text.matchAll(/^# HELP (\S+)/gm)].map(([, name = '']) => name);
  expect(names).to.include('leader_election_master_status');
  return names.filter((name) => !/^(process|nodejs)_/.test(name) && !page.includes(`\`${name}\``));
}

function isOfOperator({ user }: AuditEntry): boolean {
  return user.username === `system:serviceaccount:${operatorNamespace}:${operatorAccount}`;
}

/** As the titles of grants. */
function toWords({ verb, objectRef }: AuditEntry): string {
  const { apiGroup: group = '', resource = '', subresource, namespace } = objectRef ?? {};
  const name = toName({
    group,
    resource: subresource === undefined ? resource : `${resource}/${subresource}`,
  });
  return `${verb} ${name}${inOther(namespace === 'kube-system' ? namespace : undefined)}`;
}
