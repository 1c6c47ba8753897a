// The paths that well-known programs write to: with a read-only root each needs a volume of its own.
import type { Component } from '../application/component.ts';

/** A program, how it is recognised in start command or framework, and what it writes to beside /tmp. */
interface Program {
  name: string;
  pattern: RegExp;
  /** Relative paths are below the working directory. */
  paths: readonly string[];
}

const programs: readonly Program[] = [
  { name: 'nginx', pattern: /\b(nginx|openresty)\b/i, paths: ['/var/cache/nginx', '/run'] },
  { name: 'httpd', pattern: /\bhttpd(-foreground)?\b/i, paths: ['/usr/local/apache2/logs'] },
  {
    name: 'apache2',
    pattern: /\bapache2(ctl|-foreground)?\b/i,
    paths: ['/run', '/var/lock/apache2', '/var/log/apache2'],
  },
  { name: 'caddy', pattern: /\bcaddy\b/i, paths: ['/config', '/data'] },
  { name: 'postgres', pattern: /\bpostgres\b/i, paths: ['/var/run/postgresql'] },
  { name: 'mysql', pattern: /\b(mysqld|mariadbd)\b/i, paths: ['/var/run/mysqld'] },
  { name: 'haproxy', pattern: /\bhaproxy\b/i, paths: ['/run'] },
  { name: 'rails', pattern: /\brails\b/i, paths: ['tmp', 'log'] },
  { name: 'next', pattern: /\bnext(\.js)?\b/i, paths: ['.next/cache'] },
];

/** What a static site is served by where nothing says otherwise. */
const staticDefault = ['/var/cache/nginx', '/run'];

/** Absolute paths that the component's program writes to, without /tmp. */
export function programPaths(component: Component): string[] {
  const text = describeProgram(component);
  const found = programs.filter(({ pattern }) => pattern.test(text));
  const relative = component.runtime.workingDirectory?.value;
  const paths = found.flatMap((program) => program.paths);
  if (found.length === 0 && component.kind === 'static') paths.push(...staticDefault);
  return paths
    .map((path) => (path.startsWith('/') ? path : absolute(relative, path)))
    .filter((path) => path !== undefined);
}

/** The words in which a program's name can stand. */
function describeProgram({ framework, startCommand, runtime }: Component): string {
  const command = runtime.command ?? runtime.imageCommand;
  return [framework, startCommand, runtime.image]
    .map((fact) => fact?.value)
    .concat(command?.value)
    .filter((word) => word !== undefined)
    .join(' ')
    .slice(0, 4096);
}

function absolute(base: string | undefined, path: string): string | undefined {
  return base?.startsWith('/') === true ? `${base.replace(/\/+$/, '')}/${path}` : undefined;
}
