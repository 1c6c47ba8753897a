// Tells by what is run that a component works off a queue or keeps a clock, whatever else its source could serve.
import { posix } from 'node:path';
import type { Claims } from '../application/claims.ts';
import { CONFIDENCE, createFact, type Evidence, type Fact } from '../application/fact.ts';
import type { Scope } from './analyser.ts';
import { findStartSetting } from './platform/start-settings.ts';

/** Commands that take work from a queue or keep a clock, as data: what is run, and what it is called. */
const WORKERS: readonly { readonly pattern: RegExp; readonly name: string }[] = [
  { pattern: /\bcelery\b[^\n|;&]{0,200}\s(?:worker|beat)\b/, name: 'Celery' },
  { pattern: /(?:^|[\s/])(?:rq|rqworker|rq-scheduler)\s+(?:worker\b)?/m, name: 'RQ' },
  {
    pattern: /(?:^|[\s/])(?:dramatiq|huey_consumer(?:\.py)?|arq|taskiq\s+worker|procrastinate\s+worker)\s/m,
    name: 'a queue',
  },
  {
    pattern: /\bmanage\.py\s+(?:rqworker|qcluster|run_huey|process_tasks|db_worker|rundramatiq)\b/,
    name: 'a queue',
  },
  { pattern: /(?:^|[\s/])(?:sidekiq|resque|good_job|shoryuken|sneakers|que)(?:\s|$)/m, name: 'a queue' },
  {
    pattern:
      /\b(?:rake|rails|bin\/jobs)\s+(?:jobs:work|solid_queue:start|resque:work|good_job:start)\b|\bbin\/jobs\b/,
    name: 'a queue',
  },
  {
    pattern: /\bartisan\s+(?:queue:(?:work|listen)|horizon|schedule:(?:work|run))\b/,
    name: "Laravel's queue",
  },
  { pattern: /\bconsole\s+messenger:consume\b/, name: "Symfony's messenger" },
];

/** A script longer than this is not read to its end. */
const MAX_SCRIPT = 16_384;

/** The line that says that a component only works, or undefined. Followed through one script of the application's own. */
export function findWorkerCommand(scope: Scope): Evidence | undefined {
  const started = findStart(scope);
  if (!started) return undefined;
  const [evidence] = started.evidence;
  const own = nameWorker(started.value);
  if (own !== undefined && evidence) return { ...evidence, reason: `runs a worker of ${own}` };
  return findInScript(scope, started.value);
}

/** Without what belongs to a server of the same source: a worker listens nowhere, unless compose says so. */
export function toWorkerClaims(claims: readonly Claims[], evidence: Evidence): Claims[] {
  const [compose = {}, ...others] = claims;
  const left = others.map(
    ({
      ports: _ports,
      portVariables: _variables,
      liveness: _live,
      readiness: _ready,
      startup: _startup,
      ...rest
    }) => rest,
  );
  return [{ ...compose, kind: [createFact('worker', CONFIDENCE.compose, evidence)] }, ...left];
}

// What compose runs in the image's place, else what the image runs, else what a platform is told.
function findStart({ service, build, tree, dir }: Scope): Fact<string> | undefined {
  const { command, args } = service?.claims ?? {};
  const given = [...(command ?? []), ...(args ?? [])];
  const facts =
    given.length > 0 ? given : [build?.entrypoint, build?.command].filter((one) => one !== undefined);
  if (facts.length > 0)
    return {
      value: facts.map(({ value }) => value.join(' ')).join(' '),
      confidence: CONFIDENCE.compose,
      evidence: facts.flatMap(({ evidence }) => evidence),
    };
  const setting = findStartSetting(tree, dir);
  return setting && createFact(setting.command, CONFIDENCE.source, setting.evidence);
}

const nameWorker = (command: string): string | undefined =>
  WORKERS.find(({ pattern }) => pattern.test(command))?.name;

// `./bin/worker.sh`: the last thing that a script runs is what stays.
function findInScript({ tree, dir, files }: Scope, command: string): Evidence | undefined {
  for (const [, path = ''] of command
    .slice(0, 2000)
    .matchAll(/(?:^|\s)(\.{0,2}\/?[\w./-]{1,200})(?=\s|$)/g)) {
    const file = findScript(tree, dir, files, path);
    const text = file === undefined ? undefined : tree.read(file)?.slice(0, MAX_SCRIPT);
    if (file === undefined || text === undefined || !/^#!/.test(text)) continue;
    const lines = text.split('\n');
    const last = lines.findLastIndex(
      (line) => /^\s*[^#\s]/.test(line) && !/^\s*(?:fi|done|esac|\})/.test(line),
    );
    const name = nameWorker(lines[last] ?? '');
    if (name !== undefined) return { file, line: last + 1, reason: `runs a worker of ${name}` };
  }
  return undefined;
}

// In the image it may lie elsewhere: `/worker-start.sh` is `worker-start.sh` of the component.
function findScript(
  tree: Scope['tree'],
  dir: string,
  files: readonly string[],
  path: string,
): string | undefined {
  const direct = posix.join(dir, path);
  if (tree.has(direct)) return direct;
  const name = posix.basename(path);
  if (!/\.(?:sh|bash)$/.test(name)) return undefined;
  const found = files.filter((file) => posix.basename(file) === name);
  return found.length === 1 ? found[0] : undefined;
}
