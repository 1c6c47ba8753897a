// Add-ons that watch: metrics, logs, traces.
import type { AddonDefinition } from '../addon-definition.ts';

/** As data; see {@link AddonDefinition}. */
export const observabilityAddons: readonly AddonDefinition[] = [
  {
    name: 'Prometheus',
    type: 'monitoring',
    images: ['prometheus/prometheus', 'prom/prometheus', 'bitnami/prometheus'],
    names: ['prometheus'],
  },
  {
    name: 'Prometheus Operator',
    type: 'monitoring',
    images: ['prometheus-operator/prometheus-operator', 'bitnami/prometheus-operator'],
    names: ['prometheus-operator', 'kube-prometheus-stack-prometheus-operator'],
    resources: ['prometheuses.monitoring.coreos.com', 'servicemonitors.monitoring.coreos.com'],
  },
  {
    name: 'Alertmanager',
    type: 'monitoring',
    images: ['prometheus/alertmanager', 'prom/alertmanager', 'bitnami/alertmanager'],
    names: ['alertmanager'],
  },
  {
    name: 'Grafana',
    type: 'monitoring',
    images: ['grafana/grafana', 'grafana/grafana-oss', 'grafana/grafana-enterprise', 'bitnami/grafana'],
    names: ['grafana'],
  },
  { name: 'Thanos', type: 'monitoring', images: ['thanos/thanos', 'thanosio/thanos', 'bitnami/thanos'] },
  { name: 'Mimir', type: 'monitoring', images: ['grafana/mimir'] },
  {
    name: 'VictoriaMetrics',
    type: 'monitoring',
    images: ['victoriametrics/victoria-metrics', 'victoriametrics/vmagent', 'victoriametrics/operator'],
    resources: ['vmagents.operator.victoriametrics.com'],
  },
  {
    name: 'kube-state-metrics',
    type: 'monitoring',
    images: ['kube-state-metrics/kube-state-metrics', 'bitnami/kube-state-metrics'],
    names: ['kube-state-metrics'],
  },
  {
    name: 'metrics-server',
    type: 'monitoring',
    images: ['metrics-server/metrics-server', 'bitnami/metrics-server', 'metrics-server'],
    names: ['metrics-server'],
  },
  {
    name: 'OpenTelemetry',
    type: 'monitoring',
    images: [
      'opentelemetry-operator/opentelemetry-operator',
      'otel/opentelemetry-collector',
      'otel/opentelemetry-collector-contrib',
      'otel/opentelemetry-collector-k8s',
    ],
    resources: ['opentelemetrycollectors.opentelemetry.io'],
  },
  {
    name: 'Datadog',
    type: 'monitoring',
    images: ['datadog/agent', 'datadoghq/agent', 'datadog/operator'],
    resources: ['datadogagents.datadoghq.com'],
  },
  {
    name: 'Jaeger',
    type: 'monitoring',
    images: [
      'jaegertracing/all-in-one',
      'jaegertracing/jaeger-collector',
      'jaegertracing/jaeger',
      'jaegertracing/jaeger-operator',
    ],
  },
  { name: 'Tempo', type: 'monitoring', images: ['grafana/tempo'] },
  { name: 'Loki', type: 'logging', images: ['grafana/loki', 'bitnami/grafana-loki'], names: ['loki'] },
  { name: 'Promtail', type: 'logging', images: ['grafana/promtail'] },
  {
    name: 'Fluent Bit',
    type: 'logging',
    images: ['fluent/fluent-bit', 'bitnami/fluent-bit', 'aws-for-fluent-bit'],
    names: ['fluent-bit'],
  },
  {
    name: 'Fluentd',
    type: 'logging',
    images: ['fluent/fluentd', 'fluent/fluentd-kubernetes-daemonset', 'bitnami/fluentd'],
    names: ['fluentd'],
  },
  { name: 'Vector', type: 'logging', images: ['timberio/vector'] },
  {
    name: 'Elastic Cloud on Kubernetes',
    type: 'logging',
    images: ['eck/eck-operator'],
    resources: ['elasticsearches.elasticsearch.k8s.elastic.co'],
  },
];
