// One deployable part of an application, and every fact that analysis can hold about it.
import type { Evidence, Fact } from './fact.ts';

/** What a component is when it runs. A `cli` gets no manifests; a `worker` no Service; a `static` site serves files; a `job` runs once for each version. */
export type ComponentKind = 'server' | 'worker' | 'cron' | 'job' | 'daemon' | 'static' | 'cli';

/** Transport of a port, as Kubernetes spells it. */
export type Protocol = 'TCP' | 'UDP' | 'SCTP';

/** A port that the component listens on (1 to 65535). `name` is set where the source names it (`metrics`, `grpc`). */
export interface PortFact extends Fact<number> {
  protocol: Protocol;
  name?: string;
  /** The variable that moves the port (`process.env.PORT || 3000`: PORT): its value in the image or compose overrules `value`. */
  fromEnv?: string;
  /** Only a static site's development server listens there: worth knowing, and in no manifest. */
  isDevelopment?: true;
}

/** How the component says that it lives or is ready. `path` starts with `/`; `port` is absent when it is the main port. */
export interface ProbeFact {
  kind: 'http' | 'tcp' | 'grpc' | 'exec';
  path?: string;
  port?: number;
  scheme?: 'HTTP' | 'HTTPS';
  /** exec only: argv. */
  command?: string[];
  /** grpc only: the service name asked for. */
  service?: string;
  periodSeconds?: number;
  timeoutSeconds?: number;
  failureThreshold?: number;
  /** HEALTHCHECK --start-period, compose start_period. */
  startPeriodSeconds?: number;
  confidence: number;
  evidence: Evidence[];
}

/** A variable that the component reads. A secret's value is never kept: `value` exists for `config` only. */
export interface EnvFact {
  name: string;
  kind: 'secret' | 'config';
  /** False where the source has a default or treats it as optional. */
  required: boolean;
  /** What compose or an env file sets it to; never for a secret. Written into the ConfigMap. */
  value?: string;
  evidence: Evidence[];
}

/** Something the component needs to reach. */
export interface DependencyFact {
  /** `postgresql`, `redis`, `kafka`, a sibling component's name, or a host. */
  name: string;
  type: 'database' | 'cache' | 'queue' | 'service' | 'external';
  /** The sibling component that serves it, where it is one of this application. */
  component?: string;
  /** The host name it is reached by (compose service name), where known. */
  host?: string;
  /** Its port, where known. */
  port?: number;
  /** False where the source treats it as optional. Default true. */
  required?: boolean;
  evidence: Evidence[];
}

/** How the component's image is built: paths relative to the application's root. */
export interface BuildFact {
  dockerfile: string;
  context: string;
  target?: string;
  evidence: Evidence[];
}

/** Who the image runs as. `uid` is absent where a name could not be resolved; `isRoot` only where it is known. */
export interface UserValue {
  name?: string;
  uid?: number;
  gid?: number;
  isRoot: boolean;
  /** True where nobody asked for it: there is no USER, and the base image runs as this. */
  isAssumed?: true;
}

/** A path that the component writes to or gets mounted. */
export interface VolumeFact {
  path: string;
  /** `data` must outlive the pod, `temporary` need not, `file` is a config or secret mounted read-only. */
  kind: 'data' | 'temporary' | 'file';
  /** Name of the compose volume, config or secret behind it. */
  source?: string;
  readOnly?: boolean;
  sizeBytes?: number;
  /** Text of a `file` that holds no secret: it becomes part of a ConfigMap. */
  content?: string;
  evidence: Evidence[];
}

/** Requests and limits as Kubernetes quantities (`250m`, `256Mi`). */
export interface ResourcesValue {
  requests?: { cpu?: string; memory?: string };
  limits?: { cpu?: string; memory?: string };
}

/** How it runs as a container, read from image and compose. */
export interface RuntimeFacts {
  build?: BuildFact;
  /** An image reference that stands in compose or settings (`ghcr.io/acme/shop:1.2`). */
  image?: Fact<string>;
  user?: Fact<UserValue>;
  /** The image's ENTRYPOINT and CMD as they are; not repeated in the manifest. */
  imageCommand?: Fact<string[]>;
  /** compose `entrypoint`/`command`: overrides the image's, so the manifest must carry it. */
  command?: Fact<string[]>;
  args?: Fact<string[]>;
  workingDirectory?: Fact<string>;
  volumes: VolumeFact[];
  stopSignal?: Fact<string>;
  stopGracePeriodSeconds?: Fact<number>;
  resources?: Fact<ResourcesValue>;
  replicas?: Fact<number>;
  capabilitiesAdd?: Fact<string[]>;
  capabilitiesDrop?: Fact<string[]>;
  readOnlyRoot?: Fact<boolean>;
}

/** Everything known about one component. Unknown facts are absent, never guessed; what is there has evidence. */
export interface Component {
  /** As the source names it (compose service, package name, folder); not yet DNS-safe. */
  name: string;
  /** Its folder relative to the application's root; `.` is the root. */
  path: string;
  /** Other names that its siblings reach it by. */
  aliases?: string[];
  kind: ComponentKind;
  kindEvidence: Evidence[];
  description?: Fact<string>;
  version?: Fact<string>;
  /** Lower case: `javascript`, `typescript`, `python`, `go`, `java`, `kotlin`, `html` … */
  language?: Fact<string>;
  languageVersion?: Fact<string>;
  /** As its makers spell it: `Express`, `FastAPI`, `Spring Boot` … */
  framework?: Fact<string>;
  /** The main port first. */
  ports: PortFact[];
  startCommand?: Fact<string>;
  health: { liveness?: ProbeFact; readiness?: ProbeFact; startup?: ProbeFact };
  metrics?: Fact<{ path: string; port?: number }>;
  /** Cron expression (five fields), for kind `cron`. */
  schedule?: Fact<string>;
  env: EnvFact[];
  dependencies: DependencyFact[];
  runtime: RuntimeFacts;
}
