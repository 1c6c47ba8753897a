// A compose service, normalised: short and long syntax, interpolation, extends and includes are behind us.
import type { Note } from '../../application/application.ts';
import type { Claims } from '../../application/claims.ts';
import type { Evidence } from '../../application/fact.ts';

/** A service that compose builds or runs. */
export interface ComposeService {
  name: string;
  evidence: Evidence;
  /** Where it builds from, relative to the application's root; absent where it is only an image. */
  build?: { context: string; dockerfile: string; target?: string; args: ReadonlyMap<string, string> };
  image?: string;
  /** The folder of its source where no Dockerfile here builds it: mounted into a runtime's image, or built otherwise. */
  sourceFolder?: string;
  /** Set where it runs once and ends: `restart: "no"`, or others wait for its completion. */
  runsOnce?: Evidence;
  /** Its ports, environment, health, volumes, resources … as claims, ready for resolution. */
  claims: Claims;
  /** Other names that it goes by: aliases on networks, its host name, its container's name. */
  aliases?: string[];
  /** Names of services it depends on, with the condition. */
  dependsOn: { service: string; condition: string; evidence: Evidence }[];
  profiles: string[];
}

/** All the compose files of an application, merged. */
export interface ComposeProject {
  name?: string;
  files: string[];
  services: ComposeService[];
  notes: Note[];
}
