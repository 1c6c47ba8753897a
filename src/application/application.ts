// An application as analysis sees it: its components, what disagrees, and what was read but has no place in a manifest.
import type { Component } from './component.ts';
import type { Evidence, Fact } from './fact.ts';

/** Two sources that say different things about one fact. */
export interface Conflict {
  /** Component name, or absent where it concerns the whole application. */
  component?: string;
  /** Which fact: `port`, `language`, `startCommand` … */
  fact: string;
  chosen: { value: unknown; evidence: Evidence[] };
  others: { value: unknown; evidence: Evidence[] }[];
  /** One sentence for a person: `Dockerfile:14 exposes 8080, src/server.ts:9 listens on 3000: 3000 is used`. */
  message: string;
}

/** Something read that no manifest carries, each with its reason; nothing is dropped silently. */
export interface Note {
  component?: string;
  /** `unmapped` has no counterpart here, `dependency` is a service that is only an image, `missing` a file that is named and absent, `skipped` a file over a limit, `advice` for a person to weigh. */
  kind: 'unmapped' | 'dependency' | 'missing' | 'skipped' | 'advice';
  message: string;
  evidence: Evidence[];
}

/** What git knows of the folder, without credentials. */
export interface GitFacts {
  /** `https://github.com/acme/shop`, never with a user or token. */
  remote?: Fact<string>;
  defaultBranch?: Fact<string>;
  /** The application's folder relative to the repository's root; `.` where it is the root. */
  pathInRepository: string;
}

/** A service of compose that is only an image: generated as it is, unless a person keeps it outside. */
export interface ExternalService {
  name: string;
  image: string;
  ports: number[];
  type: 'database' | 'cache' | 'queue' | 'service';
  /** Canonical name of what it runs (`postgresql`), where its image tells. */
  product?: string;
  evidence: Evidence[];
  /** What runs it, where compose says so; absent for what is known by name only. */
  component?: Component;
}

/** The result of analysis. */
export interface Application {
  /** Folder name or what the source calls the whole; not yet DNS-safe. */
  name: string;
  /** What it is as a whole, in plain sentences; only where a language model said so. */
  overview?: Fact<string>;
  components: Component[];
  externalServices: ExternalService[];
  conflicts: Conflict[];
  notes: Note[];
  git?: GitFacts;
  /** Files listed, for the progress line. */
  fileCount: number;
}
