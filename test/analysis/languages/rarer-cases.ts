// What is known of programs in the rarer languages.
import type { Files } from '../code/claims-of.ts';
import { mix, type Known } from './known.ts';

/** Language, files, what is known of them. */
export const rarerCases: Record<string, [string, Files, Known]> = {
  'Phoenix, its endpoint’s port, its release': [
    'elixir',
    {
      'mix.exs': mix('phoenix', 'postgrex'),
      'config/runtime.exs':
        'config :shop, ShopWeb.Endpoint,\n  http: [ip: {0, 0, 0, 0}, port: String.to_integer(System.get_env("PORT") || "4040")]\nsecret = System.fetch_env!("SECRET_KEY_BASE")\n',
      'lib/shop_web/router.ex': 'scope "/" do\n  get "/healthz", HealthController, :show\nend\n',
    },
    {
      framework: 'Phoenix',
      ports: ['4040$PORT'],
      start: '/app/_build/prod/rel/shop/bin/shop start',
      probes: ['/healthz', '/healthz'],
      env: ['PORT', 'SECRET_KEY_BASE!*'],
      dependencies: ['postgresql'],
      version: '~> 1.17',
    },
  ],
  'Gleam, as its shipment starts': [
    'gleam',
    {
      'gleam.toml': 'name = "shop"\n[dependencies]\nmist = "~> 1.0"\nwisp = "~> 1.0"\n',
      'src/shop.gleam': 'pub fn main() {\n  mist.new(handler) |> mist.port(8001) |> mist.start_http\n}\n',
    },
    {
      language: 'gleam',
      framework: 'Wisp',
      ports: ['8001'],
      start: './build/erlang-shipment/entrypoint.sh run',
    },
  ],
  'Clojure with Compojure on Jetty': [
    'clojure',
    {
      'project.clj':
        '(defproject shop "1"\n  :dependencies [[org.clojure/clojure "1.12.0"] [compojure "1.7"]]\n  :main shop.core)\n',
      'src/shop/core.clj': '; :port 1\n(GET "/health" [] "ok")\n(run-jetty app {:port 3030})\n',
    },
    { framework: 'Compojure', ports: ['3030'], probes: ['/health', '/health'], version: '1.12.0' },
  ],
  'Scala with http4s, staged by sbt': [
    'scala',
    {
      'build.sbt':
        'name := "shop"\nscalaVersion := "3.5.0"\nlibraryDependencies += "org.http4s" %% "http4s-ember-server" % "1"\n',
      'src/main/scala/Main.scala': 'object Main { }\n',
    },
    {
      language: 'scala',
      framework: 'http4s',
      ports: ['8080'],
      start: './target/universal/stage/bin/shop',
      version: '3.5.0',
    },
  ],
  'Java that sbt builds is Java': [
    'scala',
    { 'build.sbt': 'name := "shop"\n', 'src/main/java/Main.java': 'class Main {}\n' },
    { language: 'java' },
  ],
  'Swift with Vapor': [
    'swift',
    {
      'Package.swift':
        '// swift-tools-version:5.9\nlet package = Package(name: "Shop", dependencies: [.package(url: "https://github.com/vapor/vapor.git", from: "4.0.0")], targets: [.executableTarget(name: "Run")])\n',
      'Sources/Run/main.swift': 'app.get("health") { _ in "ok" }\n',
    },
    { framework: 'Vapor', ports: ['8080'], start: './Run', probes: ['/health', '/health'], version: '5.9' },
  ],
  'Haskell with Scotty': [
    'haskell',
    {
      'package.yaml':
        'name: shop\ndependencies:\n- base >= 4.7\n- scotty\nexecutables:\n  shop-exe:\n    main: Main.hs\n',
      'app/Main.hs': '-- scotty 1\nmain = scotty 3003 $ do\n  get "/healthz" $ text "ok"\n',
    },
    { framework: 'Scotty', ports: ['3003'], probes: ['/healthz', '/healthz'] },
  ],
  'Crystal with Kemal': [
    'crystal',
    {
      'shard.yml':
        'name: shop\ntargets:\n  shop:\n    main: src/shop.cr\ndependencies:\n  kemal:\n    github: kemalcr/kemal\n',
      'src/shop.cr': 'get "/healthz" do\nend\nKemal.run 3004\n',
    },
    { framework: 'Kemal', ports: ['3004'], start: './bin/shop' },
  ],
  'Dart with Shelf': [
    'dart',
    {
      'pubspec.yaml': 'name: shop\nenvironment:\n  sdk: ^3.4.0\ndependencies:\n  shelf: ^1.4.0\n',
      'bin/server.dart':
        "void main() async {\n  final port = int.parse(Platform.environment['PORT'] ?? '8085');\n  await serve(handler, ip, port);\n}\n",
    },
    { framework: 'Shelf', ports: ['8085$PORT'], start: './bin/server.exe', version: '^3.4.0' },
  ],
  'Deno with its task': [
    'deno',
    {
      'deno.json': '{\n  "tasks": {\n    "start": "deno run -A main.ts"\n  }\n}\n',
      'main.ts': 'Deno.serve({ port: 8005 }, handler);\n',
    },
    { language: 'typescript', kind: 'server', ports: ['8005'], start: 'deno task start' },
  ],
  'a program that only Deno understands, without settings': [
    'deno',
    { 'src/index.ts': 'import { serve } from "https://deno.land/std/http/server.ts";\nserve(handler);\n' },
    { language: 'typescript', ports: ['8000'], start: 'deno run --allow-all src/index.ts' },
  ],
  'what dotnet publish wrote': [
    'dotnet',
    {
      'shop.runtimeconfig.json':
        '{"runtimeOptions": {"tfm": "net9.0", "framework": {"name": "Microsoft.AspNetCore.App"}}}',
    },
    {
      language: 'c#',
      framework: 'net9.0',
      kind: 'server',
      ports: ['8080$ASPNETCORE_HTTP_PORTS'],
      start: 'dotnet shop.dll',
    },
  ],
  'Deno’s own port where nothing is said': [
    'deno',
    { 'deno.json': '{}\n', 'main.ts': 'Deno.serve(handler);\n' },
    { ports: ['8000'], start: 'deno run --allow-all main.ts' },
  ],
  'COBOL is its source': [
    'cobol',
    { 'job.cbl': '       IDENTIFICATION DIVISION.\n       PROGRAM-ID. JOB.\n' },
    { language: 'cobol', start: './job' },
  ],
};
