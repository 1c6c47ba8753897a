// The languages of Erlang's machine: Elixir and Gleam.
import type { Language } from './language.ts';
import { findFile, findLine, namesOf } from './project.ts';

/** Elixir: Mix projects, releases, Phoenix. */
export const elixir: Language = {
  name: 'elixir',
  selection: {
    syntax: 'python',
    extensions: ['.ex', '.exs'],
    isLeftOut: (path) =>
      /(?:^|\/)(?:test|deps|_build|priv)\/|(?:^|\/)(?:config\/(?:dev|test)\.exs|mix\.exs)$/.test(path),
  },
  manifests: /^mix\.exs$/,
  packages: (text) => namesOf(text, /\{[ \t]{0,4}:(\w{1,60})[ \t]{0,4},/g),
  runs: ({ manifest, sign }) =>
    findLine(manifest, /^[ \t]{0,20}mod:[ \t]{0,4}\{/m, 'the application that starts')?.evidence ??
    findLine(manifest, /\bapps_path:/, 'an umbrella of applications')?.evidence ??
    findLine(manifest, /\b(?:releases|escript):/, 'a release')?.evidence ??
    (/start_permanent:/.test(manifest?.text ?? '') ? sign : undefined),
  frameworks: [
    { name: 'Phoenix', packages: ['phoenix'], kind: 'server', port: 4000, portEnv: 'PORT' },
    { name: 'Ash', packages: ['ash'], kind: 'server' },
    { name: 'Plug', packages: ['plug_cowboy', 'bandit', 'plug'], kind: 'server', port: 4000 },
    { name: 'Cowboy', packages: ['cowboy'], kind: 'server' },
    { name: 'Oban', packages: ['oban'], kind: 'worker' },
    { name: 'Broadway', packages: ['broadway'], kind: 'worker' },
  ],
  clients: [
    { name: 'postgresql', type: 'database', packages: ['postgrex'] },
    { name: 'mysql', type: 'database', packages: ['myxql'] },
    { name: 'mongodb', type: 'database', packages: ['mongodb_driver', 'mongodb'] },
    { name: 'redis', type: 'cache', packages: ['redix', 'exq'] },
    { name: 'rabbitmq', type: 'queue', packages: ['amqp', 'broadway_rabbitmq'] },
    { name: 'kafka', type: 'queue', packages: ['brod', 'kafka_ex'] },
  ],
  opens: [
    {
      pattern: /\bhttp:[ \t]{0,4}\[[^\]\n]{0,120}?\bport:[ \t]{0,4}(?<value>[^\n\]]{1,200})/g,
      label: 'the endpoint',
    },
    {
      pattern: /\b(?:Plug\.Cowboy|Bandit)\b[^\n]{0,120}\bport:[ \t]{0,4}(?<value>[^\n\]}]{1,120})/g,
      label: 'Plug',
    },
  ],
  routes: [/^[ \t]{0,20}get[ \t(]{1,4}"(?<path>\/[\w/.-]{1,80})"/gm],
  reads: [
    /\bSystem\.(?:get_env|fetch_env!?)\([ \t]{0,4}"(?<name>[A-Za-z_]\w{0,119})"(?<fallback>[ \t]{0,4},|\)[ \t]{0,4}\|\|(?![ \t\n]{0,20}raise))?/g,
  ],
  start: ({ manifest }) => {
    const release = findLine(
      manifest,
      /\breleases:[ \t\n]{0,20}\[[ \t\n]{0,20}(\w{1,60}):/,
      'the release that mix builds',
    );
    const app = release ?? findLine(manifest, /\bapp:[ \t]{0,4}:(\w{1,60})/, 'the release that mix builds');
    return (
      app && { command: `/app/_build/prod/rel/${app.value}/bin/${app.value} start`, evidence: app.evidence }
    );
  },
  versions: [
    { file: '', pattern: /\belixir:[ \t]{0,4}"([^"\n]{1,30})"/ },
    { file: '.tool-versions', pattern: /^elixir[ \t]{1,4}(\S{1,30})/m },
  ],
};

/** Gleam: programs for Erlang's machine. */
export const gleam: Language = {
  name: 'gleam',
  selection: {
    syntax: 'rust',
    extensions: ['.gleam'],
    isLeftOut: (path) => /(?:^|\/)(?:test|build)\//.test(path),
  },
  manifests: /^gleam\.toml$/,
  packages: (text) => namesOf(text, /^(\w{1,60})[ \t]{0,4}=/gm),
  runs: (project) => {
    const main = findFile(project, /^src\/\w{1,80}\.gleam$/);
    return main === undefined ? undefined : { file: main, reason: 'a program of Gleam' };
  },
  frameworks: [
    { name: 'Wisp', packages: ['wisp'], kind: 'server' },
    { name: 'Mist', packages: ['mist'], kind: 'server' },
    { name: 'Lustre', packages: ['lustre'], kind: 'static' },
  ],
  clients: [{ name: 'postgresql', type: 'database', packages: ['pog', 'gleam_pgo'] }],
  opens: [{ pattern: /\bmist\.port\([ \t]{0,4}(?<value>[^\n)]{1,80})/g, label: 'Mist' }],
  reads: [/\benvoy\.get\([ \t]{0,4}"(?<name>[A-Za-z_]\w{0,119})"/g],
  start: ({ manifest, sign }) => ({
    command: './build/erlang-shipment/entrypoint.sh run',
    evidence:
      findLine(
        manifest,
        /^name[ \t]{0,4}=[ \t]{0,4}"(\w{1,60})"/m,
        'what gleam export erlang-shipment makes of this',
      )?.evidence ?? sign,
  }),
};
