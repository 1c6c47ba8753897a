// That each alert speaks when it should and is silent when it should be, as Prometheus' own promtool evaluates it.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { stringify } from 'yaml';
import { listAlerts } from './shown-metrics.ts';

/** Its exit code, a word where it cannot be started, and all that it says. */
function promtool(...args: string[]): Promise<{ code: number | string; text: string }> {
  return new Promise((done) => {
    execFile('promtool', args, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : (error.code ?? 'none'), text: stdout + stderr });
    });
  });
}

const job = 'job="dorgu-metrics"';

/** Series by name, in promtool's notation: a value a minute for two hours. */
type Series = Record<string, string>;
const steadily = (value: number) => `${value}x120`;
const rising = (perMinute: number) => `0+${perMinute}x120`;

const cases: Record<string, { silent: Series; fires: Series }> = {
  DorguOperatorDown: {
    silent: { [`up{${job},pod="a"}`]: steadily(1), [`up{${job},pod="b"}`]: steadily(0) },
    fires: { [`up{${job},pod="a"}`]: steadily(0) },
  },
  DorguOperatorLeaderless: {
    silent: leaders(0, 1),
    fires: leaders(0, 0),
  },
  DorguWatchFailing: {
    silent: { 'dorgu_watch_failing{pod="a",watch="pods"}': steadily(0) },
    fires: { 'dorgu_watch_failing{pod="a",watch="pods"}': steadily(1) },
  },
  DorguReconcilesFail: { silent: reconciles(100, 2), fires: reconciles(100, 20) },
  DorguReconcilesHang: {
    silent: { 'controller_runtime_reconcile_timeouts_total{controller="persona"}': steadily(3) },
    fires: { 'controller_runtime_reconcile_timeouts_total{controller="persona"}': rising(1) },
  },
  DorguQueueGrows: {
    // It is full for a moment at each resync.
    silent: { 'workqueue_depth{controller="persona"}': '0 500 '.repeat(60) },
    fires: { 'workqueue_depth{controller="persona"}': steadily(500) },
  },
  DorguStatusNotWritten: {
    silent: writes('written', 'stale'),
    fires: writes('written', 'refused'),
  },
  DorguDiscoveryIncomplete: { silent: discoveries(1, 1), fires: discoveries(0, 1) },
  DorguMemoryNearLimit: {
    silent: { [`process_resident_memory_bytes{${job},pod="a"}`]: steadily(300e6) },
    fires: { [`process_resident_memory_bytes{${job},pod="a"}`]: steadily(520e6) },
  },
  DorguWebhookFailsOpen: {
    silent: { 'apiserver_admission_webhook_fail_open_count{name="others.example.com"}': rising(1) },
    fires: { 'apiserver_admission_webhook_fail_open_count{name="workloads.dorgu.io"}': rising(1) },
  },
  DorguWebhookFails: { silent: requests('400'), fires: requests('503') },
  DorguWebhookSlow: { silent: latencies(0), fires: latencies(5) },
  DorguUsageNotMeasured: {
    silent: {
      'dorgu_usage_last_success_timestamp_seconds{pod="a"}': rising(60),
      'dorgu_usage_last_success_timestamp_seconds{pod="b"}': steadily(0),
      'dorgu_prometheus_requests_total{pod="a",outcome="ok"}': rising(1),
    },
    fires: {
      'dorgu_usage_last_success_timestamp_seconds{pod="a"}': steadily(0),
      'dorgu_prometheus_requests_total{pod="a",outcome="PrometheusTimeout"}': rising(1),
    },
  },
  DorguCertificatesFail: {
    silent: { 'dorgu_certificates_failing{pod="a"}': steadily(0) },
    fires: { 'dorgu_certificates_failing{pod="a"}': steadily(1) },
  },
  DorguCertificateExpires: {
    silent: {
      'dorgu_certificate_expiry_timestamp_seconds{pod="a",certificate="serving"}': steadily(7 * 86_400),
    },
    fires: { 'dorgu_certificate_expiry_timestamp_seconds{pod="a",certificate="serving"}': steadily(80_000) },
  },
};

function leaders(...values: number[]): Series {
  return Object.fromEntries(
    values.map((value, pod) => [
      `leader_election_master_status{name="dorgu-operator",pod="${pod}"}`,
      steadily(value),
    ]),
  );
}

function reconciles(total: number, errors: number): Series {
  return {
    'controller_runtime_reconcile_total{controller="persona",result="success"}': rising(total - errors),
    'controller_runtime_reconcile_total{controller="persona",result="error"}': rising(errors),
    'controller_runtime_reconcile_errors_total{controller="persona"}': rising(errors),
  };
}

function writes(...outcomes: string[]): Series {
  return Object.fromEntries(
    outcomes.map((outcome) => [
      `dorgu_status_writes_total{kind="ApplicationPersona",outcome="${outcome}"}`,
      rising(1),
    ]),
  );
}

function discoveries(complete: number, partial: number): Series {
  return {
    'dorgu_cluster_discoveries_total{result="complete"}': rising(complete),
    'dorgu_cluster_discoveries_total{result="partial"}': rising(partial),
    'dorgu_cluster_discoveries_total{result="failed"}': rising(0),
  };
}

function requests(code: string): Series {
  const name = 'controller_runtime_webhook_requests_total';
  return { [`${name}{${job},code="200"}`]: rising(100), [`${name}{${job},code="${code}"}`]: rising(5) };
}

/** Of a hundred answers a minute, so many take longer than a second. */
function latencies(slow: number): Series {
  const name = `controller_runtime_webhook_latency_seconds_bucket`;
  return {
    [`${name}{${job},le="0.001"}`]: rising(100 - slow),
    [`${name}{${job},le="1"}`]: rising(100 - slow),
    [`${name}{${job},le="3"}`]: rising(100),
    [`${name}{${job},le="+Inf"}`]: rising(100),
  };
}

describe('the alerts', function () {
  this.timeout(30_000);
  let folder = '';
  before(async function () {
    if ((await promtool('--version')).code !== 0) this.skip();
    folder = await mkdtemp(join(tmpdir(), 'dorgu-alerts-'));
    const rules = listAlerts();
    await writeFile(join(folder, 'rules.yaml'), stringify({ groups: [{ name: 'dorgu', rules }] }));
  });
  after(async () => {
    if (folder !== '') await rm(folder, { recursive: true });
  });

  it('are all tried here', () => {
    expect(Object.keys(cases)).to.deep.equal(listAlerts().map(({ alert }) => alert));
  });

  for (const [alert, { silent, fires }] of Object.entries(cases))
    for (const [isFiring, series] of [
      [true, fires],
      [false, silent],
    ] as const)
      it(`${isFiring ? 'speak' : 'are silent'}: ${alert}`, async () => {
        // promtool has no wildcard for labels, so it is asked how many alerts of the name there are.
        const expr = `count(ALERTS{alertname="${alert}",alertstate="firing"}) or vector(0)`;
        const test = {
          rule_files: ['rules.yaml'],
          evaluation_interval: '1m',
          tests: [
            {
              interval: '1m',
              input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
              promql_expr_test: [
                { expr, eval_time: '2h', exp_samples: [{ labels: '{}', value: Number(isFiring) }] },
              ],
            },
          ],
        };
        const path = join(folder, `${alert}-${isFiring}.yaml`);
        await writeFile(path, stringify(test));
        const { code, text } = await promtool('test', 'rules', path);
        expect(code, text).to.equal(0);
      });
});
