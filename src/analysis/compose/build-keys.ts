// The keys of a service's `build` and `develop`.
import {
  anyOf,
  boolean,
  eachOf,
  integer,
  listOf,
  mapped,
  mappingOf,
  oneOf,
  pairs,
  scalar,
  text,
  textOrTexts,
  texts,
  unmapped,
  type KeyRule,
  type Shape,
} from './shape.ts';

const BUILDER = 'an option of the builder, for the workflow that builds the image';

const ulimit = mappingOf({ soft: mapped(integer), hard: mapped(integer) }, ['soft', 'hard']);

/** `nofile: 1024`, or soft and hard apart. */
export const ulimits: Shape = eachOf(anyOf(integer, ulimit));
/** `host: address`, or a list of `host:address`. */
export const extraHosts: Shape = anyOf(eachOf(anyOf(text, texts)), texts);

/** A config or secret of a service: its name, or where it is mounted. */
export const mountedFiles: Shape = listOf(
  anyOf(
    text,
    mappingOf({
      source: mapped(text),
      target: mapped(text),
      uid: unmapped('files of a ConfigMap or Secret belong to the pod, not to a user', text),
      gid: unmapped('files of a ConfigMap or Secret belong to the pod, not to a group', text),
      mode: unmapped('the pod reads them as its own user; a mode is not needed', integer),
    }),
  ),
);

const command: Shape = { kinds: ['string', 'list', 'null'], items: text };

/** A hook of `post_start`, `pre_stop` and `develop.watch`. */
export const hook: Shape = mappingOf(
  {
    command: mapped(command),
    user: mapped(text),
    privileged: mapped(boolean),
    working_dir: mapped(text),
    environment: mapped(pairs),
  },
  ['command'],
);

/** A command line, or argv. */
export { command as commandLine };

/** `build`: a context, or all of this. */
export const build: KeyRule = mapped(
  anyOf(
    text,
    mappingOf({
      context: mapped(text),
      dockerfile: mapped(text),
      dockerfile_inline: unmapped('write it to a Dockerfile: an image is built from files', text),
      target: mapped(text),
      args: mapped(pairs),
      additional_contexts: unmapped(BUILDER, pairs),
      cache_from: unmapped(BUILDER, texts),
      cache_to: unmapped(BUILDER, texts),
      entitlements: unmapped(BUILDER, texts),
      extra_hosts: unmapped(BUILDER, extraHosts),
      isolation: unmapped(BUILDER, text),
      labels: unmapped(BUILDER, pairs),
      network: unmapped(BUILDER, text),
      no_cache: unmapped(BUILDER, boolean),
      platforms: unmapped(BUILDER, texts),
      privileged: unmapped(BUILDER, boolean),
      provenance: unmapped(BUILDER, boolean),
      pull: unmapped(BUILDER, boolean),
      sbom: unmapped(BUILDER, boolean),
      secrets: unmapped(BUILDER, mountedFiles),
      shm_size: unmapped(BUILDER, integer),
      ssh: unmapped(BUILDER, anyOf(text, pairs)),
      tags: unmapped('the image is tagged by the workflow that builds it', texts),
      ulimits: unmapped(BUILDER, ulimits),
    }),
  ),
);

/** `develop`: what `docker compose watch` does. */
export const develop: KeyRule = unmapped('for development only (docker compose watch)', {
  kinds: ['mapping', 'null'],
  keys: {
    watch: mapped(
      listOf(
        mappingOf(
          {
            path: mapped(text),
            action: mapped(oneOf('rebuild', 'sync', 'restart', 'sync+restart', 'sync+exec')),
            target: mapped(text),
            ignore: mapped(textOrTexts),
            include: mapped(textOrTexts),
            exec: mapped(hook),
            initial_sync: mapped(boolean),
          },
          ['path', 'action'],
        ),
      ),
    ),
  },
});

/** GPUs and other devices that a container reserves. */
export const deviceRequests: Shape = listOf(
  mappingOf({
    capabilities: mapped(texts),
    count: mapped(integer),
    device_ids: mapped(texts),
    driver: mapped(text),
    options: mapped(anyOf(eachOf(scalar), texts)),
  }),
);
