// Ruby: Bundler's Gemfile, Rack's config.ru, and what Rails and Sinatra do by themselves.
import type { Language, StartCommand } from './language.ts';
import { findFile, findLine, namesOf, type Project } from './project.ts';

const GEM = /^[ \t]{0,8}gem[ \t(]{1,4}['"]([\w.-]{1,80})['"]/gm;

/** Ruby. */
export const ruby: Language = {
  name: 'ruby',
  selection: {
    syntax: 'python',
    extensions: ['.rb', '.ru'],
    isLeftOut: (path) => /(?:^|\/)(?:spec|test|vendor|node_modules|db)\//.test(path),
  },
  manifests: /^(?:Gemfile|gems\.rb)$/,
  packages: (text) => namesOf(text, GEM),
  mains: ['config.ru', 'app.rb', 'main.rb', 'server.rb'],
  runs: (project) => {
    for (const name of [
      'config.ru',
      'bin/rails',
      'config/application.rb',
      'app.rb',
      'main.rb',
      'server.rb',
      'Procfile',
      'Rakefile',
    ])
      if (project.has(name) && !(name === 'Rakefile' && isGem(project)))
        return { ...project.sign, reason: `${name} can be started` };
    return undefined;
  },
  frameworks: [
    {
      name: 'Rails',
      packages: ['rails', 'railties'],
      files: ['bin/rails'],
      kind: 'server',
      port: 3000,
      portEnv: 'PORT',
    },
    { name: 'Hanami', packages: ['hanami'], kind: 'server', port: 2300 },
    { name: 'Jekyll', packages: ['jekyll', 'github-pages'], kind: 'static' },
    { name: 'Middleman', packages: ['middleman'], kind: 'static' },
    { name: 'Bridgetown', packages: ['bridgetown'], kind: 'static' },
    { name: 'Nanoc', packages: ['nanoc'], kind: 'static' },
    { name: 'Sinatra', packages: ['sinatra'], kind: 'server', port: 4567, portEnv: 'PORT' },
    { name: 'Grape', packages: ['grape'], kind: 'server', port: 9292 },
    { name: 'Roda', packages: ['roda'], kind: 'server', port: 9292 },
    { name: 'Cuba', packages: ['cuba'], kind: 'server', port: 9292 },
    { name: 'Padrino', packages: ['padrino'], kind: 'server', port: 3000 },
    { name: 'Sidekiq', packages: ['sidekiq'], kind: 'worker' },
    {
      name: 'Rack',
      packages: ['rack', 'rackup', 'puma', 'unicorn', 'thin', 'passenger'],
      kind: 'server',
      port: 9292,
    },
  ],
  clients: [
    { name: 'postgresql', type: 'database', packages: ['pg', 'sequel_pg'] },
    { name: 'mysql', type: 'database', packages: ['mysql2', 'trilogy'] },
    { name: 'mongodb', type: 'database', packages: ['mongoid', 'mongo'] },
    { name: 'redis', type: 'cache', packages: ['redis', 'redis-client', 'sidekiq', 'resque'] },
    { name: 'memcached', type: 'cache', packages: ['dalli'] },
    { name: 'rabbitmq', type: 'queue', packages: ['bunny', 'sneakers'] },
    { name: 'kafka', type: 'queue', packages: ['ruby-kafka', 'rdkafka', 'karafka'] },
    { name: 'elasticsearch', type: 'database', packages: ['elasticsearch*', 'searchkick'] },
  ],
  opens: [
    { pattern: /\bset[ \t(]{1,4}:port[ \t]{0,4},[ \t]{0,4}(?<value>[^\n]{1,120})/g, label: 'Sinatra' },
    { pattern: /^[ \t]{0,8}port[ \t(]{1,4}(?<value>(?:ENV|\d)[^\n]{0,120})/gm, label: 'Puma' },
    { pattern: /^[ \t]{0,8}(?:bind|listen)[ \t(]{1,4}(?<value>['"][^\n]{1,120})/gm, label: 'the server' },
    { pattern: /\bTCPServer\.(?:new|open)[ \t(]{1,4}(?<value>[^\n]{1,120})/g, label: 'TCPServer' },
    { pattern: /\bPort:[ \t]{0,4}(?<value>[^\n]{1,120})/g, label: 'the server' },
  ],
  routes: [/^[ \t]{0,20}get[ \t(]{1,4}['"](?<path>\/?[\w/.-]{1,80})['"]/gm],
  reads: [
    /\bENV\[['"](?<name>[A-Za-z_]\w{0,119})['"]\](?<fallback>[ \t]{0,4}\|\|)?/g,
    /\bENV\.fetch[ \t(]{1,4}['"](?<name>[A-Za-z_]\w{0,119})['"](?<fallback>\)?[ \t]{0,4}[,{])?/g,
  ],
  start: startRuby,
  versions: [
    { file: '.ruby-version', pattern: /^(?:ruby-)?(\d[\w.]{0,20})/ },
    { file: '', pattern: /^ruby[ \t(]{1,4}['"]([^'"\n]{1,30})['"]/m },
  ],
};

// A Rakefile beside a gemspec packs and tests a library.
const isGem = (project: Project): boolean => findFile(project, /^[\w.-]{1,80}\.gemspec$/) !== undefined;

function startRuby(project: Project): StartCommand | undefined {
  if (project.has('config/application.rb') || project.has('bin/rails')) return startRails(project);
  const bundled = project.manifest ? 'bundle exec ' : '';
  if (project.has('config.ru')) return startRack(project, bundled);
  for (const name of ['app.rb', 'main.rb', 'server.rb'])
    if (project.has(name)) {
      const file = project.read(name)?.file ?? name;
      return {
        command: `${project.packages.size > 0 ? bundled : ''}ruby ${name}`,
        evidence: { file, reason: 'the main file, by its name' },
      };
    }
  return undefined;
}

// With a database of its own the schema is brought up to date first, as every builder of Rails applications does.
function startRails(project: Project): StartCommand {
  const database = project.has('config/database.yml') ? 'rake db:migrate && ' : '';
  const file = project.read('config/application.rb')?.file ?? project.sign.file;
  return {
    command: `${database}bundle exec bin/rails server -b 0.0.0.0 -p \${PORT:-3000}`,
    evidence: { file, reason: 'a Rails application' },
  };
}

function startRack(project: Project, bundled: string): StartCommand {
  const file = project.read('config.ru')?.file ?? project.sign.file;
  const server = ['puma', 'unicorn', 'thin'].find((name) => project.packages.has(name));
  const evidence = findLine(project.read('config.ru'), /^run[ \t]/m, 'what Rack runs')?.evidence ?? {
    file,
    reason: 'a Rack application',
  };
  const command =
    server === undefined ? 'rackup --host 0.0.0.0 -p ${PORT:-9292}' : (RACK_SERVERS.get(server) ?? '');
  return { command: `${bundled}${command}`, evidence };
}

const RACK_SERVERS = new Map([
  ['puma', 'puma -b tcp://0.0.0.0:${PORT:-9292}'],
  ['unicorn', 'unicorn -l 0.0.0.0:${PORT:-9292}'],
  ['thin', 'thin start -a 0.0.0.0 -p ${PORT:-9292}'],
]);
