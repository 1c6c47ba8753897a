// secrets/env: no secret stands in a manifest as plain text.
import type { Container } from '../../workload/workload.ts';
import type { Rule, RuleReport } from '../rule.ts';
import { isPlainSecret } from './plain-secret.ts';

/** Whether a variable holds a literal that looks like a secret. */
export const env: Rule = {
  id: 'secrets/env',
  title: 'No secret stands in an environment variable as plain text',
  semantics:
    'For every container, sidecar and init container a variable with a literal value must not look like a secret: by its name (DB_PASSWORD, API_TOKEN), or by its value (a private key, a token of a known vendor, a password in a URL, long random text). ' +
    'Empty values, and values that only refer to other variables, such as $(DB_PASSWORD), are none, nor are true, false and paths of files. Neither message nor value ever repeats what was found.',
  rationale:
    'Whoever may read the Deployment, its history or the repository has the secret; and it cannot be changed without a rollout.',
  severity: 'error',
  otherSeverities: '',
  bad: 'env:\n  - name: DB_PASSWORD\n    value: example-only\n',
  good: 'env:\n  - name: DB_PASSWORD\n    valueFrom:\n      secretKeyRef: { name: shop, key: db-password }\n',
  needsSurroundings: false,
  evaluate: ({ workload }) => workload.pod.containers.flatMap(judge),
};

function judge({ name, path, env: variables }: Container): RuleReport[] {
  return variables.flatMap((variable, index) => {
    if (!isPlainSecret(variable)) return [];
    return [
      {
        field: `${path}.env[${index}].value`,
        container: name,
        subject: variable.name,
        actual: 'a literal value',
        expected: 'valueFrom.secretKeyRef',
        message: `container ${name}: ${variable.name} holds what looks like a secret as plain text`,
        suggestion: `put it into a Secret, and refer to it: valueFrom: {secretKeyRef: {name: …, key: …}}`,
      },
    ];
  });
}
