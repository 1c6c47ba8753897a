// The one container of a component's pods.
import { CONFIDENCE } from '../application/fact.ts';
import { hasService, runsToEnd } from './component-plan.ts';
import type { ComponentPlan } from './component-plan.ts';
import { buildEnvironment } from './environment.ts';
import { buildProbes } from './probes.ts';
import { buildContainerSecurityContext } from './security-context.ts';
import { buildVolumeMounts } from './volumes.ts';

/** Seconds before SIGTERM in which endpoints and load balancers forget the pod. */
export const preStopSeconds = 5;

/** Builds the container; its name is the component's. */
export function buildContainer(plan: ComponentPlan): object {
  const { image, ports, resources } = plan;
  return {
    name: plan.name,
    image: image.reference,
    imagePullPolicy: image.isImmutable ? 'IfNotPresent' : 'Always',
    ...buildCommand(plan),
    ...(ports.length === 0
      ? {}
      : { ports: ports.map(({ name, port, protocol }) => ({ name, containerPort: port, protocol })) }),
    ...buildEnvironment(plan),
    resources: { requests: resources.requests, limits: resources.limits },
    ...(runsToEnd(plan) ? {} : buildProbes(plan)),
    ...(hasService(plan) ? { lifecycle: { preStop: { sleep: { seconds: preStopSeconds } } } } : {}),
    terminationMessagePolicy: 'FallbackToLogsOnError',
    securityContext: buildContainerSecurityContext(plan),
    volumeMounts: buildVolumeMounts(plan),
  };
}

/** Command, arguments and folder, where compose overrides the image's. */
function buildCommand({ component, environment }: ComponentPlan): object {
  const { command, args, workingDirectory } = component.runtime;
  const isOverridden = (workingDirectory?.confidence ?? 0) >= CONFIDENCE.compose;
  const secrets = new Set(environment.secrets.map(({ name }) => name));
  const escape = (argument: string): string => escapeReferences(argument, secrets);
  return {
    ...(command?.value.length ? { command: command.value.map(escape) } : {}),
    ...(args?.value.length ? { args: args.value.map(escape) } : {}),
    ...(isOverridden && workingDirectory !== undefined && workingDirectory.value !== ''
      ? { workingDir: workingDirectory.value }
      : {}),
  };
}

/**
 * `$(date)` is the shell's, but Kubernetes would look for a variable `date` first: `$$(` says that it is not meant. A secret of the
 * container's own is: analysis wrote it in place of the secret's value.
 */
function escapeReferences(argument: string, secrets: ReadonlySet<string>): string {
  return argument.replace(/\$\(([A-Za-z_]\w*\))?/g, (whole, rest: string | undefined) =>
    rest !== undefined && secrets.has(rest.slice(0, -1)) ? whole : `$${whole}`,
  );
}
