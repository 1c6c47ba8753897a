// The languages that images are made for, by their names, and the version in their tags.
import { parseImageReference, type ImageReference } from './reference.ts';

/** A language as facts spell it, with the version of the tag where it says one. */
export interface BaseLanguage {
  language: string;
  version?: string;
}

interface LanguageImage {
  /** Matched against the repository without Docker Hub's prefixes. */
  readonly repository: RegExp;
  readonly language: string;
  /** Finds the language's version in the tag (or, with `inName`, in the repository's name); the first group. */
  readonly version?: RegExp;
  readonly inName?: RegExp;
  /** Runs what was built, from archives. */
  readonly isServer?: true;
}

const LEADING = /^v?(\d+(?:\.\d+)*)/;
const JDK =
  /(?:jdk|jre|temurin|openjdk|corretto|java|liberica|zulu|graalvm(?:-ce)?|semeru|sapmachine)-?(\d+)/;

/** First match counts. */
const IMAGES: readonly LanguageImage[] = [
  { repository: /distroless\/java/, language: 'java', inName: /java(\d+)/ },
  { repository: /distroless\/nodejs/, language: 'javascript', inName: /nodejs(\d+)/ },
  { repository: /distroless\/python/, language: 'python', inName: /python(\d+(?:\.\d+)*)/ },
  { repository: /(?:^|\/)(?:maven|gradle)$/, language: 'java', version: JDK },
  {
    repository: /^(?:tomcat|jetty|payara\/.*|quay\.io\/wildfly\/.*|jboss\/.*)$/,
    language: 'java',
    version: JDK,
    isServer: true,
  },
  {
    repository:
      /^(?:(?:.*\/)?(?:openjdk|eclipse-temurin|amazoncorretto)|ibm-semeru-runtimes|sapmachine|adoptopenjdk(?:\/.*)?|azul\/zulu-openjdk.*|bellsoft\/liberica-.*|ghcr\.io\/graalvm\/.*|container-registry\.oracle\.com\/.*(?:java|jdk|graalvm).*|mcr\.microsoft\.com\/openjdk\/jdk)$/,
    language: 'java',
    version: /^(?:java)?(\d+)/,
  },
  { repository: /(?:^|\/)(?:scala-)?sbt$/, language: 'scala' },
  { repository: /(?:^|\/)clojure$/, language: 'clojure' },
  { repository: /(?:^|\/)node(?:js)?$/, language: 'javascript', version: LEADING },
  { repository: /(?:^|\/)(?:bun|deno)$/, language: 'javascript' },
  { repository: /(?:^|\/)(?:python|pypy)$/, language: 'python', version: LEADING },
  { repository: /^tiangolo\//, language: 'python', version: /python(\d+\.\d+)/ },
  { repository: /^ghcr\.io\/astral-sh\/uv$/, language: 'python', version: /python(\d+\.\d+)/ },
  { repository: /(?:^|\/)(?:golang|go)$/, language: 'go', version: LEADING },
  { repository: /(?:^|\/)(?:rust|cargo-chef)$/, language: 'rust', version: LEADING },
  { repository: /(?:^|\/)(?:ruby|jruby)$/, language: 'ruby', version: LEADING },
  {
    repository: /(?:^|\/)(?:php|composer|frankenphp)$/,
    language: 'php',
    version: /^(\d+\.\d+)/,
  },
  { repository: /^mcr\.microsoft\.com\/dotnet\//, language: 'c#', version: /^(\d+\.\d+)/ },
  { repository: /(?:^|\/)mono$/, language: 'c#' },
  { repository: /(?:^|\/)elixir$/, language: 'elixir', version: LEADING },
  { repository: /(?:^|\/)erlang$/, language: 'erlang', version: LEADING },
  { repository: /(?:^|\/)swift$/, language: 'swift', version: LEADING },
  { repository: /(?:^|\/)dart$/, language: 'dart', version: LEADING },
  { repository: /(?:^|\/)haskell$/, language: 'haskell', version: LEADING },
  { repository: /^ghcr\.io\/gleam-lang\/gleam$/, language: 'gleam', version: LEADING },
  { repository: /(?:^|\/)perl$/, language: 'perl', version: LEADING },
  { repository: /(?:^|\/)julia$/, language: 'julia', version: LEADING },
];

/** The language of a base image, or undefined where it says none (`alpine`, `nginx`, `scratch`). */
export function languageOfImage(image: string): BaseLanguage | undefined {
  const reference = parseImageReference(image);
  const found = findLanguage(reference);
  if (!found) return undefined;
  const version = found.inName?.exec(reference.name)?.[1] ?? found.version?.exec(reference.tag ?? '')?.[1];
  return { language: found.language, ...(version !== undefined && { version }) };
}

/** Whether an image is a language's runtime, which runs source that is mounted into it; an application server runs archives. */
export function isRuntimeImage(image: string): boolean {
  const found = findLanguage(parseImageReference(image));
  return found !== undefined && found.isServer !== true;
}

function findLanguage({ repository }: ImageReference): LanguageImage | undefined {
  return IMAGES.find((one) => one.repository.test(repository));
}
