// Settings that are each right and cannot be true together: a minimum over its maximum, a request over its limit.
import { DorguError } from '../api/errors.ts';
import type { ComponentOptions, ResourceOptions } from '../manifests/component-options.ts';
import { compareQuantities, parseQuantity } from '../quantity/index.ts';

/** Two values that contradict each other, in the names of `config list`. */
export interface Contradiction {
  low: {
    field: 'scaling.min_replicas' | 'resources.requests.cpu' | 'resources.requests.memory';
    value: string;
  };
  high: { field: 'scaling.max_replicas' | 'resources.limits.cpu' | 'resources.limits.memory'; value: string };
}

/**
 * Throws where settings contradict each other. `whereIs` names who set a field; `component` is absent for what holds for all.
 * @throws DorguError SettingsInvalid
 */
export function assertConsistent(
  options: ComponentOptions,
  whereIs: (field: Contradiction['low' | 'high']['field']) => string | undefined,
  component?: string,
): void {
  const lines = findContradictions(options).map(({ low, high }) =>
    [low, high]
      .map(({ field, value }) => {
        const name = component === undefined ? field : `components.${component}.${field}`;
        const where = whereIs(field);
        return `${name} ${value}${where === undefined ? '' : ` (${where})`}`;
      })
      .join(' is over '),
  );
  const [first, ...details] = lines;
  if (first === undefined) return;
  throw new DorguError('SettingsInvalid', first, { hint: 'raise the second, or lower the first', details });
}

/** The contradictions in what settings say about one component, or about all. */
export function findContradictions({ scaling, resources }: ComponentOptions): Contradiction[] {
  const { minReplicas, maxReplicas } = scaling ?? {};
  const replicas =
    minReplicas === undefined || maxReplicas === undefined || minReplicas <= maxReplicas
      ? []
      : [
          {
            low: { field: 'scaling.min_replicas', value: String(minReplicas) },
            high: { field: 'scaling.max_replicas', value: String(maxReplicas) },
          } as const,
        ];
  return [...replicas, ...(['cpu', 'memory'] as const).flatMap((resource) => findOver(resource, resources))];
}

function findOver(resource: 'cpu' | 'memory', { requests, limits }: ResourceOptions = {}): Contradiction[] {
  const [request, limit] = [requests?.[resource], limits?.[resource]];
  if (request === undefined || limit === undefined || !isOver(request, limit)) return [];
  return [
    {
      low: { field: `resources.requests.${resource}`, value: request },
      high: { field: `resources.limits.${resource}`, value: limit },
    },
  ];
}

function isOver(request: string, limit: string): boolean {
  const [left, right] = [parseQuantity(request), parseQuantity(limit)];
  return left.ok && right.ok && compareQuantities(left.quantity, right.quantity) > 0;
}
