// The keys of a service's `deploy` and `healthcheck`.
import { deviceRequests } from './build-keys.ts';
import {
  boolean,
  integer,
  listOf,
  mapped,
  mappingOf,
  number,
  oneOf,
  pairs,
  text,
  textOrTexts,
  texts,
  unmapped,
  type KeyRule,
  type KeyTable,
} from './shape.ts';

const ROLLOUT = "Swarm's way to roll out; the Deployment has its own strategy";
const PLACEMENT = "Swarm's way to place; pods are spread by topology";

const updateKeys: KeyTable = {
  parallelism: mapped(integer),
  delay: mapped(text),
  failure_action: mapped(text),
  monitor: mapped(text),
  max_failure_ratio: mapped(number),
  order: mapped(oneOf('start-first', 'stop-first')),
};

const resources = mappingOf({
  limits: mapped(
    mappingOf({
      cpus: mapped(number),
      memory: mapped(text),
      pids: unmapped('the number of processes is limited by the node (kubelet podPidsLimit)', integer),
    }),
  ),
  reservations: mapped(
    mappingOf({
      cpus: mapped(number),
      memory: mapped(text),
      generic_resources: unmapped(
        'an extended resource of the cluster has to be named',
        listOf(
          mappingOf({
            discrete_resource_spec: mapped(mappingOf({ kind: mapped(text), value: mapped(number) })),
          }),
        ),
      ),
      devices: unmapped("ask for the cluster's own device resource, such as nvidia.com/gpu", deviceRequests),
    }),
  ),
});

/** `deploy`. */
export const deploy: KeyRule = mapped({
  kinds: ['mapping', 'null'],
  keys: {
    mode: mapped(text),
    replicas: mapped(integer),
    resources: mapped(resources),
    restart_policy: mapped(
      mappingOf({
        condition: mapped(text),
        delay: unmapped('kubelet restarts with its own growing delay', text),
        max_attempts: unmapped('a Deployment restarts for ever', integer),
        window: unmapped('a Deployment restarts for ever', text),
      }),
    ),
    endpoint_mode: unmapped('a Service balances by virtual IP', text),
    labels: unmapped("labels of Swarm's service object", pairs),
    rollback_config: unmapped(ROLLOUT, mappingOf(updateKeys)),
    update_config: unmapped(ROLLOUT, mappingOf(updateKeys)),
    placement: unmapped(
      PLACEMENT,
      mappingOf({
        constraints: mapped(texts),
        preferences: mapped(listOf(mappingOf({ spread: mapped(text) }))),
        max_replicas_per_node: mapped(integer),
      }),
    ),
  },
});

/** `healthcheck`. */
export const healthcheck: KeyRule = mapped(
  mappingOf({
    test: mapped(textOrTexts),
    interval: mapped(text),
    timeout: mapped(text),
    retries: mapped(number),
    start_period: mapped(text),
    start_interval: unmapped('the startup probe has an interval of its own', text),
    disable: mapped(boolean),
  }),
);
