// The command that applies what was generated, without GitOps.
import type { ApplicationPlan } from './plan-application.ts';

/** To be run in the application's folder. */
export function applyCommand({ name, namespace, options }: ApplicationPlan): string {
  const { format, outputDir } = options;
  switch (format) {
    case 'kustomize':
      return `kubectl apply -k ${outputDir}`;
    case 'plain':
      return `kubectl apply -R -f ${outputDir}`;
    case 'helm':
      return `helm upgrade --install ${name} ${outputDir} -n ${namespace} --create-namespace`;
  }
}
