// What ready-made images need to run as they are: the user that they can be started as, and the paths that they write to.
import { parseImageReference } from './reference.ts';

/** An image's needs, as its makers document them. */
export interface ImageNeeds {
  /** The user that its own entry point hands over to, or that it starts as. */
  readonly uid?: number;
  readonly gid?: number;
  /** Folders whose content has to outlive the container. */
  readonly data: readonly string[];
  /** Folders that it writes to, for as long as it runs. */
  readonly temporary: readonly string[];
}

type Row = readonly [images: string, user: string, data: string, temporary: string];

/** `user` is `uid` or `uid:gid`; folders are separated by spaces. The images' names are the last parts of their repositories. */
const TABLE: readonly Row[] = [
  ['memcached', '11211', '', ''],
  ['rabbitmq', '999', '/var/lib/rabbitmq', '/var/log/rabbitmq'],
  ['kafka cp-kafka cp-server kafka-native', '1000', '/var/lib/kafka/data', '/opt/kafka/logs /etc/kafka'],
  ['zookeeper', '1000', '/data /datalog', '/logs'],
  ['cassandra', '999', '/var/lib/cassandra', '/var/log/cassandra'],
  ['couchdb', '5984', '/opt/couchdb/data', '/opt/couchdb/etc/local.d'],
  ['clickhouse-server clickhouse', '101', '/var/lib/clickhouse', '/var/log/clickhouse-server'],
  ['influxdb', '1000', '/var/lib/influxdb2', '/etc/influxdb2'],
  ['neo4j', '7474', '/data', '/logs'],
  ['elasticsearch', '1000:0', '/usr/share/elasticsearch/data', '/usr/share/elasticsearch/logs'],
  ['opensearch', '1000', '/usr/share/opensearch/data', '/usr/share/opensearch/logs'],
  ['meilisearch', '', '/meili_data', ''],
  ['typesense', '', '/data', ''],
  ['qdrant', '1000', '/qdrant/storage /qdrant/snapshots', ''],
  ['weaviate', '', '/var/lib/weaviate', ''],
  ['solr', '8983', '/var/solr', ''],
  ['etcd', '', '/default.etcd', ''],
  ['nats', '', '', ''],
  ['eclipse-mosquitto', '1883', '/mosquitto/data', '/mosquitto/log'],
  ['minio', '', '/data', ''],
  ['prometheus', '65534', '/prometheus', ''],
  ['grafana grafana-oss grafana-enterprise', '472:0', '/var/lib/grafana', '/var/log/grafana'],
  ['loki', '10001', '/loki', ''],
  ['tempo', '10001', '/var/tempo', ''],
  ['alertmanager', '65534', '/alertmanager', ''],
  ['node-exporter cadvisor blackbox-exporter pushgateway', '65534', '', ''],
  ['opentelemetry-collector opentelemetry-collector-contrib', '10001', '', ''],
  ['kibana', '1000:0', '/usr/share/kibana/data', ''],
  ['logstash', '1000:0', '/usr/share/logstash/data', ''],
  ['keycloak', '1000:0', '', '/opt/keycloak/data'],
  ['vault', '100:1000', '/vault/file', '/vault/logs'],
  ['consul', '100:1000', '/consul/data', ''],
  ['haproxy', '99', '', ''],
  ['wordpress', '33', '/var/www/html', '/run /var/lock'],
  ['nextcloud', '33', '/var/www/html', '/run /var/lock'],
  ['drupal joomla matomo phpmyadmin', '33', '', '/run /var/lock /sessions'],
  ['pgadmin4', '5050', '/var/lib/pgadmin', ''],
  ['gitea', '1000', '/data', ''],
  ['registry', '', '/var/lib/registry', ''],
  ['mailhog', '1000', '', ''],
];

const NEEDS: ReadonlyMap<string, ImageNeeds> = new Map(
  TABLE.flatMap(([images, user, data, temporary]) =>
    images.split(' ').map((image) => [image, toNeeds(user, data, temporary)] as const),
  ),
);

/** What an image needs, where its name tells; the databases that manifests know by themselves are not among them. */
export function needsOfImage(reference: string): ImageNeeds | undefined {
  return NEEDS.get(parseImageReference(reference).name);
}

function toNeeds(user: string, data: string, temporary: string): ImageNeeds {
  const [uid, gid = uid] = user.split(':');
  const split = (paths: string): string[] => paths.split(' ').filter((path) => path !== '');
  return {
    ...(user !== '' && { uid: Number(uid), gid: Number(gid) }),
    data: split(data),
    temporary: split(temporary),
  };
}
