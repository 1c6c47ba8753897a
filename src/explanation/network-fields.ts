// Why Services, policies of the network and routes are as they are.
import type { Reason, ComponentFieldView, FieldTable } from './reason.ts';
import { explainOwnPort, explainPortName, explainProtocol } from './container-fields.ts';
import { itemOf } from './item-of.ts';
import { selectorFields } from './metadata-fields.ts';
import { explainName, explainPort } from './plan-reasons.ts';
import { always } from './reason.ts';

const service: FieldTable<ComponentFieldView> = {
  'spec.type': always('reached inside the cluster only; from outside by an Ingress or a Gateway'),
  'spec.clusterIP': always('no address of its own: it gives the pods of the StatefulSet their names'),
  ...selectorFields('spec.selector.', 'the Service'),
  'spec.ports[].name': explainPortName,
  'spec.ports[].port': (view) => ({
    ...explainOwnPort(view),
    because: 'the same port outside as inside, so that addresses of the source keep working',
  }),
  'spec.ports[].targetPort': (view) => ({
    ...explainOwnPort(view),
    because: "the container's port, by its name",
  }),
  'spec.ports[].protocol': explainProtocol,
};

const instance = 'app.kubernetes.io/instance';
const isDns = (view: ComponentFieldView) => view.path[1] === 'egress' && view.path[2] === 0;

/** The facts behind a caller: what the caller's source says that it needs. */
function explainCaller({ application, component, value }: ComponentFieldView): Reason {
  const caller = application.components.find(({ name }) => name === value);
  const facts = caller?.component.dependencies.filter((one) => one.component === component.component.name);
  return {
    because: `${String(value)} calls it`,
    evidence: facts?.flatMap(({ evidence }) => evidence) ?? [],
    settings: ['network_policy'],
  };
}

function explainCallee({ component, value }: ComponentFieldView): Reason {
  const peer = component.peers.find(({ sibling }) => sibling === value);
  const facts = component.component.dependencies.filter(
    (fact) => fact.component === peer?.sibling || fact.name === peer?.name,
  );
  return {
    because: `it needs ${String(value)}`,
    evidence: facts.flatMap(({ evidence }) => evidence),
    settings: ['network_policy'],
  };
}

function explainEgressPort(view: ComponentFieldView): Reason {
  if (isDns(view))
    return { because: 'names are asked for at port 53, over UDP, and over TCP where the answer is long' };
  const { component, value, path } = view;
  const rule = (view.object['spec'] as { egress: { ports?: { port: number }[] }[] }).egress[Number(path[2])];
  const port = path.at(-1) === 'port' ? value : rule?.ports?.[Number(path[4])]?.port;
  const peers = component.peers.filter(({ ports }) => ports.includes(Number(port)));
  const names = new Set(peers.map(({ name }) => name));
  return {
    because: `${[...names].join(', ') || 'what it needs'} is reached there; strict lets out nothing else`,
    evidence: component.component.dependencies
      .filter(({ name, component: target }) => names.has(name) || (target !== undefined && names.has(target)))
      .flatMap(({ evidence }) => evidence),
    settings: ['network_policy'],
  };
}

const outside: Reason = {
  because: 'out to everywhere but the addresses at which clouds hand out credentials',
  settings: ['network_policy'],
};

const explainController = ({ component }: ComponentFieldView): Reason =>
  component.expose
    ? {
        because: 'the controller that hands on requests from outside',
        settings: ['expose', 'ingress.controller_namespace', 'gateway.namespace'],
      }
    : {
        because: 'its metrics are asked from any namespace',
        evidence: component.component.metrics?.evidence ?? [],
      };

const networkPolicy: FieldTable<ComponentFieldView> = {
  [`spec.podSelector.matchLabels.${instance}`]: ({ component }) => ({
    ...explainName(component),
    because: 'the pods of the component, by one label',
  }),
  'spec.policyTypes[]': ({ value }) => ({
    because: `${value === 'Ingress' ? 'in' : 'out'}: what no rule lets pass does not pass`,
    settings: ['network_policy'],
  }),
  'spec.ingress[].from[].podSelector': () => ({
    because: 'nobody is known to call it, so whoever is in its namespace may',
    settings: ['network_policy'],
  }),
  [`spec.ingress[].from[].podSelector.matchLabels.${instance}`]: explainCaller,
  'spec.ingress[].from[].namespaceSelector': explainController,
  'spec.ingress[].from[].namespaceSelector.matchLabels.kubernetes.io/metadata.name': explainController,
  'spec.ingress[].ports[].protocol': explainIngressPort,
  'spec.ingress[].ports[].port': explainIngressPort,
  'spec.egress[].to[].namespaceSelector.matchLabels.kubernetes.io/metadata.name':
    always('DNS answers from there'),
  'spec.egress[].to[].podSelector.matchLabels.k8s-app': always(
    'the pods that answer DNS have this label on every distribution',
  ),
  'spec.egress[].to[].namespaceSelector': () => ({
    ...outside,
    because: 'out to every pod: some networks do not count pods as addresses',
  }),
  'spec.egress[].to[].ipBlock.cidr': () => outside,
  'spec.egress[].to[].ipBlock.except[]': () => ({
    ...outside,
    because: "the cloud's metadata address, which hands out the credentials of its node",
  }),
  [`spec.egress[].to[].podSelector.matchLabels.${instance}`]: explainCallee,
  'spec.egress[].ports[].protocol': explainEgressPort,
  'spec.egress[].ports[].port': explainEgressPort,
};

function explainIngressPort(view: ComponentFieldView): Reason {
  const { component } = view;
  const name = itemOf(view, 'ports')?.['port'];
  return explainPort(
    component,
    component.ports.find((port) => port.name === name),
  );
}

const explainHost = (): Reason => ({
  because: 'the DNS name that it is served under',
  settings: ['host', 'ingress.host'],
});
const explainPath = ({ component }: ComponentFieldView): Reason => ({
  because: component.settings.ingress?.paths
    ? 'settings name the path'
    : 'everything under the host is its own',
  settings: ['ingress.paths'],
});

const ingress: FieldTable<ComponentFieldView> = {
  'spec.ingressClassName': () => ({
    because: 'the controller that serves it; without one the cluster chooses',
    settings: ['ingress.class'],
  }),
  'spec.tls[].hosts[]': explainHost,
  'spec.tls[].secretName': ({ component }) => ({
    because:
      component.options.expose.kind === 'ingress' && component.options.expose.tlsSecret !== undefined
        ? 'the Secret with the certificate that settings name'
        : 'the Secret with its certificate: nothing is served without TLS',
    settings: ['ingress.tls.secret_name'],
  }),
  'spec.rules[].host': explainHost,
  'spec.rules[].http.paths[].path': explainPath,
  'spec.rules[].http.paths[].pathType': always('the path and all below it'),
  'spec.rules[].http.paths[].backend.service.name': ({ component }) => ({
    ...explainName(component),
    because: 'the Service of the component',
  }),
  'spec.rules[].http.paths[].backend.service.port.name': ({ component }) => ({
    ...explainPort(component, component.ports[0]),
    because: 'its main port, by its name',
  }),
};

const httpRoute: FieldTable<ComponentFieldView> = {
  'spec.parentRefs[].name': () => ({
    because: 'the Gateway that the route attaches to',
    settings: ['gateway.name'],
  }),
  'spec.parentRefs[].namespace': () => ({
    because: 'the namespace of the Gateway',
    settings: ['gateway.namespace'],
  }),
  'spec.parentRefs[].sectionName': () => ({
    because: 'the listener of the Gateway',
    settings: ['gateway.section_name'],
  }),
  'spec.hostnames[]': explainHost,
  'spec.rules[].matches[].path.type': always('the path and all below it'),
  'spec.rules[].matches[].path.value': explainPath,
  'spec.rules[].backendRefs[].name': ({ component }) => ({
    ...explainName(component),
    because: 'the Service of the component',
  }),
  'spec.rules[].backendRefs[].port': ({ component }) => ({
    ...explainPort(component, component.ports[0]),
    because: 'its main port',
  }),
};

/** By kind, without metadata. */
export const networkTables: ReadonlyMap<string, FieldTable<ComponentFieldView>> = new Map([
  ['Service', service],
  ['NetworkPolicy', networkPolicy],
  ['Ingress', ingress],
  ['HTTPRoute', httpRoute],
]);
