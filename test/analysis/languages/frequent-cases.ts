// What is known of programs in Ruby, Rust, PHP and .NET.
import type { Files } from '../code/claims-of.ts';
import { cargo, composer, gemfile, project, type Known } from './known.ts';

/** Language, files, what is known of them. */
export const frequentCases: Record<string, [string, Files, Known]> = {
  'Sinatra behind Puma: Rack is started, the port is moved by PORT': [
    'ruby',
    {
      Gemfile: gemfile('sinatra', 'puma', 'pg', 'redis'),
      'config.ru': 'require "./app"\nrun Sinatra::Application\n',
      'app.rb': 'get "/healthz" do\n  ENV.fetch("API_KEY")\n  ENV["REGION"] || "eu"\nend\n',
      'config/puma.rb': 'port ENV.fetch("PORT") { 9393 }\n',
    },
    {
      language: 'ruby',
      framework: 'Sinatra',
      kind: 'server',
      ports: ['9393$PORT'],
      start: 'bundle exec puma -b tcp://0.0.0.0:${PORT:-9292}',
      probes: ['/healthz', '/healthz'],
      env: ['API_KEY!*', 'PORT', 'REGION'],
      dependencies: ['postgresql', 'redis'],
      version: '3.4.1',
    },
  ],
  'Rails with a database is migrated before it serves': [
    'ruby',
    {
      Gemfile: gemfile('rails', 'pg'),
      'config/application.rb': 'module Shop\nend\n',
      'config/database.yml': 'production:\n',
      'config/routes.rb': 'Rails.application.routes.draw do\n  get "up" => "rails/health#show"\nend\n',
    },
    {
      framework: 'Rails',
      ports: ['3000$PORT'],
      start: 'rake db:migrate && bundle exec bin/rails server -b 0.0.0.0 -p ${PORT:-3000}',
      probes: ['/up', '/up'],
    },
  ],
  'a Ruby script without gems': [
    'ruby',
    { Gemfile: 'source "https://rubygems.org"\n', 'app.rb': 'puts "hello"\n' },
    { start: 'ruby app.rb', kind: 'worker', ports: [] },
  ],
  'Axum on an address, with a health route and a variable': [
    'rust',
    {
      'Cargo.toml': cargo('shop', 'axum', 'tokio-postgres'),
      'src/main.rs':
        'fn main() {\n  let app = Router::new().route("/livez", get(live));\n  let url = env::var("DATABASE_URL").expect("DATABASE_URL");\n  let x = TcpListener::bind("0.0.0.0:3100").await?;\n}\nfn f<\'a>(s: &\'a str) {}\n',
    },
    {
      framework: 'Axum',
      kind: 'server',
      ports: ['3100'],
      start: './bin/shop',
      probes: ['/livez', undefined],
      env: ['DATABASE_URL!*'],
      dependencies: ['postgresql'],
    },
  ],
  'a port in Rust that a variable moves': [
    'rust',
    {
      'Cargo.toml': cargo('shop', 'actix-web'),
      'src/main.rs':
        'fn main() {\n  let port: u16 = env::var("PORT").unwrap_or("8088".into());\n  HttpServer::new(app).bind(("0.0.0.0", port))?;\n}\n',
    },
    { framework: 'Actix Web', ports: ['8088$PORT'], env: ['PORT'] },
  ],
  'cargo says which program runs': [
    'rust',
    {
      'Cargo.toml': cargo('tools').replace('[dependencies]', 'default-run = "serve"\n[dependencies]'),
      'src/main.rs': '',
      'src/bin/serve.rs': '',
    },
    { start: './bin/serve' },
  ],
  'a workspace runs the program of its member': [
    'rust',
    {
      'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\n',
      'crates/lib/Cargo.toml': cargo('lib'),
      'crates/lib/src/lib.rs': '',
      'crates/web/Cargo.toml': cargo('web-server'),
      'crates/web/src/main.rs': 'fn main() {}\n',
    },
    { language: 'rust', start: './bin/web-server' },
  ],
  'Laravel, with its port and its health route': [
    'php',
    {
      'composer.json': composer('laravel/framework', 'ext-pdo_mysql'),
      artisan: '#!/usr/bin/env php\n',
      'public/index.php': '<?php\n',
      '.env.example': 'APP_PORT=8123\nDB_PASSWORD=\n',
      'bootstrap/app.php': "<?php\nreturn Application::configure()->withRouting(\n  health: '/up',\n);\n",
    },
    {
      language: 'php',
      framework: 'Laravel',
      kind: 'server',
      ports: ['8123$APP_PORT'],
      probes: ['/up', '/up'],
      dependencies: ['mysql'],
      version: '^8.3',
    },
  ],
  'pages of PHP without a manifest': [
    'php',
    { 'index.php': '<?php echo getenv("GREETING") ?: "hi";\n' },
    { language: 'php', kind: 'server', ports: ['80'], env: ['GREETING'] },
  ],
  'ASP.NET Core, by its SDK and the image it runs in': [
    'dotnet',
    {
      'Shop.csproj': project('Microsoft.NET.Sdk.Web', 'net8.0'),
      'Program.cs':
        'var app = builder.Build();\napp.MapHealthChecks("/healthz");\nvar key = Environment.GetEnvironmentVariable("API_KEY");\napp.Run();\n',
    },
    {
      language: 'c#',
      framework: 'net8.0',
      kind: 'server',
      ports: ['8080$ASPNETCORE_HTTP_PORTS'],
      start: './out/Shop',
      probes: ['/healthz', '/healthz'],
      env: ['API_KEY!*'],
      version: '8.0',
    },
  ],
  'an older ASP.NET Core that says its address, in F#': [
    'dotnet',
    {
      'Shop.fsproj': project(
        'Microsoft.NET.Sdk.Web',
        'netcoreapp3.1',
        '<AssemblyName>store</AssemblyName>\n',
      ),
      'Program.fs': 'webBuilder.UseUrls("http://*:5005") |> ignore\n',
    },
    { language: 'f#', framework: 'netcoreapp3.1', ports: ['5005'], start: './out/store' },
  ],
  'a console program of Visual Basic': [
    'dotnet',
    {
      'Job.vbproj': project('Microsoft.NET.Sdk', 'net6.0', '<OutputType>Exe</OutputType>\n'),
      'Program.vb': 'Module Program\nEnd Module\n',
    },
    { language: 'visual basic .net', kind: 'worker', ports: [], start: './out/Job' },
  ],
};
