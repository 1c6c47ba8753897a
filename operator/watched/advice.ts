// What the cache of personas keeps of recommendations: as much as workloads are judged by, without the names of its fields.
import type { ApplicationPersona } from '../../src/api/personas.ts';
import { lengthen, shorten, type Owner } from './short-text.ts';

type Recommendations = NonNullable<NonNullable<ApplicationPersona['status']>['recommendations']>;

/** Of a settled persona; empty where nothing is recommended. Equal texts are equal advice. */
export function packAdvice({ status }: ApplicationPersona, owner: Owner): string {
  const { recommendations = [] } = status ?? {};
  if (recommendations.length === 0) return '';
  const rows = recommendations.map(({ workload, container, resource, setting, recommended, p95 }) => [
    workload,
    container,
    resource,
    setting,
    recommended ?? null,
    ...(p95 === undefined ? [] : [p95]),
  ]);
  return shorten(JSON.stringify(rows), owner);
}

/** The recommendations again, as far as they were kept; settled like any other persona's. */
export function unpackAdvice(text: string, owner: Owner): Recommendations {
  const rows = JSON.parse(lengthen(text, owner)) as (string | null)[][];
  return rows.map(([workload, container, resource, setting, recommended, p95]) => ({
    ...{ workload, container, resource, setting },
    ...(recommended === null ? {} : { recommended }),
    ...(p95 === undefined ? {} : { p95 }),
  })) as Recommendations;
}
