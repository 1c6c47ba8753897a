// Ready-made services, by their images' names: databases, caches, queues, web servers, with their ports.
import type { ExternalService } from '../../application/application.ts';
import { parseImageReference } from './reference.ts';

/** What an image runs, and where that listens. */
export interface KnownService {
  /** Canonical name of what it runs: `postgresql`, `redis`. */
  name: string;
  type: ExternalService['type'];
  /** Ports it listens on by default, the main one first. */
  ports: readonly number[];
}

const TABLE: readonly [KnownService['type'], string, readonly number[], string][] = [
  ['database', 'postgresql', [5432], 'postgres postgresql postgis pgvector timescaledb timescaledb-ha'],
  ['database', 'mysql', [3306], 'mysql mysql-server percona percona-server'],
  ['database', 'mariadb', [3306], 'mariadb mariadb-galera'],
  ['database', 'mongodb', [27017], 'mongo mongodb mongodb-community-server percona-server-mongodb'],
  ['database', 'mssql', [1433], 'mssql/server azure-sql-edge'],
  ['database', 'oracle', [1521], 'oracle-xe oracle-free database/express'],
  ['database', 'cassandra', [9042], 'cassandra'],
  ['database', 'scylla', [9042], 'scylla'],
  ['database', 'cockroachdb', [26257], 'cockroach'],
  ['database', 'couchdb', [5984], 'couchdb'],
  ['database', 'couchbase', [8091, 11210], 'couchbase'],
  ['database', 'clickhouse', [8123, 9000], 'clickhouse-server clickhouse'],
  ['database', 'influxdb', [8086], 'influxdb'],
  ['database', 'neo4j', [7687, 7474], 'neo4j'],
  ['database', 'arangodb', [8529], 'arangodb'],
  ['database', 'elasticsearch', [9200], 'elasticsearch'],
  ['database', 'opensearch', [9200], 'opensearch'],
  ['database', 'meilisearch', [7700], 'meilisearch'],
  ['database', 'typesense', [8108], 'typesense'],
  ['database', 'solr', [8983], 'solr'],
  ['database', 'qdrant', [6333, 6334], 'qdrant'],
  ['database', 'weaviate', [8080], 'weaviate'],
  ['database', 'milvus', [19530], 'milvus'],
  ['database', 'chroma', [8000], 'chroma chromadb'],
  ['database', 'surrealdb', [8000], 'surrealdb'],
  ['database', 'dynamodb', [8000], 'dynamodb-local'],
  ['database', 'firebird', [3050], 'firebird'],
  ['database', 'rethinkdb', [28015], 'rethinkdb'],
  ['database', 'etcd', [2379], 'etcd'],
  ['database', 'libsql', [8080], 'libsql-server'],
  ['cache', 'redis', [6379], 'redis redis-stack redis-stack-server redis-server'],
  ['cache', 'valkey', [6379], 'valkey'],
  ['cache', 'keydb', [6379], 'keydb'],
  ['cache', 'dragonfly', [6379], 'dragonfly'],
  ['cache', 'memcached', [11211], 'memcached'],
  ['cache', 'hazelcast', [5701], 'hazelcast'],
  ['cache', 'varnish', [80], 'varnish'],
  ['queue', 'rabbitmq', [5672], 'rabbitmq rabbitmq-server'],
  ['queue', 'kafka', [9092], 'kafka cp-kafka cp-server kafka-native'],
  ['queue', 'redpanda', [9092], 'redpanda'],
  ['queue', 'zookeeper', [2181], 'zookeeper cp-zookeeper'],
  ['queue', 'nats', [4222], 'nats nats-streaming'],
  ['queue', 'activemq', [61616, 8161], 'activemq activemq-classic activemq-artemis artemis'],
  ['queue', 'pulsar', [6650, 8080], 'pulsar'],
  ['queue', 'mosquitto', [1883], 'eclipse-mosquitto mosquitto'],
  ['queue', 'emqx', [1883], 'emqx'],
  ['queue', 'nsq', [4150, 4151], 'nsq'],
  ['queue', 'elasticmq', [9324], 'elasticmq elasticmq-native'],
  ['queue', 'beanstalkd', [11300], 'beanstalkd'],
  ['service', 'nginx', [80], 'nginx openresty'],
  ['service', 'nginx', [8080], 'nginx-unprivileged bitnami/nginx'],
  ['service', 'httpd', [80], 'httpd apache apache2 busybox-httpd'],
  ['service', 'httpd', [8080], 'bitnami/apache'],
  ['service', 'lighttpd', [80], 'lighttpd'],
  ['service', 'darkhttpd', [80], 'darkhttpd'],
  ['service', 'static-web-server', [80], 'static-web-server'],
  ['service', 'gostatic', [8043], 'gostatic'],
  ['service', 'serve', [3000], 'serve'],
  ['service', 'caddy', [80, 443], 'caddy'],
  ['service', 'traefik', [80], 'traefik'],
  ['service', 'haproxy', [80], 'haproxy'],
  ['service', 'envoy', [10000], 'envoy'],
  ['service', 'kong', [8000], 'kong kong-gateway'],
  ['service', 'minio', [9000], 'minio'],
  ['service', 'localstack', [4566], 'localstack localstack-pro'],
  ['service', 'azurite', [10000, 10001, 10002], 'azurite'],
  ['service', 'keycloak', [8080], 'keycloak'],
  ['service', 'vault', [8200], 'vault'],
  ['service', 'consul', [8500], 'consul'],
  ['service', 'prometheus', [9090], 'prometheus'],
  ['service', 'grafana', [3000], 'grafana grafana-oss grafana-enterprise'],
  ['service', 'loki', [3100], 'loki'],
  ['service', 'tempo', [3200], 'tempo'],
  ['service', 'jaeger', [16686, 4317, 4318], 'all-in-one jaeger'],
  ['service', 'zipkin', [9411], 'zipkin'],
  [
    'service',
    'opentelemetry-collector',
    [4317, 4318],
    'opentelemetry-collector opentelemetry-collector-contrib',
  ],
  ['service', 'kibana', [5601], 'kibana'],
  ['service', 'logstash', [5044], 'logstash'],
  ['service', 'mailhog', [1025, 8025], 'mailhog'],
  ['service', 'mailpit', [1025, 8025], 'mailpit'],
  ['service', 'adminer', [8080], 'adminer'],
  ['service', 'phpmyadmin', [80], 'phpmyadmin'],
  ['service', 'pgadmin', [80], 'pgadmin4'],
  ['service', 'mongo-express', [8081], 'mongo-express'],
  ['service', 'pgbouncer', [5432], 'pgbouncer'],
  ['service', 'selenium', [4444], 'standalone-chrome standalone-firefox'],
];

/** Known only under their maker's name: the last part alone says too little. */
const NEEDS_MAKER = new Set(['mssql/server', 'database/express', 'all-in-one']);

const KNOWN: ReadonlyMap<string, KnownService> = new Map(
  TABLE.flatMap(([type, name, ports, images]) =>
    images.split(' ').map((image) => [image, { name, type, ports }] as const),
  ),
);

/** Those that serve files when nothing else is said. */
const FILE_SERVERS = new Set([
  'nginx',
  'httpd',
  'caddy',
  'lighttpd',
  'darkhttpd',
  'static-web-server',
  'gostatic',
  'serve',
]);

/** What an image runs, where its name tells. */
export function serviceOfImage(reference: string): KnownService | undefined {
  const { path, name } = parseImageReference(reference);
  const segments = path.split('/');
  const known = KNOWN.get(segments.slice(-2).join('/'));
  if (known !== undefined) return known;
  if (NEEDS_MAKER.has(name)) return segments.includes('jaegertracing') ? KNOWN.get(name) : undefined;
  return KNOWN.get(name);
}

/** Whether an image serves files when nothing else is said: nginx, httpd, Caddy and their kind. */
export function isFileServer(reference: string): boolean {
  return FILE_SERVERS.has(serviceOfImage(reference)?.name ?? '');
}
