// Services that no source here builds: each as a component of its image, or said to be nothing that can be run.
import type { Conflict, ExternalService, Note } from '../../application/application.ts';
import { toImageComponent } from './image-components.ts';
import type { ComposeProject, ComposeService } from './service.ts';

/** The services of a project that are somebody's image, with what was found out on the way. */
export interface ImageServices {
  services: ExternalService[];
  conflicts: Conflict[];
  notes: Note[];
}

/** Reads those services of a project that are none of `candidates`, in its order. */
export function readImageServices(
  project: ComposeProject | undefined,
  candidates: readonly { service?: ComposeService }[],
): ImageServices {
  const found: ImageServices = { services: [], conflicts: [], notes: [] };
  const own = new Set(candidates.map(({ service }) => service?.name));
  for (const service of project?.services ?? []) {
    if (own.has(service.name)) continue;
    const component = toImageComponent(service);
    if (component === undefined) {
      found.notes.push(...(service.claims.notes ?? []), createUnknownNote(service));
      continue;
    }
    found.services.push(component.service);
    found.conflicts.push(...component.resolution.conflicts);
    found.notes.push(...component.resolution.notes, ...sourceNotes(service));
  }
  return found;
}

function createUnknownNote({ name, evidence }: ComposeService): Note {
  return {
    component: name,
    kind: 'missing',
    message: `services.${name} is not generated: neither its image nor a Dockerfile that builds it is here`,
    evidence: [evidence],
  };
}

// PHP with the code mounted into it: the image alone has nothing to run.
function sourceNotes({ name, image, sourceFolder, evidence }: ComposeService): Note[] {
  if (sourceFolder === undefined) return [];
  return [
    {
      component: name,
      kind: 'advice',
      message: `services.${name} runs ${sourceFolder}, which is mounted into ${image ?? 'its image'}: build an image that holds it`,
      evidence: [evidence],
    },
  ];
}
