// What images bring to those built from them: who they run as, their named users, variables that a Dockerfile refers to.
import { parseImageReference } from './reference.ts';

/** A user of an image, by number. */
export interface ImageUser {
  name: string;
  uid: number;
  gid: number;
}

interface KnownImage {
  /** Matched against the repository without Docker Hub's prefixes. */
  readonly repository: RegExp;
  /** Matched against the tag, where it matters. */
  readonly tag?: RegExp;
  /** Who it runs as without a USER; `root` or one of its users. Absent where its entrypoint steps down, or nobody knows. */
  readonly runsAs?: string;
  readonly users?: readonly ImageUser[];
  readonly env?: Readonly<Record<string, string>>;
}

const user = (name: string, uid: number, gid = uid): ImageUser => ({ name, uid, gid });
const nonroot = user('nonroot', 65532);

/** The first that matches counts: narrow before wide. */
const IMAGES: readonly KnownImage[] = [
  { repository: /distroless\//, tag: /nonroot/, runsAs: 'nonroot', users: [nonroot, user('nobody', 65534)] },
  { repository: /distroless\//, runsAs: 'root', users: [nonroot, user('nobody', 65534)] },
  {
    repository: /^(?:cgr\.dev\/|chainguard\/)/,
    runsAs: 'nonroot',
    users: [nonroot, user('node', 65532), user('java', 65532)],
  },
  { repository: /^node$/, runsAs: 'root', users: [user('node', 1000)] },
  { repository: /^oven\/bun$/, runsAs: 'root', users: [user('bun', 1000)] },
  { repository: /^denoland\/deno$/, runsAs: 'root', users: [user('deno', 1993)] },
  { repository: /^(?:[\w.-]+\/)?nginx-unprivileged$/, runsAs: 'nginx', users: [user('nginx', 101)] },
  { repository: /^nginx$/, runsAs: 'root', users: [user('nginx', 101)] },
  { repository: /^httpd$/, tag: /alpine/, runsAs: 'root', users: [user('www-data', 82)] },
  {
    repository: /^(?:bitnami|bitnamilegacy)\//,
    runsAs: '1001',
    users: [{ name: '1001', uid: 1001, gid: 0 }],
  },
  { repository: /^php$/, tag: /alpine/, runsAs: 'root', users: [user('www-data', 82)] },
  { repository: /^gradle$/, runsAs: 'root', users: [user('gradle', 1000)] },
  { repository: /^jetty$/, runsAs: 'jetty', users: [user('jetty', 999)] },
  { repository: /^postgres$/, tag: /alpine/, users: [user('postgres', 70)] },
  { repository: /^postgres$/, users: [user('postgres', 999)] },
  { repository: /^redis$/, tag: /alpine/, users: [user('redis', 999, 1000)] },
  { repository: /^(?:redis|valkey\/valkey)$/, users: [user('redis', 999), user('valkey', 999)] },
  { repository: /^(?:mysql|mariadb)$/, users: [user('mysql', 999)] },
  { repository: /^mongo$/, users: [user('mongodb', 999)] },
  { repository: /^rabbitmq$/, tag: /alpine/, users: [user('rabbitmq', 100, 101)] },
  { repository: /^rabbitmq$/, users: [user('rabbitmq', 999)] },
  { repository: /^memcached$/, runsAs: 'memcache', users: [user('memcache', 11211)] },
  { repository: /elasticsearch$/, users: [user('elasticsearch', 1000)] },
  {
    repository: /^grafana\/grafana(?:-oss|-enterprise)?$/,
    runsAs: 'grafana',
    users: [{ name: 'grafana', uid: 472, gid: 0 }],
  },
  { repository: /^prom\//, runsAs: 'nobody', users: [user('nobody', 65534)] },
  { repository: /^haproxy$/, runsAs: 'haproxy', users: [user('haproxy', 99)] },
  {
    repository: /^(?:quay\.io\/keycloak|jboss)\/keycloak$/,
    runsAs: '1000',
    users: [{ name: '1000', uid: 1000, gid: 0 }],
  },
  { repository: /^(?:jenkins\/jenkins|jenkins)$/, runsAs: 'jenkins', users: [user('jenkins', 1000)] },
  {
    repository:
      /^(?:registry\.access\.redhat\.com\/|registry\.redhat\.io\/)?ubi\d+\/(?:nodejs|python|openjdk|php|ruby|nginx|httpd)/,
    runsAs: '1001',
    users: [{ name: '1001', uid: 1001, gid: 0 }],
  },
  {
    repository: /^mcr\.microsoft\.com\/dotnet\/(?:aspnet|runtime|runtime-deps|sdk)$/,
    tag: /^(?:8|9|[1-9]\d)\..*chiseled/,
    runsAs: 'app',
    users: [user('app', 1654)],
    env: { APP_UID: '1654', ASPNETCORE_HTTP_PORTS: '8080' },
  },
  {
    repository: /^mcr\.microsoft\.com\/dotnet\/(?:aspnet|runtime|runtime-deps|sdk|nightly\/.*)$/,
    tag: /^(?:8|9|[1-9]\d)(?:\.|$|-)/,
    runsAs: 'root',
    users: [user('app', 1654)],
    env: { APP_UID: '1654', ASPNETCORE_HTTP_PORTS: '8080' },
  },
  {
    repository: /^mcr\.microsoft\.com\/dotnet\/(?:core\/)?(?:aspnet|runtime|sdk)$/,
    tag: /^[1-7](?:\.|$|-)/,
    runsAs: 'root',
    env: { ASPNETCORE_URLS: 'http://+:80' },
  },
  {
    repository:
      /^(?:alpine|debian|ubuntu|busybox|centos|fedora|rockylinux|almalinux|amazonlinux|archlinux|photon|scratch|python|golang|rust|ruby|php|openjdk|eclipse-temurin|amazoncorretto|ibm-semeru-runtimes|sapmachine|maven|tomcat|httpd|caddy|elixir|erlang|perl|swift|dart|haskell|clojure|julia|r-base|buildpack-deps|pypy|composer|hexpm\/elixir|azul\/zulu-openjdk(?:-\w+)?|bellsoft\/liberica-\w+(?:-\w+)?|tiangolo\/.*|ghcr\.io\/astral-sh\/uv|mcr\.microsoft\.com\/dotnet\/.*)$/,
    runsAs: 'root',
  },
];

/** Users that every image of the kind has, by its base system. */
const DEBIAN_USERS = [
  user('www-data', 33),
  user('nobody', 65534),
  user('daemon', 1),
  user('games', 5, 60),
  user('mail', 8),
];
const ALPINE_USERS = [user('nobody', 65534), user('daemon', 2), user('guest', 405, 100)];

/** What is known about an image; `{}`-like where nothing is. */
export interface ImageDefaults {
  /** The user without a USER line; absent where it is not known. */
  runsAs?: ImageUser;
  users: readonly ImageUser[];
  env: ReadonlyMap<string, string>;
}

/** Looks an image up by its reference. */
export function defaultsOfImage(image: string): ImageDefaults {
  const { repository, tag = '' } = parseImageReference(image);
  const found = IMAGES.find((one) => one.repository.test(repository) && (one.tag?.test(tag) ?? true));
  const system = /alpine/.test(`${repository}:${tag}`) ? ALPINE_USERS : DEBIAN_USERS;
  const users = [user('root', 0), ...(found?.users ?? []), ...(found ? system : [user('nobody', 65534)])];
  const runsAs = users.find((one) => one.name === found?.runsAs);
  return {
    ...(runsAs && { runsAs }),
    users,
    env: new Map(Object.entries(found?.env ?? {})),
  };
}
