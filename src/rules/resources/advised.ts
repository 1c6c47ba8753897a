// As much of a persona's recommendations as its workloads are judged by.
import { fieldAt, listOf, textOf } from '../../api/foreign-fields.ts';
import type { Recommendation } from '../../api/personas.ts';
import { maxStatusRecommendations } from '../../api/limits.ts';
import { sizedResources, sizedSettings } from '../../api/vocabulary.ts';
import { amountOf } from './amounts.ts';

/** What one setting of one container should be, as Kubernetes quantities. */
export interface Advised extends Required<
  Pick<Recommendation, 'workload' | 'container' | 'resource' | 'setting'>
> {
  /** Undefined: better left unset. */
  recommended: string | undefined;
  /** Undefined where nothing was measured: a kill speaks for itself. */
  p95: string | undefined;
}

/** Those of a foreign status that are about the resources of a container; what cannot be read is left out. Never throws. */
export function readAdvised(status: unknown): Advised[] {
  return listOf(fieldAt(status, 'recommendations'))
    .slice(0, maxStatusRecommendations)
    .flatMap((item) => {
      const [workload, container] = [textOf(fieldAt(item, 'workload')), textOf(fieldAt(item, 'container'))];
      const resource = sizedResources.find((known) => known === fieldAt(item, 'resource'));
      const setting = sizedSettings.find((known) => known === fieldAt(item, 'setting'));
      const recommended = fieldAt(item, 'recommended');
      const isReadable = recommended === undefined || readText(recommended) !== undefined;
      if (workload === '' || container === '' || !resource || !setting || !isReadable) return [];
      const p95 = readText(fieldAt(item, 'p95'));
      return [{ workload, container, resource, setting, recommended: readText(recommended), p95 }];
    });
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' && amountOf(value) !== undefined ? value : undefined;
}
