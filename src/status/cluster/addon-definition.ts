// How an add-on shows itself.
import type { Addon } from '../../api/personas.ts';

/** One add-on. Any sign is enough; health and version come from its workloads. */
export interface AddonDefinition {
  name: string;
  type: NonNullable<Addon['type']>;
  /** Ends of image repositories, the one that carries the version first: `argoproj/argocd` is also found at `registry.corp/mirror/argoproj/argocd`. */
  images: readonly string[];
  /** Values of app.kubernetes.io/part-of. */
  partOf?: readonly string[];
  /** Values of app.kubernetes.io/name, or of k8s-app. */
  names?: readonly string[];
  /** Resources that only this add-on serves: `applications.argoproj.io`. */
  resources?: readonly string[];
}
