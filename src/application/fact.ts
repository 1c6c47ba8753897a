// A fact about an application: what is believed, how firmly, and the lines that say so.

/** Where a fact was read: a file relative to the application's root with `/` separators, its line from 1, and why it says so. */
export interface Evidence {
  file: string;
  /** From 1; absent where the file as a whole (its presence, its name) is the evidence. */
  line?: number;
  reason: string;
}

/** A value with its confidence (0 to 1, see {@link CONFIDENCE}) and at least one piece of evidence. */
export interface Fact<T> {
  value: T;
  confidence: number;
  evidence: Evidence[];
}

/**
 * How firmly each kind of source is believed; resolution keeps the highest, and names the others as conflicts.
 * One table, so that the precedence of sources (source code beats a lying EXPOSE) can be read in one place.
 */
export const CONFIDENCE = {
  /** The person said so: a settings file or a flag. */
  settings: 1,
  /** compose.yaml of the application: it is run like this today. */
  compose: 0.97,
  /** A flag in the image's own start command (`--port 8080`), which overrules what the source defaults to. */
  imageCommand: 0.96,
  /** ENV of the image's final stage, read by the source. */
  imageEnv: 0.95,
  /** A literal in source code or in the application's configuration (`listen(3000)`, `server.port: 8081`). */
  source: 0.9,
  /** A manifest of the language (package.json, go.mod, pom.xml). */
  manifest: 0.9,
  /** EXPOSE, HEALTHCHECK and the like: documentation that is often stale. */
  dockerfile: 0.8,
  /** A default in an example file (`.env.example`) or in a script. */
  example: 0.7,
  /** What the framework does when nothing says otherwise. */
  frameworkDefault: 0.6,
  /** What an image of this name does (postgres listens on 5432). */
  imageTable: 0.5,
  /** Only the bytes hint at it: file extensions, directory names. */
  hint: 0.3,
} as const;

/** A fact with one piece of evidence. */
export function createFact<T>(value: T, confidence: number, evidence: Evidence): Fact<T> {
  return { value, confidence, evidence: [evidence] };
}

/** The most firmly believed of several facts; the earlier one where two are believed alike. */
export function pickFact<T extends { confidence: number }>(facts: readonly T[] | undefined): T | undefined {
  return facts?.reduce<T | undefined>(
    (best, fact) => (best && best.confidence >= fact.confidence ? best : fact),
    undefined,
  );
}
