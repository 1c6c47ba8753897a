// What one analyser claims about one component: candidates for every fact, which resolve.ts weighs against the others'.
import type { Note } from './application.ts';
import type {
  BuildFact,
  ComponentKind,
  DependencyFact,
  EnvFact,
  PortFact,
  ProbeFact,
  ResourcesValue,
  UserValue,
  VolumeFact,
} from './component.ts';
import type { Fact } from './fact.ts';

/** Candidates, all optional; several of one key are alternatives (single-valued facts) or a set (env, dependencies, volumes). */
export interface Claims {
  name?: Fact<string>[];
  /** Other names that siblings reach it by. */
  aliases?: Fact<string>[];
  kind?: Fact<ComponentKind>[];
  description?: Fact<string>[];
  version?: Fact<string>[];
  language?: Fact<string>[];
  languageVersion?: Fact<string>[];
  framework?: Fact<string>[];
  ports?: PortFact[];
  /** Variables that alone say where it listens: `-b :$PORT`, `os.Getenv("PORT")`. What sets one gives a port; unset, no default stands in. */
  portVariables?: Fact<string>[];
  startCommand?: Fact<string>[];
  liveness?: ProbeFact[];
  readiness?: ProbeFact[];
  startup?: ProbeFact[];
  metrics?: Fact<{ path: string; port?: number }>[];
  schedule?: Fact<string>[];
  env?: EnvFact[];
  /** Values that the image or compose sets, by name; moves ports that are read from a variable. Secrets' values are never put here. */
  environment?: Fact<{ name: string; value: string }>[];
  dependencies?: DependencyFact[];
  build?: BuildFact[];
  image?: Fact<string>[];
  user?: Fact<UserValue>[];
  imageCommand?: Fact<string[]>[];
  command?: Fact<string[]>[];
  args?: Fact<string[]>[];
  workingDirectory?: Fact<string>[];
  volumes?: VolumeFact[];
  stopSignal?: Fact<string>[];
  stopGracePeriodSeconds?: Fact<number>[];
  resources?: Fact<ResourcesValue>[];
  replicas?: Fact<number>[];
  capabilitiesAdd?: Fact<string[]>[];
  capabilitiesDrop?: Fact<string[]>[];
  readOnlyRoot?: Fact<boolean>[];
  notes?: Note[];
}
