// A real Prometheus on loopback that holds the series of a test, and scrapes nothing.
import { execFile } from 'node:child_process';
import { access, constants, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { findFreePorts } from '../cluster/free-port.ts';
import { createOrphanGuard } from '../cluster/orphan-guard.ts';
import { startProgram, type RunningProgram } from '../cluster/running-program.ts';
import { waitUntil } from '../cluster/wait-until.ts';
import { writeOpenMetrics, type TestSeries } from './open-metrics.ts';

/** A running Prometheus. */
export interface TestPrometheus extends Pick<
  RunningProgram,
  'pid' | 'logFile' | 'pause' | 'resume' | 'kill'
> {
  /** http://127.0.0.1:port */
  url: string;
  /** After {@link kill}: the same data at the same address. Resolves once it is ready. */
  startAgain(): Promise<void>;
  /** Stops it and removes its data. May be called more than once. */
  stop(): Promise<void>;
}

/** The programs of Debian's package `prometheus`. */
export interface PrometheusPrograms {
  prometheus: string;
  promtool: string;
}

/** Further flags, a web configuration (TLS, basic authentication) as YAML, and what rules have recorded. */
export interface PrometheusOptions {
  flags?: readonly string[];
  webConfig?: string;
  recorded?: RecordedSeries;
}

/** What recording rules (a rule file as YAML) give on the data of another Prometheus, every half a minute of a span. */
export interface RecordedSeries {
  url: string;
  rules: string;
  fromMs: number;
  toMs: number;
}

const run = promisify(execFile);
const attempts = 3;

/** Looks in PATH. Undefined where the package is not installed. */
export async function findPrometheus(
  environment: NodeJS.ProcessEnv = process.env,
): Promise<PrometheusPrograms | undefined> {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const folder of folders) {
    const programs = { prometheus: join(folder, 'prometheus'), promtool: join(folder, 'promtool') };
    if ((await isExecutable(programs.prometheus)) && (await isExecutable(programs.promtool))) return programs;
  }
  return undefined;
}

const isExecutable = (path: string) =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

/**
 * Starts one that holds these series, of whatever time, and resolves once it answers queries. @throws where a program is missing, or says no to
 * the series; nothing is left running then
 */
export async function startPrometheus(
  series: Iterable<TestSeries>,
  options: PrometheusOptions = {},
): Promise<TestPrometheus> {
  const programs = await findPrometheus();
  if (programs === undefined)
    throw new Error('no prometheus and promtool in PATH: apt-get install prometheus');
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'dorgu-prometheus-')));
  const guard = createOrphanGuard(folder);
  try {
    await fillBack(programs.promtool, folder, series);
    if (options.recorded !== undefined) await record(programs.promtool, folder, options.recorded);
    const started = await startWithRetries(programs.prometheus, folder, options);
    guard.watch(started.program.pid);
    const stop = async () => {
      await started.program.stop(5000);
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
      await guard.dismiss();
    };
    let stopping: Promise<void> | undefined;
    return Object.create(started.program, {
      url: { value: started.url },
      stop: { value: () => (stopping ??= stop()) },
      startAgain: {
        value: async () => {
          await started.program.startAgain();
          guard.watch(started.program.pid);
          await awaitReady(started.url, started.program);
        },
      },
    }) as TestPrometheus;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    await guard.dismiss();
    throw error;
  }
}

/** The data folder is there afterwards, empty where there is no series. */
async function fillBack(promtool: string, folder: string, series: Iterable<TestSeries>): Promise<void> {
  const data = join(folder, 'data');
  const texts = join(folder, 'texts');
  await mkdir(data);
  await mkdir(texts);
  for (const file of writeOpenMetrics(texts, series)) {
    await run(promtool, ['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', file, data], {
      maxBuffer: 64 << 20,
    });
    await rm(file);
  }
}

/** As Prometheus' documentation has rules applied to a time before they were there. */
async function record(promtool: string, folder: string, recorded: RecordedSeries): Promise<void> {
  const rules = join(folder, 'rules.yml');
  await writeFile(rules, recorded.rules);
  const span = [`--start=${recorded.fromMs / 1000}`, `--end=${recorded.toMs / 1000}`, '--eval-interval=30s'];
  const where = [`--url=${recorded.url}`, `--output-dir=${join(folder, 'data')}`];
  await run(promtool, ['tsdb', 'create-blocks-from', 'rules', ...where, ...span, rules]);
}

async function startWithRetries(
  prometheus: string,
  folder: string,
  options: PrometheusOptions,
): Promise<{ program: RunningProgram; url: string }> {
  for (let attempt = 1; ; attempt += 1) {
    const [port = 0] = await findFreePorts(1);
    const scheme = options.webConfig?.includes('tls_server_config') ? 'https' : 'http';
    const url = `${scheme}://127.0.0.1:${port}`;
    const flags = await writeConfig(folder, port, options);
    const program = await startProgram(prometheus, flags, join(folder, 'prometheus.log'));
    try {
      await awaitReady(url, program);
      return { program, url };
    } catch (error) {
      await program.stop(1000);
      const isPortTaken = error instanceof Error && error.message.includes('address already in use');
      if (!isPortTaken || attempt === attempts) throw error;
    }
  }
}

async function writeConfig(folder: string, port: number, options: PrometheusOptions): Promise<string[]> {
  await writeFile(join(folder, 'prometheus.yml'), 'global: {}\n');
  const flags = [
    `--config.file=${join(folder, 'prometheus.yml')}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    // Tests have fixed times, and data of any age is kept; blocks stay as they were made.
    '--storage.tsdb.retention.time=100y',
    '--storage.tsdb.max-block-duration=2h',
    `--web.listen-address=127.0.0.1:${port}`,
    ...(options.flags ?? []),
  ];
  if (options.webConfig === undefined) return flags;
  await writeFile(join(folder, 'web.yml'), options.webConfig);
  return [...flags, `--web.config.file=${join(folder, 'web.yml')}`];
}

async function awaitReady(url: string, program: RunningProgram): Promise<void> {
  await waitUntil(
    `${url}/-/ready`,
    async () => {
      const death = program.death();
      if (death !== undefined) throw new Error(death);
      return (await isReady(url, program)) || undefined;
    },
    { timeoutMs: 60_000, intervalMs: 25 },
  );
}

/** Behind TLS or a password its log says so. */
async function isReady(url: string, program: RunningProgram): Promise<boolean> {
  const answer = await fetch(`${url}/-/ready`, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
  if (answer !== undefined && answer.status !== 401) return answer.ok;
  return (await readFile(program.logFile, 'utf8')).includes('Server is ready to receive web requests');
}
