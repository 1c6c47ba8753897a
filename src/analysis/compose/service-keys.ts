// Every key of a compose service: what it may hold, and where it goes or why it goes nowhere.
import {
  build,
  commandLine,
  develop,
  deviceRequests,
  extraHosts,
  hook,
  mountedFiles,
  ulimits,
} from './build-keys.ts';
import { deploy, healthcheck } from './deploy-keys.ts';
import { dependsOn, envFile, ports, serviceModels, serviceNetworks, serviceVolumes } from './mount-keys.ts';
import {
  anyOf,
  boolean,
  eachOf,
  integer,
  listOf,
  mapped,
  mappingOf,
  number,
  oneOf,
  options,
  pairs,
  scalar,
  text,
  textOrTexts,
  texts,
  unmapped,
  type KeyTable,
} from './shape.ts';

const CPU = 'a pod asks for cpu by request and limit only (use cpus, or deploy.resources)';
const MEMORY = 'a node of a cluster has its own rules for swap and memory pressure';
const HOST = "shares a namespace with the host, which Pod Security's baseline forbids";
const DEVICE = 'a device of the host';
const WINDOWS = 'for Windows containers';
const DNS = 'names are resolved by the cluster';

const deviceMappings = listOf(
  anyOf(
    text,
    mappingOf({ source: mapped(text), target: mapped(text), permissions: mapped(text) }, ['source']),
  ),
);

const blockLimits = mapped(listOf(mappingOf({ path: mapped(text), rate: mapped(integer) })));

const blockInput = mappingOf({
  device_read_bps: blockLimits,
  device_read_iops: blockLimits,
  device_write_bps: blockLimits,
  device_write_iops: blockLimits,
  weight: mapped(integer),
  weight_device: mapped(listOf(mappingOf({ path: mapped(text), weight: mapped(integer) }))),
});

/** Keys that are read. */
const readKeys: KeyTable = {
  build,
  cap_add: mapped(texts),
  cap_drop: mapped(texts),
  command: mapped(commandLine),
  configs: mapped(mountedFiles),
  cpus: mapped(number),
  depends_on: dependsOn,
  deploy,
  entrypoint: mapped(commandLine),
  env_file: envFile,
  environment: mapped(pairs),
  expose: mapped(listOf(integer)),
  extends: mapped(anyOf(text, mappingOf({ service: mapped(text), file: mapped(text) }, ['service']))),
  healthcheck,
  image: mapped(text),
  links: mapped(texts),
  mem_limit: mapped(number),
  mem_reservation: mapped(number),
  networks: serviceNetworks,
  ports,
  profiles: mapped(texts),
  read_only: mapped(boolean),
  restart: mapped(text),
  scale: mapped(integer),
  secrets: mapped(mountedFiles),
  stop_grace_period: mapped(text),
  stop_signal: mapped(text),
  tmpfs: mapped(textOrTexts),
  user: mapped(text),
  volumes: serviceVolumes,
  working_dir: mapped(text),
};

/** Keys that no manifest carries. */
const reportedKeys: KeyTable = {
  annotations: unmapped('annotations of the engine, not of the pod', pairs),
  attach: unmapped('what docker compose up prints', boolean),
  blkio_config: unmapped('the cluster has no limits for block devices', blockInput),
  cgroup: unmapped(HOST, oneOf('host', 'private')),
  cgroup_parent: unmapped('kubelet owns the cgroups', text),
  container_name: unmapped('pods have names of their own; others reach them by the Service', text),
  cpu_count: unmapped(CPU, integer),
  cpu_percent: unmapped(CPU, integer),
  cpu_period: unmapped(CPU, number),
  cpu_quota: unmapped(CPU, number),
  cpu_rt_period: unmapped(CPU, number),
  cpu_rt_runtime: unmapped(CPU, number),
  cpu_shares: unmapped(CPU, number),
  cpuset: unmapped('processors are assigned by kubelet', text),
  credential_spec: unmapped(
    WINDOWS,
    mappingOf({ config: mapped(text), file: mapped(text), registry: mapped(text) }),
  ),
  develop,
  device_cgroup_rules: unmapped(DEVICE, texts),
  devices: unmapped(DEVICE, deviceMappings),
  dns: unmapped(DNS, textOrTexts),
  dns_opt: unmapped(DNS, texts),
  dns_search: unmapped(DNS, textOrTexts),
  domainname: unmapped(DNS, text),
  external_links: unmapped('containers outside of this application are reached by their own address', texts),
  extra_hosts: unmapped('write the names into DNS; a pod does not edit /etc/hosts', extraHosts),
  gpus: unmapped(
    "ask for the cluster's own device resource, such as nvidia.com/gpu",
    anyOf(oneOf('all'), deviceRequests),
  ),
  group_add: unmapped('the pod gets one supplemental group, fsGroup', listOf(anyOf(text, number))),
  hostname: unmapped('pods have names of their own; others reach them by the Service', text),
  init: unmapped('put an init process such as tini into the image', boolean),
  ipc: unmapped(HOST, text),
  isolation: unmapped(WINDOWS, text),
  label_file: unmapped('labels of the engine; the pod has the recommended ones', textOrTexts),
  labels: unmapped('labels of the engine; the pod has the recommended ones', pairs),
  logging: unmapped(
    'the cluster collects what the container prints',
    mappingOf({ driver: mapped(text), options: mapped(options) }),
  ),
  mac_address: unmapped('pods get their addresses from the cluster', text),
  mem_swappiness: unmapped(MEMORY, integer),
  memswap_limit: unmapped(MEMORY, number),
  models: serviceModels,
  network_mode: unmapped('a pod has the network of the cluster', text),
  oom_kill_disable: unmapped(MEMORY, boolean),
  oom_score_adj: unmapped(MEMORY, integer),
  pid: unmapped(HOST, { kinds: ['string', 'null'] }),
  pids_limit: unmapped('the number of processes is limited by the node (kubelet podPidsLimit)', number),
  platform: unmapped('the scheduler picks nodes; build the image for their platform', text),
  post_start: unmapped('a hook needs a decision: write it as lifecycle.postStart', listOf(hook)),
  pre_stop: unmapped('a hook needs a decision: write it as lifecycle.preStop', listOf(hook)),
  privileged: unmapped("Pod Security's baseline forbids it", boolean),
  provider: unmapped(
    'a platform that compose drives by a plugin',
    mappingOf({ type: mapped(text), options: mapped(eachOf(anyOf(scalar, listOf(scalar)))) }, ['type']),
  ),
  pull_policy: unmapped('the pod pulls by tag or digest', text),
  pull_refresh_after: unmapped('the pod pulls by tag or digest', text),
  runtime: unmapped('name a RuntimeClass of the cluster', text),
  security_opt: unmapped('the pod has the restricted security context', texts),
  shm_size: unmapped('mount an emptyDir with medium Memory at /dev/shm', number),
  stdin_open: unmapped('for a terminal', boolean),
  storage_opt: unmapped('an option of the engine', { kinds: ['mapping'] }),
  sysctls: unmapped('set by the cluster; only safe ones are allowed in a pod', pairs),
  tty: unmapped('for a terminal', boolean),
  ulimits: unmapped('set by the container runtime of the node', ulimits),
  use_api_socket: unmapped("the engine's API is not the cluster's", boolean),
  userns_mode: unmapped(HOST, text),
  uts: unmapped(HOST, text),
  volumes_from: unmapped('pods share no volumes by container; name the volume in both', texts),
};

/** All keys of a service. */
export const serviceKeys: KeyTable = { ...readKeys, ...reportedKeys };
