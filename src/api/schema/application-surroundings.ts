// How an application meets the world: its probes, its ports and ingress, and what it depends on.
import { dependencyTypes, protocols } from '../vocabulary.ts';
import { durationUpToADay } from './amounts.ts';
import { choice, flag, integer, list, listMap, object, required } from './builders.ts';
import { host, line, nonEmptyLine, longLine, urlPath } from './text.ts';

/** Probes. */
export const health = object(
  'Health',
  'How to ask the application whether it lives and whether it is ready.',
  {
    livenessPath: urlPath('HTTP path that answers while the process lives.'),
    readinessPath: urlPath('HTTP path that answers while the application can take traffic.'),
    port: integer(
      'Port that both paths are asked on; the first of networking.ports where absent.',
      1,
      65_535,
    ),
    startupGracePeriod: durationUpToADay(
      'How long a start may take, as a Go duration. Until then a rollout is progressing, not failing.',
      '30s',
    ),
  },
);

/** Backing services. */
export const dependencies = listMap(
  'What the application needs beside itself.',
  ['name'],
  object('Dependency', 'A service that the application uses.', {
    name: required(nonEmptyLine('The name by which people know it, such as `postgres`.')),
    type: choice('What it is.', dependencyTypes),
    required: flag('Whether the application is of no use without it.', true),
    healthCheck: longLine('How to see whether it is there: a URL or host:port.'),
  }),
  100,
);

const ports = listMap(
  'Ports that the application listens on.',
  ['port', 'protocol'],
  object('Port', 'One port that the application listens on.', {
    port: required(integer('The number of the port in the container.', 1, 65_535)),
    protocol: choice('Its transport protocol.', protocols, 'TCP'),
    purpose: line('What it is for, such as `http`, `grpc` or `metrics`.'),
  }),
  100,
);

const ingress = object('Ingress', 'How the application is reached from outside the cluster.', {
  enabled: flag('Whether it is reached from outside at all.', false),
  host: host('The host name that it answers to.'),
  paths: list('Paths under which it answers; all where absent.', urlPath('A path prefix.'), 50),
  tlsEnabled: flag('Whether it is reached by TLS.', false),
});

/** Ports and ingress. */
export const networking = object('Networking', 'Where the application listens and who reaches it.', {
  ports,
  ingress,
});
