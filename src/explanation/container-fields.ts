// Why the container is as it is: image, command, ports, variables, resources, security, mounts.
import type { ComponentFieldView, Explain, FieldTable, Reason } from './reason.ts';
import { itemOf } from './item-of.ts';
import {
  amounts as allAmounts,
  explainAmount,
  explainImage,
  explainName,
  explainPort,
  explainUser,
  explainVolume,
} from './plan-reasons.ts';
import { probeFields } from './probe-fields.ts';

const basics: FieldTable<ComponentFieldView> = {
  name: ({ component }) => explainName(component),
  image: ({ component }) => explainImage(component),
  imagePullPolicy: ({ component: { image } }) => ({
    because: image.isImmutable
      ? 'the image is named by its digest, which never means another one'
      : 'a tag may be moved: the registry is asked, and what is there already is not loaded again',
    rule: 'image/tag',
  }),
  'command[]': ({ component: { component } }) => ({
    because: 'the source starts it by another command than the image does',
    evidence: component.runtime.command?.evidence ?? [],
  }),
  'args[]': ({ component: { component } }) => ({
    because: 'the source gives the image these arguments',
    evidence: component.runtime.args?.evidence ?? [],
  }),
  workingDir: ({ component: { component } }) => ({
    because: 'the source starts it in another folder than the image does',
    evidence: component.runtime.workingDirectory?.evidence ?? [],
  }),
  'lifecycle.preStop.sleep.seconds': () => ({
    because: 'Services and load balancers need a moment to forget the pod before it stops listening',
  }),
  terminationMessagePolicy: () => ({
    because: 'the last lines of its log stand in its status when it fails, where kubectl describe shows them',
  }),
};

const portAt = (view: ComponentFieldView) =>
  view.component.ports.find(({ name }) => name === itemOf(view, 'ports')?.['name']);

/** A port's name, number and protocol, wherever a list of ports has them. */
export function explainOwnPort(view: ComponentFieldView): Reason {
  return explainPort(view.component, portAt(view));
}

/** What the port is called. */
export function explainPortName(view: ComponentFieldView): Reason {
  return {
    ...explainOwnPort(view),
    because: 'what speaks there, in a word that Services, probes and meshes go by',
  };
}

/** Its transport. */
export function explainProtocol(view: ComponentFieldView): Reason {
  return { ...explainOwnPort(view), because: `it speaks ${String(view.value)} there` };
}

const ports: FieldTable<ComponentFieldView> = {
  'ports[].name': explainPortName,
  'ports[].containerPort': explainOwnPort,
  'ports[].protocol': explainProtocol,
};

/** Why a secret variable is referenced. */
function explainSecret(view: ComponentFieldView): Reason {
  const name = String(itemOf(view, 'env')?.['name']);
  const fact = view.component.component.env.find((one) => one.name === name);
  return {
    because: `it reads ${name}, whose name says that its value is secret: it comes from a Secret and is written nowhere`,
    evidence: fact?.evidence ?? [],
    rule: 'secrets/env',
  };
}

const variables: FieldTable<ComponentFieldView> = {
  'envFrom[].configMapRef.name': () => ({
    because: 'the ConfigMap with the variables that are no secrets, generated beside it',
  }),
  'env[].name': (view) =>
    view.value === 'HOME' && isOurHome(view) ? explainHome(view) : explainSecret(view),
  'env[].value': (view) => explainHome(view),
  'env[].valueFrom.secretKeyRef.name': (view) => ({
    ...explainSecret(view),
    because: 'the Secret that secret.example says how to make',
    settings: ['secret_name'],
  }),
  'env[].valueFrom.secretKeyRef.key': explainSecret,
  'env[].valueFrom.secretKeyRef.optional': (view) => ({
    ...explainSecret(view),
    because: 'the source has a default for it, or does without',
  }),
};

const isOurHome = (view: ComponentFieldView) => itemOf(view, 'env')?.['value'] !== undefined;

function explainHome(view: ComponentFieldView): Reason {
  return {
    ...explainUser(view.component),
    because: 'its image does not know the user, whose home would be /, which cannot be written to: /tmp can',
  };
}

const explainStorage = (side: 'requests' | 'limits') => (): Reason => ({
  because:
    side === 'limits'
      ? 'its temporary directories and 128Mi for logs: what writes more is stopped before the disk of its node is full'
      : 'a little disk is reserved, so that it is not put where there is none',
  settings: [`resources.${side}.ephemeral_storage`],
});

/** Requests and limits, wherever a map of resources has them. */
export const amountFields: FieldTable<ComponentFieldView> = {
  ...Object.fromEntries(
    allAmounts.map((amount): [string, Explain<ComponentFieldView>] => [
      `resources.${amount.side}.${amount.key}`,
      ({ component }) => explainAmount(component, amount),
    ]),
  ),
  'resources.requests.ephemeral-storage': explainStorage('requests'),
  'resources.limits.ephemeral-storage': explainStorage('limits'),
};

const security: FieldTable<ComponentFieldView> = {
  'securityContext.allowPrivilegeEscalation': () => ({
    because: 'no program of it may gain more rights than it was started with',
    rule: 'security/privilege-escalation',
  }),
  'securityContext.privileged': () => ({
    because: 'it gets nothing of the node',
    rule: 'security/pod-security',
  }),
  'securityContext.readOnlyRootFilesystem': ({ component }) =>
    component.runAs.isRoot
      ? {
          ...explainUser(component),
          because: 'an entry point that starts as root mostly writes to its image first',
        }
      : {
          because: 'nobody who gets in can change its programs; what it writes to is mounted',
          rule: 'security/read-only-root',
        },
  'securityContext.runAsNonRoot': ({ component }) => ({
    ...explainUser(component),
    rule: 'security/run-as-non-root',
  }),
  'securityContext.runAsUser': ({ component }) => explainUser(component),
  'securityContext.runAsGroup': ({ component }) => explainUser(component),
  'securityContext.capabilities.drop[]': () => ({
    because: "root's rights are not needed by who is not root; Pod Security restricted asks for it",
    rule: 'security/pod-security',
  }),
  'securityContext.capabilities.add[]': (view) => explainCapability(view),
  'securityContext.seccompProfile.type': () => ({
    because: "the runtime's own filter of system calls, which Pod Security restricted asks for",
    rule: 'security/pod-security',
  }),
};

function explainCapability({ component, value }: ComponentFieldView): Reason {
  const asked = component.component.runtime.capabilitiesAdd;
  const isAsked = asked?.value.some((name) => name.toUpperCase().replace(/^CAP_/, '') === value);
  if (isAsked === true) return { because: 'the source asks for it', evidence: asked?.evidence ?? [] };
  return {
    ...explainUser(component),
    because: 'an entry point that starts as root needs it to hand over to its own user',
  };
}

const explainMount = (view: ComponentFieldView) => {
  const mount = itemOf(view, 'volumeMounts');
  return explainVolume(
    view.component,
    view.component.volumes.find(({ mountPath }) => mountPath === mount?.['mountPath']),
  );
};

/** Of a container. */
export const containerFields: FieldTable<ComponentFieldView> = {
  ...basics,
  ...ports,
  ...variables,
  ...amountFields,
  ...probeFields,
  ...security,
  'volumeMounts[].name': explainMount,
  'volumeMounts[].mountPath': explainMount,
  'volumeMounts[].subPath': (view) => ({
    ...explainMount(view),
    because: 'one file of the Secret, not a folder over others',
  }),
  'volumeMounts[].readOnly': (view) => ({ ...explainMount(view), because: 'it only reads it' }),
};
