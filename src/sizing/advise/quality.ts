// The quality-of-service class of a pod before and after advice: Guaranteed pods are the last to be evicted.
import { compareQuantities } from '../../quantity/index.ts';
import type { Quantity } from '../../quantity/index.ts';
import type { Container } from '../../workload/workload.ts';
import { currentOf } from './amounts.ts';
import type { SizedResource, SizedSetting } from './amounts.ts';

/** What a container's setting is, before or after. */
export type AmountOf = (
  container: Container,
  resource: SizedResource,
  setting: SizedSetting,
) => Quantity | undefined;

/** What is set now. */
export const currentAmount: AmountOf = (container, resource, setting) =>
  currentOf(container.resources, resource, setting);

/** Whether each container, init containers too, has limits of CPU and memory, and requests equal to them. */
export function isGuaranteed(containers: readonly Container[], amountOf: AmountOf): boolean {
  const counted = containers.filter(({ role }) => role !== 'ephemeral');
  return counted.every((container) =>
    (['cpu', 'memory'] as const).every((resource) => {
      const [request, limit] = [
        amountOf(container, resource, 'request'),
        amountOf(container, resource, 'limit'),
      ];
      return request !== undefined && limit !== undefined && compareQuantities(request, limit) === 0;
    }),
  );
}
