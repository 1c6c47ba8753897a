// How each example is prepared and started on this machine, where its runtime is there.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** One component of an example, ready to be started in a copy of its folder. */
export interface Runnable {
  /** Folder below examples/, and the component's name as analysis gives it. */
  example: string;
  component: string;
  /** The component's folder inside the example. */
  folder: string;
  /** Programs that have to be on the PATH. */
  needs: string[];
  /** Makes it startable, e.g. installs its packages; `directory` is the copied folder. */
  prepare: (directory: string) => void;
  /** The command line; given the one that analysis claims. */
  start: (claimed: string, directory: string) => string;
  /** Added to the environment. */
  env?: (directory: string) => Record<string, string>;
  /** What it prints once it runs, for one without a port. */
  says?: string;
}

const run = (directory: string, command: string, ...args: string[]) =>
  execFileSync(command, args, { cwd: directory, stdio: ['ignore', 'ignore', 'pipe'], timeout: 240_000 });

function installPython(directory: string): void {
  run(directory, 'python3', '-m', 'venv', '.venv');
  run(directory, join(directory, '.venv/bin/pip'), 'install', '-q', '--disable-pip-version-check', '-r', 'requirements.txt');
}

const withPython = (directory: string) => ({
  PATH: `${join(directory, '.venv/bin')}${delimiter}${process.env['PATH'] ?? ''}`,
});

const installNode = (directory: string) => {
  run(directory, 'npm', 'ci', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error');
};

// The image has its pages and types where nginx's packages put them; a copy of the folder has them beside it.
function relocateNginx(directory: string): void {
  const text = readFileSync(join(directory, 'nginx.conf'), 'utf8')
    .replaceAll(' /tmp/', ` ${directory}/`)
    .replace('/etc/nginx/mime.types', join(directory, 'mime.types'))
    .replace('/usr/share/nginx/html', join(directory, 'public'))
    .replace('http {', 'http {\n  access_log off;');
  writeFileSync(join(directory, 'nginx.conf'), text);
  writeFileSync(join(directory, 'mime.types'), 'types { text/html html; }\n');
}

/** Every component of every example. */
export const runnables: Runnable[] = [
  {
    example: 'express-shop',
    component: 'shop',
    folder: '.',
    needs: ['npm'],
    prepare: installNode,
    start: (claimed) => claimed,
    // Nobody answers there: alive, and not ready.
    env: () => ({ DATABASE_URL: 'postgres://shop@127.0.0.1:1/shop', REDIS_URL: 'redis://127.0.0.1:1' }),
  },
  {
    example: 'fastapi-notes',
    component: 'fastapi-notes',
    folder: '.',
    needs: ['python3'],
    prepare: installPython,
    start: (claimed) => claimed,
    env: withPython,
  },
  {
    example: 'go-greeter',
    component: 'go-greeter',
    folder: '.',
    needs: ['go'],
    prepare: (directory) => run(directory, 'go', 'build', '-o', 'greeter', './cmd/greeter'),
    start: (claimed, directory) => join(directory, claimed),
  },
  {
    example: 'spring-orders',
    component: 'spring-orders',
    folder: '.',
    needs: ['java', 'mvn'],
    prepare: (directory) => run(directory, 'mvn', '-q', '--batch-mode', '-DskipTests', 'package'),
    start: (claimed) => `cd target && exec ${claimed}`,
  },
  {
    example: 'static-docs',
    component: 'static-docs',
    folder: '.',
    needs: ['nginx'],
    prepare: relocateNginx,
    start: (_claimed, directory) => `nginx -p ${directory} -c nginx.conf -e stderr -g 'daemon off;'`,
  },
  {
    example: 'queue-worker',
    component: 'queue-worker',
    folder: '.',
    needs: ['python3'],
    prepare: installPython,
    start: (claimed) => claimed,
    env: (directory) => ({ ...withPython(directory), REDIS_URL: 'redis://127.0.0.1:1' }),
    says: 'waiting for jobs in jobs',
  },
  {
    example: 'market',
    component: 'pricing',
    folder: 'pricing',
    needs: ['python3'],
    prepare: installPython,
    start: (claimed) => claimed,
    env: withPython,
  },
  {
    example: 'market',
    component: 'gateway',
    folder: 'gateway',
    needs: ['npm'],
    prepare: installNode,
    start: (claimed) => claimed,
    env: () => ({ PRICING_URL: 'http://127.0.0.1:5000' }),
  },
];

/** A started component with what it has printed so far. */
export interface Started {
  process: ChildProcess;
  output: () => string;
}

/** Starts a command line in a folder, in a process group of its own. */
export function startCommandLine(line: string, directory: string, env: Record<string, string>): Started {
  let output = '';
  const child = spawn('sh', ['-c', line.startsWith('cd ') ? line : `exec ${line}`], {
    cwd: directory,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
  return { process: child, output: () => output };
}
