// The files of one component: which objects it has, and under which names they are written.
import { hasService, isCalledByName } from './component-plan.ts';
import type { ComponentPlan } from './component-plan.ts';
import { buildConfigMap, buildFilesConfigMap, unsetComments } from './config-map.ts';
import type { GeneratedFile, KubernetesObject } from './generated-file.ts';
import { buildHorizontalPodAutoscaler } from './horizontal-pod-autoscaler.ts';
import { buildHttpRoute } from './http-route.ts';
import { buildIngress } from './ingress.ts';
import { buildNetworkPolicy } from './network-policy.ts';
import { buildPersistentVolumeClaims } from './persistent-volume-claim.ts';
import { buildPersona } from './persona.ts';
import { pinMark, pinnedReference } from './pinned-digests.ts';
import { buildPodDisruptionBudget, needsDisruptionBudget } from './pod-disruption-budget.ts';
import { examplePath, formatSecretExample } from './secret-example.ts';
import { buildServiceAccount } from './service-account.ts';
import { buildAliasServices, buildHeadlessService, buildNameService, buildService } from './service.ts';
import { buildWorkload } from './workload.ts';
import { formatYaml } from './yaml-text.ts';
import type { YamlOptions } from './yaml-text.ts';

/** A file with one object. */
export function toFile(path: string, object: KubernetesObject, options?: YamlOptions): GeneratedFile {
  return { path, content: formatYaml(object, options), objects: [object] };
}

/** The component's files; `minimal` leaves workload, Service, persona, and what these cannot start without. */
export function componentFiles(plan: ComponentPlan): GeneratedFile[] {
  const isStandard = plan.options.profile === 'standard';
  const configMap = buildConfigMap(plan);
  const files = buildFilesConfigMap(plan);
  const claims = buildPersistentVolumeClaims(plan);
  const file = (name: string, object: KubernetesObject, options?: YamlOptions): GeneratedFile =>
    toFile(`${plan.folder}/${name}.yaml`, object, options);
  const all = [
    workloadFile(plan),
    ...(hasService(plan) ? [file('service', buildService(plan))] : []),
    ...(isCalledByName(plan) ? [file('service', buildNameService(plan))] : []),
    ...buildAliasServices(plan).map((service) => file(`service-${service.metadata.name}`, service)),
    ...(plan.workload === 'StatefulSet' ? [file('service-headless', buildHeadlessService(plan))] : []),
    ...(isStandard ? [file('serviceaccount', buildServiceAccount(plan))] : []),
    ...(configMap ? [file('configmap', configMap, { comments: unsetComments(plan) })] : []),
    ...(files ? [file('configmap-files', files)] : []),
    ...claims.map((claim, index) => file(index === 0 ? 'pvc' : `pvc-${index + 1}`, claim)),
    ...(isStandard ? availabilityFiles(plan, file) : []),
    ...exposureFiles(plan, file),
    file('persona', buildPersona(plan)),
    ...secretExample(plan),
  ];
  return all.map((entry) => ({ ...entry, component: plan.name }));
}

type FileOf = (name: string, object: KubernetesObject) => GeneratedFile;

function availabilityFiles(plan: ComponentPlan, file: FileOf): GeneratedFile[] {
  return [
    ...(plan.scaling.isAutoscaled && plan.workload === 'Deployment'
      ? [file('hpa', buildHorizontalPodAutoscaler(plan))]
      : []),
    ...(needsDisruptionBudget(plan) ? [file('pdb', buildPodDisruptionBudget(plan))] : []),
    ...(plan.options.networkPolicy === 'none' ? [] : [file('networkpolicy', buildNetworkPolicy(plan))]),
  ];
}

function exposureFiles(plan: ComponentPlan, file: FileOf): GeneratedFile[] {
  const ingress = buildIngress(plan);
  const route = buildHttpRoute(plan);
  return [...(ingress ? [file('ingress', ingress)] : []), ...(route ? [file('httproute', route)] : [])];
}

/** In the plain format the workflow pins the image right here. */
function workloadFile(plan: ComponentPlan): GeneratedFile {
  const { workload, folder, options, name, image } = plan;
  const path = `${folder}/${workload.toLowerCase()}.yaml`;
  if (options.format !== 'plain' || !image.isBuilt) return toFile(path, buildWorkload(plan));
  const podPath = workload === 'CronJob' ? 'spec.jobTemplate.spec.template' : 'spec.template';
  const lineComments = new Map([[`${podPath}.spec.containers.0.image`, pinMark(name)]]);
  const pinned = { ...plan, image: { ...image, reference: pinnedReference(plan) } };
  return toFile(path, buildWorkload(pinned), { lineComments });
}

function secretExample(plan: ComponentPlan): GeneratedFile[] {
  const content = formatSecretExample(plan);
  return content === undefined ? [] : [{ path: examplePath(plan), content, objects: [] }];
}
