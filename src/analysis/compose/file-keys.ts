// Every key of a compose file: the root of the table that validation and the report read.
import { serviceKeys } from './service-keys.ts';
import {
  anyOf,
  boolean,
  eachOf,
  integer,
  listOf,
  mapped,
  mappingOf,
  options,
  pairs,
  text,
  textOrTexts,
  texts,
  unmapped,
  type Shape,
} from './shape.ts';

const NETWORK = 'pods share one network; a NetworkPolicy limits it';
const VOLUME = 'a PersistentVolumeClaim names a StorageClass of the cluster instead';
const ENGINE = 'a name for the engine';
const SECRET = 'the Secret is made in the cluster, by kubectl or an operator of yours';

const external: Shape = {
  kinds: ['boolean', 'string', 'mapping'],
  keys: { name: mapped(text) },
};

const network: Shape = {
  kinds: ['mapping', 'null'],
  keys: {
    name: unmapped(NETWORK, text),
    driver: unmapped(NETWORK, text),
    driver_opts: unmapped(NETWORK, options),
    attachable: unmapped(NETWORK, boolean),
    enable_ipv4: unmapped(NETWORK, boolean),
    enable_ipv6: unmapped(NETWORK, boolean),
    external: unmapped(NETWORK, external),
    internal: unmapped(NETWORK, boolean),
    ipam: unmapped(
      NETWORK,
      mappingOf({
        driver: mapped(text),
        config: mapped(
          listOf(
            mappingOf({
              subnet: mapped(text),
              ip_range: mapped(text),
              gateway: mapped(text),
              aux_addresses: mapped(eachOf(text)),
            }),
          ),
        ),
        options: mapped(eachOf(text)),
      }),
    ),
    labels: unmapped(NETWORK, pairs),
  },
};

const volume: Shape = {
  kinds: ['mapping', 'null'],
  keys: {
    name: unmapped(ENGINE, text),
    driver: unmapped(VOLUME, text),
    driver_opts: unmapped(VOLUME, options),
    external: unmapped(VOLUME, external),
    labels: unmapped(VOLUME, pairs),
  },
};

const secret: Shape = mappingOf({
  file: mapped(text),
  name: unmapped(ENGINE, text),
  environment: unmapped(SECRET, text),
  external: unmapped(SECRET, external),
  driver: unmapped(SECRET, text),
  driver_opts: unmapped(SECRET, options),
  labels: unmapped(SECRET, pairs),
  template_driver: unmapped(SECRET, text),
});

const config: Shape = mappingOf({
  file: mapped(text),
  content: mapped(text),
  name: unmapped(ENGINE, text),
  environment: unmapped('write it to a file: a ConfigMap is made from files', text),
  external: unmapped('made outside of this application', external),
  labels: unmapped(ENGINE, pairs),
  template_driver: unmapped('a ConfigMap has no templates', text),
});

const include: Shape = listOf(
  anyOf(
    text,
    mappingOf({ path: mapped(textOrTexts), env_file: mapped(textOrTexts), project_directory: mapped(text) }, [
      'path',
    ]),
  ),
);

const model: Shape = mappingOf(
  {
    model: mapped(text),
    name: mapped(text),
    context_size: mapped(integer),
    runtime_flags: mapped(texts),
  },
  ['model'],
);

/** A whole compose file. */
export const composeFile: Shape = mappingOf({
  version: unmapped('compose itself ignores it', text),
  name: mapped(text),
  include: mapped(include),
  services: mapped(eachOf(mappingOf(serviceKeys))),
  networks: mapped(eachOf(network)),
  volumes: mapped(eachOf(volume)),
  secrets: mapped(eachOf(secret)),
  configs: mapped(eachOf(config)),
  models: unmapped('a language model is no workload that is generated here', eachOf(model)),
});
