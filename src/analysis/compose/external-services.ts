// Services that are only an image: what they run and on which ports.
import type { ExternalService } from '../../application/application.ts';
import { serviceOfImage } from '../images/services.ts';
import { isExternalService } from './service-role.ts';
import type { ComposeProject } from './service.ts';

/** The external services of a project, in its order. */
export function toExternalServices(project: ComposeProject): ExternalService[] {
  return project.services.filter(isExternalService).map((service) => {
    const image = service.image ?? '';
    const known = serviceOfImage(image);
    const claimed = (service.claims.ports ?? []).map((port) => port.value);
    return {
      name: service.name,
      image,
      ports: claimed.length > 0 ? [...new Set(claimed)] : [...(known?.ports ?? [])],
      type: known?.type ?? 'service',
      evidence: [{ ...service.evidence, reason: `compose service ${service.name} is only an image` }],
    };
  });
}
