// Whether changes of workloads are judged at admission: the configuration, its certificate, and a change that is only tried.
import { X509Certificate } from 'node:crypto';
import { parseProbeAnswer, type ProbeAnswer } from '../../api/admission-probe.ts';
import { fieldAt, listOf, textOf } from '../../api/foreign-fields.ts';
import { validateLabel } from '../../api/group-version.ts';
import type { KubeClient } from '../../kube/client.ts';
import { KubeError } from '../../kube/kube-error.ts';
import { findObject } from '../../kube/read.ts';
import { pathOf, resources, type Resource } from '../../kube/resources.ts';
import { admitIgnorance, fail, pass, skip, warn, type Check } from './check.ts';
import type { Looking } from './examine-server.ts';
import type { InstalledOperator } from './find-operator.ts';
import { installCommand, toLogCommand } from './fixes.ts';
import { createProbe } from './probe.ts';

/** Its name, as config/ has it. */
const configurationName = 'dorgu-validating-webhook';
/** What a call of the API server to ours is refused with. */
const ownCall = /failed calling webhook "[^"]*dorgu\.io"/;
/** What ours refuses with, which answers the question as well. */
const ownRefusal = /admission webhook "[^"]*dorgu\.io" denied/;

const configurations: Resource = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  plural: 'validatingwebhookconfigurations',
  kind: 'ValidatingWebhookConfiguration',
  isNamespaced: false,
};

/** `webhook`. @throws the signal's reason */
export async function examineWebhook(
  client: KubeClient,
  operator: InstalledOperator,
  looking: Looking,
): Promise<Check> {
  try {
    const [configuration, probed] = await Promise.all([
      readConfiguration(client, looking),
      probe(client, looking.signal),
    ]);
    if (configuration === undefined && !operator.hasWebhook)
      return skip('webhook', 'it is switched off: nothing is judged at admission');
    const flaw = findFlaw(configuration, operator, looking.now());
    return flaw ?? describeProbe(probed, client, operator);
  } catch (error) {
    return admitIgnorance('webhook', error);
  }
}

/** `unseen` to those who may not read it. */
function readConfiguration(client: KubeClient, { signal }: Looking): Promise<unknown> {
  return findObject(client, configurations, { name: configurationName }, { signal }).catch(
    (error: unknown) => {
      if (error instanceof KubeError && error.httpStatus === 403) return 'unseen';
      throw error;
    },
  );
}

/** What keeps the API server from calling, as far as the configuration shows it. */
function findFlaw(
  configuration: unknown,
  { namespace, hasWebhook }: InstalledOperator,
  nowMs: number,
): Check | undefined {
  if (configuration === 'unseen') return undefined;
  if (configuration === undefined)
    return fail('webhook', `there is no ValidatingWebhookConfiguration ${configurationName}: nothing is judged at admission`, installCommand); // prettier-ignore
  if (!hasWebhook)
    return fail(
      'webhook',
      'the API server is told to ask an operator whose webhook is switched off',
      `kubectl set env deployment/dorgu-operator -n ${namespace} DORGU_ENABLE_WEBHOOK=true`,
    );
  const bundles = listOf(fieldAt(configuration, 'webhooks')).map((webhook) =>
    textOf(fieldAt(webhook, 'clientConfig', 'caBundle')),
  );
  const problem = bundles.map((bundle) => findBundleProblem(bundle, nowMs)).find((one) => one !== undefined);
  if (problem === undefined) return undefined;
  return fail(
    'webhook',
    `${problem}, so that the API server cannot trust the operator`,
    toLogCommand(namespace),
  );
}

function findBundleProblem(bundle: string, nowMs: number): string | undefined {
  if (bundle === '') return 'its caBundle is empty: the operator has not written it';
  const pem = Buffer.from(bundle, 'base64').toString('latin1');
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  try {
    const ends = blocks.map((block) => Date.parse(new X509Certificate(block).validTo));
    if (ends.length === 0) return 'its caBundle holds no certificate';
    return ends.some((end) => end > nowMs) ? undefined : 'every certificate of its caBundle has expired';
  } catch {
    return 'its caBundle holds something that is no certificate';
  }
}

/** How the API server has answered a change that is not kept. */
type Probed =
  | { kind: 'answered'; answer: ProbeAnswer | undefined }
  | { kind: 'silent' }
  | { kind: 'left-out' }
  | { kind: 'broken'; message: string }
  | { kind: 'untold'; message: string };

async function probe(client: KubeClient, signal: AbortSignal): Promise<Probed> {
  const { namespace } = client;
  try {
    const { warnings } = await client.request({
      method: 'POST',
      path: pathOf(resources.deployments, { namespace }),
      query: { dryRun: 'All' },
      body: createProbe(namespace),
      signal,
    });
    const answer = parseProbeAnswer(warnings);
    if (answer !== undefined) return { kind: 'answered', answer };
    return (await isLeftOut(client, signal)) ? { kind: 'left-out' } : { kind: 'silent' };
  } catch (error) {
    if (!(error instanceof KubeError)) throw error;
    if (ownCall.test(error.message)) return { kind: 'broken', message: error.message };
    if (ownRefusal.test(error.message)) return { kind: 'answered', answer: undefined };
    return { kind: 'untold', message: error.message };
  }
}

/** Namespaces that nobody asks about. */
async function isLeftOut(client: KubeClient, signal: AbortSignal): Promise<boolean> {
  const { namespace: name } = client;
  if (name === 'kube-system' || name === 'kube-node-lease') return true;
  try {
    const found = await findObject(client, resources.namespaces, { name }, { signal });
    return textOf(fieldAt(found?.metadata.labels, validateLabel)) === 'false';
  } catch (error) {
    if (error instanceof KubeError) return false;
    throw error;
  }
}

function describeProbe(
  probed: Probed,
  client: KubeClient,
  { namespace, replicas }: InstalledOperator,
): Check {
  switch (probed.kind) {
    case 'answered': {
      const mode = probed.answer === undefined ? '' : ` (${probed.answer.mode} in ${client.namespace})`;
      return pass('webhook', `the API server asks the operator, which answers${mode}`);
    }
    case 'left-out':
      return warn(
        'webhook',
        `nothing of namespace ${client.namespace} is judged at admission: it is left out`,
        `kubectl label namespace ${client.namespace} ${validateLabel}-`,
      );
    case 'broken':
      return fail(
        'webhook',
        `the API server cannot reach it, and refuses changes: ${probed.message}`,
        toLogCommand(namespace),
      );
    case 'silent':
      return fail(
        'webhook',
        `a change that was tried in ${client.namespace} was let through unjudged: the API server does not get through to the operator${replicas.ready === 0 ? ', none of whose pods is ready' : ''}`,
        `kubectl get endpointslices -n ${namespace} -l kubernetes.io/service-name=dorgu-webhook; a network policy or a firewall between control plane and nodes may close port 9443`,
      );
    case 'untold':
      return { name: 'webhook', verdict: 'unknown', message: `nothing could be tried: ${probed.message}` };
  }
}
