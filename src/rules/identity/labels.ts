// identity/labels: a workload says what it is and whose, and one persona answers for it.
import { matchesSelector } from '../../workload/selector.ts';
import type { TextMap, Workload } from '../../workload/workload.ts';
import type { RuleInput } from '../rule-input.ts';
import type { Rule, RuleReport } from '../rule.ts';
import { showValue } from '../show-value.ts';

/** Whether labels, selector and personas agree on what the workload is. */
export const labels: Rule = {
  id: 'identity/labels',
  title: 'Labels say what the workload is, and one persona claims it',
  semantics:
    'The workload has to carry every label of the ClusterPersona’s conventions.requiredLabels and every annotation of requiredAnnotations, with a value, on the object itself or on its pod template. ' +
    'Its selector has to be there (apps/v1) and to select its own pod template. No other persona of the namespace may claim it by the same rung (label app.kubernetes.io/name, label app, name, selector), unless another workload matches that persona better. ' +
    'A workload that is claimed by its name or selector alone gets a note of severity info.',
  rationale:
    'Costs, alerts and on-call are routed by labels; a selector beside the template is refused by the API server; and of two personas nobody knows which one holds.',
  severity: 'error',
  otherSeverities: 'info where no label names the persona',
  bad: 'spec:\n  selector:\n    matchLabels: { app: shop }\n  template:\n    metadata:\n      labels: { app: store }\n',
  good: 'spec:\n  selector:\n    matchLabels: { app: shop }\n  template:\n    metadata:\n      labels: { app: shop }\n',
  needsSurroundings: false,
  evaluate: (input) => [
    ...findMissing(input),
    ...judgeSelector(input.workload),
    ...judgeRivals(input),
    ...noteUnlabelled(input),
  ],
};

function findMissing({ workload, clusterPersona }: RuleInput): RuleReport[] {
  const { requiredLabels = [], requiredAnnotations = [] } = clusterPersona?.spec.conventions ?? {};
  const missing = (keys: readonly string[], field: 'labels' | 'annotations'): RuleReport[] =>
    keys
      .filter((key) => !has(workload[field], key) && !has(workload.pod[field], key))
      .map((key) => ({
        field: `metadata.${field}[${key}]`,
        actual: 'unset',
        expected: 'a value',
        message: `${field === 'labels' ? 'label' : 'annotation'} ${key} is unset, the cluster asks for it`,
        suggestion: `${key}: …`,
      }));
  return [...missing(requiredLabels, 'labels'), ...missing(requiredAnnotations, 'annotations')];
}

function has(texts: TextMap, key: string): boolean {
  return (texts.get(key) ?? '') !== '';
}

function judgeSelector(workload: Workload): RuleReport[] {
  const { selector, pod, apiVersion, kind, spec } = workload;
  // An Argo Rollout may take its template from a Deployment.
  if (kind === 'Pod' || kind === 'Job' || kind === 'CronJob' || Object.hasOwn(spec, 'workloadRef')) return [];
  const field = 'spec.selector';
  if (selector === undefined) {
    if (apiVersion !== 'apps/v1') return [];
    const message = 'spec.selector is unset, labels of the pod template expected';
    return [{ field, actual: 'unset', expected: 'labels of the pod template', message }];
  }
  if (matchesSelector(selector, pod.labels)) return [];
  const wrong = [...selector.matchLabels].find(([key, value]) => pod.labels.get(key) !== value);
  const actual = wrong === undefined ? 'other labels' : `${wrong[0]}=${showValue(pod.labels.get(wrong[0]))}`;
  const expected = wrong === undefined ? 'what the selector asks' : `${wrong[0]}=${wrong[1]}`;
  const message = `the selector does not select the pod template: it asks for ${expected}, the template has ${actual}`;
  return [
    { field, actual, expected, message, suggestion: 'give spec.selector and the template the same labels' },
  ];
}

function judgeRivals({ persona, rivals }: RuleInput): RuleReport[] {
  if (rivals.length === 0) return [];
  const shown = rivals.slice(0, 5).join(', ');
  const more = rivals.length > 5 ? ` and ${rivals.length - 5} more` : '';
  return [
    {
      field: 'metadata.labels',
      subject: 'rivals',
      actual: `${rivals.length + 1} personas`,
      expected: 'one persona',
      message: `personas ${shown}${more} claim this workload in the same way as ${persona.spec.name}`,
      suggestion: 'label the workload app.kubernetes.io/name with the name of the persona that is meant',
    },
  ];
}

function noteUnlabelled({ persona, workload }: RuleInput): RuleReport[] {
  const { name } = persona.spec;
  const isNamed = ['app.kubernetes.io/name', 'app'].some(
    (key) => (workload.labels.get(key) ?? workload.pod.labels.get(key)) === name,
  );
  if (isNamed || name === '') return [];
  const key = 'app.kubernetes.io/name';
  const actual = showValue(workload.labels.get(key) ?? workload.pod.labels.get(key));
  return [
    {
      field: `metadata.labels[${key}]`,
      severity: 'info',
      actual,
      expected: name,
      message: `no label says ${name}: the persona claims this workload by its name or selector alone`,
      suggestion: `${key}: ${name}`,
    },
  ];
}
