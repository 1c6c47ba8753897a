// What a person has to decide about images of others: which version is meant, and who they run as.
import type { ComponentPlan } from './component-plan.ts';
import { formatPlace } from './evidence-place.ts';
import type { Decision } from './generated-file.ts';
import { lacksVersion } from './image.ts';

/** An image without a version is another one tomorrow. */
export function versionDecisions(plan: ComponentPlan): Decision[] {
  if (!lacksVersion(plan)) return [];
  const { name, image, component } = plan;
  const where = formatPlace(component.runtime.image?.evidence);
  const message = `${name} runs ${image.repository}, of no version that is said${where === '' ? '' : ` (${where})`}: ${image.reference} stands in the manifest, write the one you mean`;
  return [{ topic: 'image', component: name, message }];
}

/** Nobody says who it runs as, and its Dockerfile is not here. */
export function unknownUserDecisions({ name, image, component, runAs }: ComponentPlan): Decision[] {
  if (image.isBuilt || component.runtime.user !== undefined || runAs.isOwn) return [];
  const message = `who ${image.repository} runs as is not known: here it is ${runAs.uid}, on a read-only root`;
  return [{ topic: 'root', component: name, message, command: 'user: "UID" in compose says it' }];
}
