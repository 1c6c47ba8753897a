// The keys of a service's ports, volumes, networks and dependencies.
import {
  anyOf,
  boolean,
  eachOf,
  integer,
  listOf,
  mapped,
  mappingOf,
  nothing,
  number,
  oneOf,
  options,
  pairs,
  text,
  texts,
  unmapped,
  type KeyRule,
} from './shape.ts';

const MOUNT = 'how the engine mounts it on its host';
const ADDRESS = 'pods get their addresses from the cluster';

/** `ports`: only the container's side matters in a cluster. */
export const ports: KeyRule = mapped(
  listOf(
    anyOf(
      integer,
      mappingOf(
        {
          target: mapped(integer),
          name: mapped(text),
          protocol: mapped(text),
          app_protocol: mapped(text),
          published: unmapped('a port of the host; the Service publishes the container port', integer),
          host_ip: unmapped('an address of the host', text),
          mode: unmapped("Swarm's routing mesh; a Service balances", text),
        },
        ['target'],
      ),
    ),
  ),
);

/** `volumes` of a service. */
export const serviceVolumes: KeyRule = mapped(
  listOf(
    anyOf(
      text,
      mappingOf(
        {
          type: mapped(oneOf('bind', 'volume', 'tmpfs', 'cluster', 'npipe', 'image')),
          source: mapped(text),
          target: mapped(text),
          read_only: mapped(boolean),
          consistency: unmapped(MOUNT, text),
          bind: unmapped(
            MOUNT,
            mappingOf({
              propagation: mapped(text),
              create_host_path: mapped(boolean),
              recursive: mapped(oneOf('enabled', 'disabled', 'writable', 'readonly')),
              selinux: mapped(oneOf('z', 'Z')),
            }),
          ),
          volume: unmapped(
            MOUNT,
            mappingOf({ labels: mapped(pairs), nocopy: mapped(boolean), subpath: mapped(text) }),
          ),
          tmpfs: mapped(
            mappingOf({
              size: mapped(integer),
              mode: unmapped('an emptyDir is writable for the pod', number),
            }),
          ),
          image: unmapped('copy the files into the image', mappingOf({ subpath: mapped(text) })),
        },
        ['type'],
      ),
    ),
  ),
);

/** `networks` of a service: every pod reaches every Service; aliases are names that others use. */
export const serviceNetworks: KeyRule = mapped(
  anyOf(
    texts,
    eachOf({
      kinds: ['mapping', 'null'],
      keys: {
        aliases: mapped(texts),
        interface_name: unmapped(ADDRESS, text),
        ipv4_address: unmapped(ADDRESS, text),
        ipv6_address: unmapped(ADDRESS, text),
        link_local_ips: unmapped(ADDRESS, texts),
        mac_address: unmapped(ADDRESS, text),
        driver_opts: unmapped('an option of a Docker network', options),
        priority: unmapped('a pod has one network', number),
        gw_priority: unmapped('a pod has one network', number),
      },
    }),
  ),
);

/** `depends_on`. */
export const dependsOn: KeyRule = mapped(
  anyOf(
    texts,
    eachOf(
      mappingOf(
        {
          condition: mapped(oneOf('service_started', 'service_healthy', 'service_completed_successfully')),
          required: mapped(boolean),
          restart: unmapped('pods are restarted on their own', boolean),
        },
        ['condition'],
      ),
    ),
  ),
);

/** `env_file`. */
export const envFile: KeyRule = mapped(
  anyOf(
    text,
    listOf(
      anyOf(
        text,
        mappingOf(
          {
            path: mapped(text),
            required: mapped(boolean),
            format: mapped(text),
          },
          ['path'],
        ),
      ),
    ),
  ),
);

/** `models` of a service. */
export const serviceModels: KeyRule = unmapped(
  'a language model is no workload that is generated here',
  anyOf(texts, eachOf(anyOf(nothing, mappingOf({ endpoint_var: mapped(text), model_var: mapped(text) })))),
);
