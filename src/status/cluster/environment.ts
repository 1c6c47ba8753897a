// What a cluster is for, guessed from its name: whole words only, so that `reproduction` is no production.
import type { ClusterPersonaSpec } from '../../api/personas.ts';

export type Environment = NonNullable<ClusterPersonaSpec['environment']>;

/** Words of a name, most telling first: `preprod` and `non-prod` are no production. */
const words: readonly (readonly [Environment, RegExp])[] = [
  ['sandbox', /^(sandbox|sbx|sandpit|playground|demo|lab)$/],
  [
    'staging',
    /^(staging|stage|stg|stag|preprod|preproduction|preprd|uat|qa|acc|acceptance|integration|int)$/,
  ],
  [
    'development',
    /^(development|develop|dev|test|testing|tst|local|localhost|nonprod|minikube|kind|k3d|colima|docker|desktop|ci)$/,
  ],
  ['production', /^(production|prod|prd|live)$/],
];

/** The environment that the name tells; undefined where it tells none. */
export function guessEnvironment(name: string): Environment | undefined {
  const parts = name
    .slice(0, 512)
    .toLowerCase()
    .replace(/\b(pre|non)[-_ ](prod|production|prd)\b/g, (_, before: string) =>
      before === 'pre' ? 'preprod' : 'nonprod',
    )
    .split(/[^a-z0-9]+/)
    .map((part) => part.replace(/\d+$/, ''));
  return words.find(([, pattern]) => parts.some((part) => pattern.test(part)))?.[0];
}
