// Languages of the Java machine with builders of their own: Clojure and Scala.
import type { Language } from './language.ts';
import { findFile, findLine, namesOf } from './project.ts';

// Leiningen and Lein-like builds call the archive with everything in it so.
const standaloneArchive = 'target/*-standalone.jar';

/** Clojure: Leiningen and tools.deps. */
export const clojure: Language = {
  name: 'clojure',
  selection: {
    syntax: 'lisp',
    extensions: ['.clj', '.cljc'],
    isLeftOut: (path) => /(?:^|\/)(?:test|target)\//.test(path),
  },
  manifests: /^(?:project\.clj|deps\.edn|build\.boot)$/,
  packages: (text) =>
    namesOf(
      text,
      /\[([\w.-]{1,80}(?:\/[\w.-]{1,80})?)[ \t]{1,8}"/g,
      /(?:^|[ \t{])([\w.-]{1,80}(?:\/[\w.-]{1,80})?)[ \t]{1,40}\{[ \t]{0,4}:(?:mvn|git|local)\//gm,
    ),
  runs: (project) => {
    const main =
      findLine(project.manifest, /:main[ \t]{1,4}\^?[\w.:{} -]{1,80}/, 'its main namespace') ??
      findLine(project.manifest, /:ring[ \t]{1,4}\{/, 'its Ring handler');
    if (main) return main.evidence;
    const file = findFile(project, /^src\/.{1,200}\.clj$/);
    return file === undefined ? undefined : { file, reason: 'a program of Clojure' };
  },
  frameworks: [
    { name: 'Luminus', packages: ['luminus*'], kind: 'server', port: 3000, portEnv: 'PORT' },
    { name: 'Kit', packages: ['io.github.kit-clj/*'], kind: 'server', port: 3000, portEnv: 'PORT' },
    { name: 'Pedestal', packages: ['io.pedestal/*'], kind: 'server', port: 8080 },
    {
      name: 'Compojure',
      packages: ['compojure', 'compojure/compojure', 'metosin/compojure-api'],
      kind: 'server',
      port: 3000,
    },
    { name: 'Reitit', packages: ['metosin/reitit*'], kind: 'server', port: 3000 },
    { name: 'HTTP Kit', packages: ['http-kit*'], kind: 'server', port: 8090 },
    {
      name: 'Ring',
      packages: ['ring', 'ring/ring', 'ring/ring-jetty-adapter', 'ring/ring-core'],
      kind: 'server',
      port: 3000,
    },
    { name: 'Aleph', packages: ['aleph', 'aleph/aleph'], kind: 'server' },
  ],
  clients: [
    { name: 'postgresql', type: 'database', packages: ['org.postgresql/postgresql'] },
    {
      name: 'mysql',
      type: 'database',
      packages: ['mysql/mysql-connector-java', 'com.mysql/mysql-connector-j'],
    },
    { name: 'redis', type: 'cache', packages: ['com.taoensso/carmine'] },
    { name: 'mongodb', type: 'database', packages: ['com.novemberain/monger'] },
  ],
  opens: [{ pattern: /:port[ \t]{1,4}(?<value>[^\n]{1,120})/g, label: 'the server' }],
  routes: [
    /\(GET[ \t]{1,4}"(?<path>\/[\w/.-]{1,80})"/g,
    /\["(?<path>\/[\w/.-]{1,80})"[ \t\n]{0,20}\{?[ \t\n]{0,20}:get\b/g,
  ],
  reads: [
    /\(System\/getenv[ \t]{1,4}"(?<name>[A-Za-z_]\w{0,119})"/g,
    /\(env[ \t]{1,4}:(?<name>[a-z][\w-]{0,80})/g,
  ],
  start: ({ manifest, sign }) => {
    const evidence =
      findLine(manifest, /:main\b|:uberjar\b|uber/, 'what the builder makes of this')?.evidence ?? sign;
    return { command: `java -jar ${standaloneArchive}`, evidence };
  },
  versions: [
    { file: '', pattern: /org\.clojure\/clojure[ \t]{1,8}(?:\{:mvn\/version[ \t]{1,4})?"([\w.-]{1,30})"/ },
  ],
};

/** Scala: sbt and Mill. */
export const scala: Language = {
  name: 'scala',
  // What is written in Java under sbt is Java.
  languageOf: (project) => {
    const isJava =
      findFile(project, /^(?:.{0,120}\/)?src\/main\/scala\//) === undefined &&
      findFile(project, /^(?:.{0,120}\/)?src\/main\/java\//) !== undefined;
    return isJava ? 'java' : 'scala';
  },
  selection: {
    syntax: 'java',
    extensions: ['.scala'],
    isLeftOut: (path) => /(?:^|\/)(?:test|target|project)\//.test(path),
  },
  manifests: /^(?:build\.sbt|build\.sc|build\.mill)$/,
  packages: (text) =>
    [...text.matchAll(/"([\w.-]{1,80})"[ \t]{1,4}%{1,3}[ \t]{1,4}"([\w.-]{1,80})"/g)]
      .slice(0, 500)
      .map((match) => ({ name: `${match[1] ?? ''}:${match[2] ?? ''}`, offset: match.index })),
  runs: (project) => {
    const main = findLine(
      project.manifest,
      /enablePlugins\([^)\n]{0,120}(?:JavaAppPackaging|JavaServerAppPackaging|PlayScala|PlayJava|PlayService|DockerPlugin)/,
      'packaged as a program',
    );
    if (main) return main.evidence;
    const file = findFile(
      project,
      /^(?:.{0,120}\/)?(?:src\/main\/(?:scala|java)|app)\/.{1,200}\.(?:scala|java)$/,
    );
    return file === undefined ? undefined : { file, reason: 'a program of Scala' };
  },
  frameworks: [
    {
      name: 'Play',
      packages: ['com.typesafe.play:play*', 'org.playframework:play*'],
      files: ['conf/routes'],
      kind: 'server',
      port: 9000,
    },
    { name: 'Akka HTTP', packages: ['com.typesafe.akka:akka-http*'], kind: 'server' },
    { name: 'Pekko HTTP', packages: ['org.apache.pekko:pekko-http*'], kind: 'server' },
    { name: 'http4s', packages: ['org.http4s:*'], kind: 'server', port: 8080 },
    { name: 'ZIO HTTP', packages: ['dev.zio:zio-http*'], kind: 'server', port: 8080 },
    { name: 'Tapir', packages: ['com.softwaremill.sttp.tapir:*'], kind: 'server' },
    { name: 'Scalatra', packages: ['org.scalatra:*'], kind: 'server', port: 8080 },
    { name: 'Finatra', packages: ['com.twitter:finatra*'], kind: 'server', port: 8888 },
    { name: 'Cask', packages: ['com.lihaoyi:cask*'], kind: 'server', port: 8080 },
    { name: 'Akka', packages: ['com.typesafe.akka:*'] },
    { name: 'Spark', packages: ['org.apache.spark:*'], kind: 'worker' },
  ],
  clients: [
    {
      name: 'postgresql',
      type: 'database',
      packages: ['org.postgresql:postgresql', 'org.tpolecat:doobie-postgres'],
    },
    {
      name: 'mysql',
      type: 'database',
      packages: ['mysql:mysql-connector-java', 'com.mysql:mysql-connector-j'],
    },
    { name: 'mongodb', type: 'database', packages: ['org.mongodb.scala:*', 'org.reactivemongo:*'] },
    {
      name: 'kafka',
      type: 'queue',
      packages: ['org.apache.kafka:*', 'com.typesafe.akka:akka-stream-kafka*', 'com.github.fd4s:fs2-kafka'],
    },
    { name: 'redis', type: 'cache', packages: ['dev.profunktor:redis4cats*', 'net.debasishg:redisclient'] },
  ],
  opens: [
    { pattern: /\.(?:newServerAt|bindAndHandle|bind)\((?<value>[^;\n]{1,200})/g, label: 'the server' },
    { pattern: /\bbindHttp\((?<value>[^;\n]{1,120})/g, label: 'http4s' },
    { pattern: /\bwithPort\([ \t]{0,4}(?:port)?(?<value>["\d][^;\n)]{1,60})/g, label: 'http4s' },
    {
      pattern: /\b(?:Server\.defaultWithPort|override def port: Int =)[ \t(]{1,4}(?<value>[^\n]{1,60})/g,
      label: 'the server',
    },
  ],
  portSettings: [
    {
      file: /(?:^|\/)(?:conf|src\/main\/resources)\/application\.conf$/,
      pattern: /\b(?:http\.port|port)[ \t]{0,4}[=:][ \t]{0,4}(?<port>\d{2,5})\b/,
    },
  ],
  routes: [
    /\bpath\([ \t]{0,4}"(?<path>[\w/.-]{1,80})"/g,
    /\bGET[ \t]{1,4}->[ \t]{1,4}Root[ \t]{1,4}\/[ \t]{1,4}"(?<path>[\w/.-]{1,80})"[ \t]{0,4}=>/g,
  ],
  reads: [
    /\bsys\.env(?:\.get|\.getOrElse)?\([ \t]{0,4}"(?<name>[A-Za-z_]\w{0,119})"(?<fallback>[ \t]{0,4},)?/g,
  ],
  start: ({ manifest }) => {
    const name =
      findLine(
        manifest,
        /^[ \t]{0,20}executableScriptName[ \t]{0,4}:=[ \t]{0,4}"([\w.-]{1,80})"/m,
        'the script that sbt stage writes',
      ) ??
      findLine(
        manifest,
        /^[ \t]{0,20}(?:ThisBuild \/ )?name[ \t]{0,4}:=[ \t]{0,4}"([\w.-]{1,80})"/m,
        'what sbt stage makes of this',
      );
    return name && { command: `./target/universal/stage/bin/${name.value}`, evidence: name.evidence };
  },
  versions: [
    {
      file: '',
      pattern: /^[ \t]{0,20}(?:ThisBuild \/ )?scalaVersion[ \t]{0,4}:=[ \t]{0,4}"([\w.-]{1,30})"/m,
    },
  ],
};
