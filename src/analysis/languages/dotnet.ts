// .NET: C#, F# and Visual Basic projects, told apart by their project files.
import { posix } from 'node:path';
import type { Language, StartCommand } from './language.ts';
import { findFile, findLine, namesOf, type Project } from './project.ts';

const PACKAGE = /<PackageReference[^>]{0,200}?\b(?:Include|Update)="([\w.-]{1,120})"/g;
const ASPNET =
  /<Project[^>]{0,80}Sdk="Microsoft\.NET\.Sdk\.(?:Web|BlazorWebAssembly)|"Microsoft\.AspNetCore\.(?:App|All|Server\.Kestrel|Hosting)?"|Microsoft\.AspNetCore\b/;
const LANGUAGES = new Map([
  ['.csproj', 'c#'],
  ['.fsproj', 'f#'],
  ['.vbproj', 'visual basic .net'],
]);
const TARGET = /(?:<TargetFrameworks?>\s{0,20}|"tfm":\s{0,4}")([\w.$()-]{1,60})/;

// Tests, applications for devices, and Aspire's host, which starts the others on a developer's machine.
const NO_SERVER =
  /Microsoft\.NET\.Test\.Sdk|<IsTestProject>\s{0,8}true|Aspire\.(?:AppHost\.Sdk|Hosting\.AppHost)|<IsAspireHost>\s{0,8}true|<UseMaui>\s{0,8}true/i;

/** .NET. */
export const dotnet: Language = {
  name: 'dotnet',
  languageOf: ({ sign }) => LANGUAGES.get(posix.extname(sign.file)) ?? 'c#',
  selection: {
    syntax: 'rust',
    extensions: ['.cs', '.fs', '.vb'],
    isLeftOut: (path) => /(?:^|\/)(?:obj|bin|[\w.]{0,60}Tests?|Migrations)\//.test(path),
  },
  // Beside projects, what `dotnet publish` wrote: its runtimeconfig.json.
  manifests: /\.(?:cs|fs|vb)proj$|\.runtimeconfig\.json$/,
  packages: (text) => namesOf(text, PACKAGE),
  mains: ['Program.cs', 'Program.fs', 'Program.vb'],
  runs: (project) => {
    const { manifest } = project;
    if (!manifest) return findMain(project);
    if (isPublished(manifest.file)) return { file: manifest.file, reason: 'a published program of .NET' };
    if (NO_SERVER.test(manifest.text)) return undefined;
    const says = findLine(
      manifest,
      /<OutputType>\s{0,8}(?:Win)?Exe|Sdk="Microsoft\.NET\.Sdk\.(?:Web|Worker|BlazorWebAssembly)/i,
      'a program of .NET',
    );
    return says?.evidence ?? findMain(project);
  },
  frameworkOf: (project) => findLine(project.manifest, TARGET, 'the framework that it is built for'),
  clients: [
    { name: 'postgresql', type: 'database', packages: ['Npgsql*', 'Aspire.Npgsql*'] },
    {
      name: 'mssql',
      type: 'database',
      packages: [
        'Microsoft.EntityFrameworkCore.SqlServer',
        'Microsoft.Data.SqlClient',
        'System.Data.SqlClient',
        'Aspire.Microsoft.EntityFrameworkCore.SqlServer',
        'Aspire.Microsoft.Data.SqlClient',
      ],
    },
    {
      name: 'mysql',
      type: 'database',
      packages: ['MySql.Data*', 'MySqlConnector', 'Pomelo.EntityFrameworkCore.MySql'],
    },
    { name: 'mongodb', type: 'database', packages: ['MongoDB.Driver*', 'Aspire.MongoDB.Driver*'] },
    {
      name: 'redis',
      type: 'cache',
      packages: [
        'StackExchange.Redis',
        'Microsoft.Extensions.Caching.StackExchangeRedis',
        'Aspire.StackExchange.Redis*',
      ],
    },
    {
      name: 'rabbitmq',
      type: 'queue',
      packages: ['RabbitMQ.Client', 'MassTransit.RabbitMQ', 'EasyNetQ', 'Aspire.RabbitMQ.Client*'],
    },
    { name: 'kafka', type: 'queue', packages: ['Confluent.Kafka', 'Aspire.Confluent.Kafka'] },
  ],
  opens: [
    { pattern: /\.UseUrls\((?<value>[^;\n]{1,200})/g, label: 'UseUrls' },
    { pattern: /\.Listen(?:AnyIP|Localhost)\((?<value>[^;\n]{1,200})/g, label: 'Kestrel' },
    { pattern: /\.Urls\.Add\((?<value>[^;\n]{1,200})/g, label: 'the application' },
    { pattern: /\bapp\.Run\((?<value>[$"][^;\n]{1,200})/g, label: 'the application' },
    { pattern: /\bnew TcpListener\((?<value>[^;\n]{1,200})/g, label: 'TcpListener' },
    { pattern: /\bPrefixes\.Add\((?<value>[^;\n]{1,200})/g, label: 'HttpListener' },
  ],
  portSettings: [
    {
      file: /^appsettings(?:\.Production)?\.json$/,
      pattern: /"Kestrel"[\s\S]{0,400}?"Url"\s{0,8}:\s{0,8}"https?:\/\/[^":/]{1,80}:(?<port>\d{2,5})/,
    },
    {
      file: /^appsettings(?:\.Production)?\.json$/,
      pattern: /"[uU]rls"\s{0,8}:\s{0,8}"https?:\/\/[^":/]{1,80}:(?<port>\d{2,5})/,
    },
  ],
  portOf: (project) => {
    const web = findLine(project.manifest, ASPNET, 'ASP.NET Core');
    if (!web) return undefined;
    // The images of .NET 8 and later set ASPNETCORE_HTTP_PORTS=8080, those before ASPNETCORE_URLS=http://+:80.
    const major = Number(/^net(?:coreapp)?(\d{1,2})/.exec(targetOf(project) ?? '')?.[1]);
    const value = major >= 8 ? 8080 : 80;
    const evidence = {
      ...web.evidence,
      reason: `ASP.NET Core listens on ${value} in its image unless told otherwise`,
    };
    return { value, variable: 'ASPNETCORE_HTTP_PORTS', evidence };
  },
  routes: [
    /\.Map(?:HealthChecks|Get)\([ \t\n]{0,20}"(?<path>\/[\w/.-]{1,80})"/g,
    /\.UseHealthChecks\([ \t\n]{0,20}"(?<path>\/[\w/.-]{1,80})"/g,
  ],
  reads: [
    /\bGetEnvironmentVariable\([ \t]{0,4}"(?<name>[A-Za-z_]\w{0,119})"[ \t]{0,4}\)(?<fallback>[ \t\n]{0,20}\?\?)?/g,
  ],
  kindOf: (project) => {
    const web = findLine(project.manifest, ASPNET, 'ASP.NET Core');
    if (web) return { value: 'server', evidence: web.evidence };
    const worker = findLine(
      project.manifest,
      /Microsoft\.NET\.Sdk\.Worker|Microsoft\.Extensions\.Hosting/,
      'a worker of .NET',
    );
    return worker && { value: 'worker', evidence: worker.evidence };
  },
  start: startDotnet,
  versions: [{ file: '', pattern: /<TargetFrameworks?>\s{0,20}net(?:coreapp)?(\d{1,2}\.\d)/ }],
};

const isPublished = (file: string) => file.endsWith('.runtimeconfig.json');

const targetOf = (project: Project) => TARGET.exec(project.manifest?.text ?? '')?.[1];

function findMain(project: Project) {
  const main = findFile(project, /^(?:[\w.-]{1,80}\/)?(?:Program|Startup)\.(?:cs|fs|vb)$/);
  return main === undefined ? undefined : { file: main, reason: 'a program of .NET' };
}

function startDotnet(project: Project): StartCommand | undefined {
  const { manifest } = project;
  if (!manifest) return undefined;
  if (isPublished(manifest.file)) {
    const program = posix.basename(manifest.file, '.runtimeconfig.json');
    const evidence = { file: manifest.file, reason: 'how the published program is run' };
    return { command: `dotnet ${program}.dll`, evidence };
  }
  const assembly = findLine(manifest, /<AssemblyName>\s{0,8}([\w.-]{1,120})/, 'the assembly’s name');
  const name = assembly?.value ?? posix.basename(manifest.file).replace(/\.\w{2}proj$/, '');
  const evidence = assembly?.evidence ?? {
    file: manifest.file,
    reason: 'what dotnet publish -o out makes of this project',
  };
  return { command: `./out/${name}`, evidence };
}
