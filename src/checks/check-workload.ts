// Workloads and what stands around them, each object for itself: selectors, schedules, replicas, ports.
import { templateLabels, templatePath } from './check-metadata.ts';
import { checkPortNumber, checkQuantity, checkSyntax, checkUnique } from './check-values.ts';
import type { CheckedObject, Finding, Report } from './finding.ts';
import { fieldAt, fieldsOf, listOf, textOf } from '../api/foreign-fields.ts';
import { reportFor } from './finding.ts';
import { cronSchedule, dataKey, hostName, portName } from './syntax.ts';

type Check = (object: CheckedObject, report: Report) => Finding[];

const checksByKind: Readonly<Record<string, Check>> = {
  ConfigMap: checkConfigMap,
  CronJob: checkCronJob,
  Deployment: checkRollout,
  HorizontalPodAutoscaler: checkAutoscaler,
  Ingress: checkIngress,
  NetworkPolicy: checkNetworkPolicy,
  PersistentVolumeClaim: checkClaim,
  PodDisruptionBudget: checkBudget,
  Service: checkService,
  StatefulSet: checkStatefulSet,
};

/** Findings that an object of this kind can have by itself. */
export function checkWorkload(object: CheckedObject): Finding[] {
  const report = reportFor(object.file);
  const check = Object.hasOwn(checksByKind, object.kind) ? checksByKind[object.kind] : undefined;
  return [...checkSelector(object, report), ...(check?.(object, report) ?? [])];
}

/** A workload selects its own pods. */
function checkSelector(object: CheckedObject, report: Report): Finding[] {
  if (templatePath(object.kind) !== 'spec.template' || object.kind === 'Job') return [];
  const selector = fieldsOf(fieldAt(object.value, 'spec', 'selector', 'matchLabels'));
  const labels = templateLabels(object);
  if (Object.keys(selector).length === 0) {
    return [
      report('spec.selector.matchLabels', 'the selector selects nothing', 'labels of the pods', selector),
    ];
  }
  return Object.entries(selector).flatMap(([key, value]) =>
    labels.get(key) === value
      ? []
      : [
          report(
            `spec.selector.matchLabels.${key}`,
            'the selector does not select its own pods',
            labels.get(key) ?? 'a label of the pods',
            value,
          ),
        ],
  );
}

function checkConfigMap({ value }: CheckedObject, report: Report): Finding[] {
  return Object.keys(fieldsOf(value['data'])).flatMap((key) =>
    checkSyntax(key, dataKey, `data.${key}`, 'the key', report),
  );
}

function checkCronJob({ value }: CheckedObject, report: Report): Finding[] {
  return checkSyntax(
    fieldAt(value, 'spec', 'schedule'),
    cronSchedule,
    'spec.schedule',
    'the schedule',
    report,
  );
}

function checkRollout({ value }: CheckedObject, report: Report): Finding[] {
  const replicas = fieldAt(value, 'spec', 'replicas');
  const findings =
    typeof replicas === 'number' && replicas < 0
      ? [report('spec.replicas', 'there cannot be fewer than none', '0 or more', replicas)]
      : [];
  const strategy = fieldsOf(fieldAt(value, 'spec', 'strategy'));
  if (strategy['type'] === 'Recreate' && strategy['rollingUpdate'] !== undefined) {
    findings.push(
      report(
        'spec.strategy.rollingUpdate',
        'Recreate does not roll',
        'no such field',
        strategy['rollingUpdate'],
      ),
    );
  }
  const bounds = fieldsOf(strategy['rollingUpdate']);
  const isStuck = isZero(bounds['maxSurge']) && isZero(bounds['maxUnavailable']);
  if (isStuck) {
    findings.push(
      report(
        'spec.strategy.rollingUpdate',
        'the rollout could never move',
        'maxSurge or maxUnavailable over 0',
        bounds,
      ),
    );
  }
  return [
    ...findings,
    ...['maxSurge', 'maxUnavailable'].flatMap((name) =>
      checkIntOrPercent(bounds[name], `spec.strategy.rollingUpdate.${name}`, report),
    ),
  ];
}

function isZero(value: unknown): boolean {
  return value === 0 || value === '0%';
}

function checkIntOrPercent(value: unknown, path: string, report: Report): Finding[] {
  if (value === undefined || (typeof value === 'number' && value >= 0)) return [];
  if (typeof value === 'string' && /^[0-9]{1,3}%$/.test(value)) return [];
  return [report(path, 'this is no number of pods', 'a number or a percentage such as 25%', value)];
}

function checkAutoscaler({ value }: CheckedObject, report: Report): Finding[] {
  const { minReplicas: min, maxReplicas: max, metrics } = fieldsOf(value['spec']);
  const findings: Finding[] = [];
  if (typeof min === 'number' && min < 1)
    findings.push(report('spec.minReplicas', 'an HPA keeps one pod', '1 or more', min));
  if (typeof max === 'number' && max < (typeof min === 'number' ? min : 1)) {
    findings.push(
      report('spec.maxReplicas', 'the maximum is below the minimum', `${String(min)} or more`, max),
    );
  }
  for (const [index, metric] of listOf(metrics).entries()) {
    const percent = fieldAt(metric, 'resource', 'target', 'averageUtilization');
    if (typeof percent === 'number' && percent < 1) {
      findings.push(report(`spec.metrics[${index}]`, 'the target can never be met', '1 or more', percent));
    }
  }
  return findings;
}

function checkIngress({ value }: CheckedObject, report: Report): Finding[] {
  const rules = listOf(fieldAt(value, 'spec', 'rules'));
  const tls = listOf(fieldAt(value, 'spec', 'tls')).flatMap((entry) => listOf(fieldAt(entry, 'hosts')));
  return rules.flatMap((rule, index) => {
    const host = fieldAt(rule, 'host');
    const path = `spec.rules[${index}].host`;
    return [
      ...checkSyntax(host, hostName, path, 'the host', report),
      ...(tls.includes(host) ? [] : [report(path, 'the host has no TLS', 'a host of spec.tls', host)]),
      ...listOf(fieldAt(rule, 'http', 'paths')).flatMap((entry, place) =>
        textOf(fieldAt(entry, 'path')).startsWith('/')
          ? []
          : [
              report(
                `spec.rules[${index}].http.paths[${place}].path`,
                'the path is not absolute',
                'a path that starts with /',
                fieldAt(entry, 'path'),
              ),
            ],
      ),
    ];
  });
}

function checkNetworkPolicy({ value }: CheckedObject, report: Report): Finding[] {
  return ['ingress', 'egress'].flatMap((side) =>
    listOf(fieldAt(value, 'spec', side)).flatMap((rule, index) => [
      ...listOf(fieldAt(rule, 'ports')).flatMap((entry, place) => {
        const path = `spec.${side}[${index}].ports[${place}].port`;
        const port = fieldAt(entry, 'port');
        return typeof port === 'string'
          ? checkSyntax(port, portName, path, 'the port', report)
          : checkPortNumber(port, path, report);
      }),
      ...[...listOf(fieldAt(rule, 'to')), ...listOf(fieldAt(rule, 'from'))].flatMap((peer) =>
        checkBlock(peer, `spec.${side}[${index}]`, report),
      ),
    ]),
  );
}

function checkBlock(peer: unknown, path: string, report: Report): Finding[] {
  const cidr = fieldAt(peer, 'ipBlock', 'cidr');
  if (cidr === undefined || isCidr(textOf(cidr))) return [];
  return [
    report(`${path}.ipBlock.cidr`, 'this is no range of addresses', 'a range such as 10.0.0.0/8', cidr),
  ];
}

function isCidr(text: string): boolean {
  const match = /^([0-9a-f:.]{2,45})\/([0-9]{1,3})$/i.exec(text);
  if (!match) return false;
  const [, address = '', length = ''] = match;
  if (address.includes(':')) return Number(length) <= 128;
  const parts = address.split('.');
  return (
    Number(length) <= 32 &&
    parts.length === 4 &&
    parts.every((part) => /^[0-9]{1,3}$/.test(part) && Number(part) <= 255)
  );
}

function checkClaim({ value }: CheckedObject, report: Report): Finding[] {
  return checkQuantity(
    fieldAt(value, 'spec', 'resources', 'requests', 'storage'),
    'spec.resources.requests.storage',
    report,
  );
}

function checkStatefulSet({ value }: CheckedObject, report: Report): Finding[] {
  return listOf(fieldAt(value, 'spec', 'volumeClaimTemplates')).flatMap((claim, index) =>
    checkQuantity(
      fieldAt(claim, 'spec', 'resources', 'requests', 'storage'),
      `spec.volumeClaimTemplates[${index}].spec.resources.requests.storage`,
      report,
    ),
  );
}

function checkBudget({ value }: CheckedObject, report: Report): Finding[] {
  const { minAvailable, maxUnavailable } = fieldsOf(value['spec']);
  if ((minAvailable === undefined) !== (maxUnavailable === undefined)) return [];
  return [
    report('spec', 'a budget has one bound', 'minAvailable or maxUnavailable', {
      minAvailable,
      maxUnavailable,
    }),
  ];
}

function checkService({ value }: CheckedObject, report: Report): Finding[] {
  const ports = listOf(fieldAt(value, 'spec', 'ports'));
  const names = ports.map((port) => textOf(fieldAt(port, 'name')));
  return [
    ...(ports.length === 0 && fieldAt(value, 'spec', 'clusterIP') !== 'None'
      ? [report('spec.ports', 'a Service has ports', 'at least one port', undefined)]
      : []),
    ...ports.flatMap((port, index) =>
      checkPortNumber(fieldAt(port, 'port'), `spec.ports[${index}].port`, report),
    ),
    ...(ports.length > 1
      ? names.flatMap((name, index) =>
          checkSyntax(name, portName, `spec.ports[${index}].name`, "the port's name", report),
        )
      : []),
    ...checkUnique(names, 'spec.ports', 'port', report),
  ];
}
