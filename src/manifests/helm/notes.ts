// NOTES.txt: what `helm install` says at its end.
import { reachCommand } from '../decisions.ts';
import type { ApplicationPlan } from '../plan-application.ts';
import { listNeededSecrets } from '../secret-example.ts';
import { escapeExpressions } from './template-text.ts';

/** The Secrets that have to be there, and how to look at the result. */
export function formatNotes(plan: ApplicationPlan): string {
  const secrets = plan.components.flatMap(listNeededSecrets);
  const reach = reachCommand(plan);
  return [
    `${plan.name} is on its way.`,
    ...(secrets.length === 0 ? [] : ['', 'It does not start without:']),
    ...secrets.map(({ command }) => `  ${command}`),
    ...(reach === undefined ? [] : ['', 'Look at it:', `  ${reach}`]),
    '',
  ]
    .map((line) => escapeExpressions(line).replace(` -n ${plan.namespace} `, ' -n {{ .Release.Namespace }} '))
    .join('\n');
}
