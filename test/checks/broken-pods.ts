// Ways to break pods, and what has to be said of each.
import { copy, drop, repeatFirst, set } from './break-object.ts';
import type { Break } from './break-object.ts';

/** By sentence: what is wrong. */
export const brokenPods: Readonly<Record<string, Break>> = {
  'a container with an unknown field': {
    file: 'front/deployment',
    change: set('spec.template.spec.containers.0.prots', []),
    field: /prots/,
    says: /no such field/,
  },
  'an image without tag': {
    file: 'front/deployment',
    change: set('spec.template.spec.containers.0.image', 'shop'),
    field: /image/,
    says: /image is not valid/,
  },
  'the tag latest': {
    file: 'front/deployment',
    change: set('spec.template.spec.containers.0.image', 'ghcr.io/acme/shop:latest'),
    field: /image/,
    says: /image is not valid/,
  },
  'an image in capitals': {
    file: 'front/deployment',
    change: set('spec.template.spec.containers.0.image', 'ghcr.io/Acme/Shop:1'),
    field: /image/,
    says: /image is not valid/,
  },
  'port 0': {
    file: 'front/deployment',
    change: set('spec.template.spec.containers.0.ports.0.containerPort', 0),
    field: /containerPort/,
    says: /no such port/,
  },
  'port 65536': {
    file: 'front/deployment',
    change: set('spec.template.spec.containers.0.ports.0.containerPort', 65536),
    field: /containerPort/,
    says: /no such port/,
  },
  'a port name of 16 characters': {
    file: 'front/deployment',
    change: set('spec.template.spec.containers.0.ports.0.name', 'a'.repeat(16)),
    field: /name/,
    says: /port's name/,
  },
  'two ports of one name': {
    file: 'front/deployment',
    change: set('spec.template.spec.containers.0.ports.1.name', 'http'),
    field: /ports|containers/,
    says: /two ports/,
  },
  'a probe of a port that is not there': {
    file: 'front/deployment',
    change: set('spec.template.spec.containers.0.readinessProbe.httpGet.port', 'web'),
    field: /readinessProbe/,
    says: /not there/,
  },
  'a probe that does two things': {
    file: 'front/deployment',
    change: set('spec.template.spec.containers.0.readinessProbe.exec', { command: ['true'] }),
    field: /readinessProbe/,
    says: /one thing/,
  },
  'liveness the same as readiness': {
    file: 'front/deployment',
    change: copy(
      'spec.template.spec.containers.0.readinessProbe',
      'spec.template.spec.containers.0.livenessProbe',
    ),
    field: /livenessProbe/,
    says: /ask the same/,
  },
  'liveness that asks the same by the number of the port': {
    file: 'front/deployment',
    change: set('spec.template.spec.containers.0.livenessProbe', {
      httpGet: { path: '/healthz', port: 3000 },
      periodSeconds: 20,
    }),
    field: /livenessProbe/,
    says: /ask the same/,
  },
  'two variables of one name': {
    file: 'front/deployment',
    change: repeatFirst('spec.template.spec.containers.0.env'),
    field: /env/,
    says: /two variables/,
  },
  'a variable named 1 2': {
    file: 'front/deployment',
    change: set('spec.template.spec.containers.0.env.0.name', '1 2'),
    field: /env/,
    says: /variable is not valid/,
  },
  'a variable whose value is a number': {
    file: 'front/deployment',
    change: set('spec.template.spec.containers.0.env.0.value', 5),
    field: /env/,
    says: /does not fit/,
  },
  'a mount without volume': {
    file: 'front/deployment',
    change: set('spec.template.spec.containers.0.volumeMounts.0.name', 'cache'),
    field: /volumeMounts/,
    says: /no volume/,
  },
  'two mounts at one path': {
    file: 'front/deployment',
    change: repeatFirst('spec.template.spec.containers.0.volumeMounts'),
    field: /volumeMounts/,
    says: /two mounts/,
  },
  'a relative mount path': {
    file: 'front/deployment',
    change: set('spec.template.spec.containers.0.volumeMounts.0.mountPath', 'tmp'),
    field: /mountPath/,
    says: /mounted there/,
  },
  'two volumes of one name': {
    file: 'front/deployment',
    change: repeatFirst('spec.template.spec.volumes'),
    field: /volumes/,
    says: /two volumes/,
  },
  'a quantity abc': {
    file: 'front/deployment',
    change: set('spec.template.spec.containers.0.resources.requests.cpu', 'abc'),
    field: /requests.cpu/,
    says: /no amount/,
  },
  'a negative quantity': {
    file: 'front/deployment',
    change: set('spec.template.spec.containers.0.resources.limits.memory', '-1'),
    field: /limits.memory/,
    says: /no amount/,
  },
  'a request over the limit': {
    file: 'front/deployment',
    change: set('spec.template.spec.containers.0.resources.requests.memory', '64Gi'),
    field: /requests.memory/,
    says: /over the limit/,
  },
  'user 0 where root is refused': {
    file: 'front/deployment',
    change: set('spec.template.spec.securityContext.runAsUser', 0),
    field: /runAsUser/,
    says: /cannot start/,
  },
  'a pod without containers': {
    file: 'front/deployment',
    change: set('spec.template.spec.containers', []),
    field: /containers/,
    says: /has containers/,
  },
  'an account that is not generated': {
    file: 'front/deployment',
    change: set('spec.template.spec.serviceAccountName', 'admin'),
    field: /serviceAccountName/,
    says: /no such ServiceAccount/,
  },
  'config that is not generated': {
    file: 'front/deployment',
    change: set('spec.template.spec.containers.0.envFrom.0.configMapRef.name', 'other'),
    field: /configMapRef/,
    says: /no such ConfigMap/,
  },
  'a claim that is not generated': {
    file: 'report/cronjob',
    change: set('spec.jobTemplate.spec.template.spec.volumes.1.persistentVolumeClaim.claimName', 'x'),
    field: /volumes/,
    says: /no such PersistentVolumeClaim/,
  },
  'a pull policy that there is not': {
    file: 'front/deployment',
    change: set('spec.template.spec.containers.0.imagePullPolicy', 'Sometimes'),
    field: /imagePullPolicy/,
    says: /does not fit/,
  },
  'a DaemonSet without template': {
    file: 'agent/daemonset',
    change: drop('spec.template'),
    field: /spec.template/,
    says: /missing/,
  },
};
