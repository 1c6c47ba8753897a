// Which controllers run: those that --controllers names.
import { createPersonaController } from './controllers/application-persona/controller.ts';
import { createArgoController } from './controllers/argocd/controller.ts';
import { createClusterController } from './controllers/cluster-persona/controller.ts';
import type { Component } from './manager/component.ts';
import type { ControllerDeps } from './manager/controller-deps.ts';
import type { OperatorOptions } from './options.ts';

const factories = {
  persona: createPersonaController,
  argocd: createArgoController,
  cluster: createClusterController,
} as const satisfies Record<OperatorOptions['controllers'][number], (deps: ControllerDeps) => Component>;

/** Made, not started. `deps` are those of the controller of that name. */
export function createControllers(
  { controllers, isArgocdEnabled }: Pick<OperatorOptions, 'controllers' | 'isArgocdEnabled'>,
  deps: (name: string) => ControllerDeps,
): Component[] {
  return controllers
    .filter((name) => name !== 'argocd' || isArgocdEnabled)
    .map((name) => factories[name](deps(name)));
}
