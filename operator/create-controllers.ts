// Which controllers run: those that --controllers names.
import { createPersonaController } from './controllers/application-persona/controller.ts';
import { createArgoController } from './controllers/argocd/controller.ts';
import { createClusterController } from './controllers/cluster-persona/controller.ts';
import type { Component } from './manager/component.ts';
import type { ControllerDeps } from './manager/controller-deps.ts';
import { createSamplerFrom } from './create-sampler-parts.ts';
import type { OperatorOptions } from './options.ts';
import { UsagePresence } from './watched/usage-presence.ts';

const others = { argocd: createArgoController, cluster: createClusterController } as const;

/** Made, not started. `deps` are those of the controller of that name. What is learnt of use stands in personas: where nobody keeps these, nothing is learnt. */
export function createControllers(
  options: OperatorOptions,
  deps: (name: string) => ControllerDeps,
): Component[] {
  const { controllers, isArgocdEnabled } = options;
  return controllers.flatMap((name) => {
    if (name === 'persona') return createPersonaParts(options, deps);
    return name === 'argocd' && !isArgocdEnabled ? [] : [others[name](deps(name))];
  });
}

/** That nothing measures use stands in the one write that a persona is given anyway. */
function createPersonaParts(options: OperatorOptions, deps: (name: string) => ControllerDeps): Component[] {
  const [own, sampler] = [deps('persona'), deps('sampler')];
  const presence = new UsagePresence(options.prometheusUrl === '' ? 'unknown' : 'other', own.now);
  return [createPersonaController(own, presence), createSamplerFrom(options, sampler, presence)];
}
