// Which controllers run: those that --controllers names.
import { createPersonaController } from './controllers/application-persona/controller.ts';
import { createArgoController } from './controllers/argocd/controller.ts';
import { createClusterController } from './controllers/cluster-persona/controller.ts';
import type { Component } from './manager/component.ts';
import type { ControllerDeps } from './manager/controller-deps.ts';
import { createSamplerFrom } from './create-sampler-parts.ts';
import type { OperatorOptions } from './options.ts';

const factories = {
  persona: createPersonaController,
  argocd: createArgoController,
  cluster: createClusterController,
} as const satisfies Record<OperatorOptions['controllers'][number], (deps: ControllerDeps) => Component>;

/** Made, not started. `deps` are those of the controller of that name. What is learnt of use stands in personas: where nobody keeps these, nothing is learnt. */
export function createControllers(
  options: OperatorOptions,
  deps: (name: string) => ControllerDeps,
): Component[] {
  const { controllers, isArgocdEnabled } = options;
  const made = controllers
    .filter((name) => name !== 'argocd' || isArgocdEnabled)
    .map((name) => factories[name](deps(name)));
  return controllers.includes('persona') ? [...made, createSamplerFrom(options, deps('sampler'))] : made;
}
