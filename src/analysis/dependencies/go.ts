// What Go modules are clients of.
import type { ClientPackages } from '../code/recognise.ts';

/** Module paths; `x*` covers major versions. */
export const goDependencies: readonly ClientPackages[] = [
  {
    name: 'postgresql',
    type: 'database',
    packages: [
      'github.com/lib/pq*',
      'github.com/jackc/pgx*',
      'gorm.io/driver/postgres*',
      'github.com/go-pg/pg*',
      'github.com/uptrace/bun/driver/pgdriver*',
    ],
  },
  { name: 'mysql', type: 'database', packages: ['github.com/go-sql-driver/mysql*', 'gorm.io/driver/mysql*'] },
  {
    name: 'mssql',
    type: 'database',
    packages: [
      'github.com/denisenkom/go-mssqldb*',
      'github.com/microsoft/go-mssqldb*',
      'gorm.io/driver/sqlserver*',
    ],
  },
  { name: 'oracle', type: 'database', packages: ['github.com/godror/godror*', 'github.com/sijms/go-ora*'] },
  {
    name: 'mongodb',
    type: 'database',
    packages: [
      'go.mongodb.org/mongo-driver*',
      'gopkg.in/mgo.v2*',
      'github.com/globalsign/mgo*',
      'labix.org/v2/mgo*',
    ],
  },
  {
    name: 'redis',
    type: 'cache',
    packages: [
      'github.com/redis/go-redis*',
      'github.com/go-redis/redis*',
      'github.com/gomodule/redigo*',
      'github.com/garyburd/redigo*',
      'github.com/redis/rueidis*',
      'github.com/hibiken/asynq*',
      'github.com/valkey-io/valkey-go*',
    ],
  },
  { name: 'memcached', type: 'cache', packages: ['github.com/bradfitz/gomemcache*'] },
  {
    name: 'rabbitmq',
    type: 'queue',
    packages: [
      'github.com/rabbitmq/amqp091-go*',
      'github.com/streadway/amqp*',
      'github.com/wagslane/go-rabbitmq*',
      'github.com/ThreeDotsLabs/watermill-amqp*',
    ],
  },
  {
    name: 'kafka',
    type: 'queue',
    packages: [
      'github.com/segmentio/kafka-go*',
      'github.com/confluentinc/confluent-kafka-go*',
      'github.com/IBM/sarama*',
      'github.com/Shopify/sarama*',
      'github.com/twmb/franz-go*',
      'github.com/ThreeDotsLabs/watermill-kafka*',
    ],
  },
  { name: 'nats', type: 'queue', packages: ['github.com/nats-io/nats.go*', 'github.com/nats-io/stan.go*'] },
  { name: 'nsq', type: 'queue', packages: ['github.com/nsqio/go-nsq*'] },
  { name: 'pulsar', type: 'queue', packages: ['github.com/apache/pulsar-client-go*'] },
  {
    name: 'mqtt',
    type: 'queue',
    packages: ['github.com/eclipse/paho.mqtt.golang*', 'github.com/eclipse/paho.golang*'],
  },
  { name: 'temporal', type: 'service', packages: ['go.temporal.io/sdk*'] },
  {
    name: 'elasticsearch',
    type: 'database',
    packages: ['github.com/elastic/go-elasticsearch*', 'github.com/olivere/elastic*'],
  },
  { name: 'opensearch', type: 'database', packages: ['github.com/opensearch-project/opensearch-go*'] },
  {
    name: 'cassandra',
    type: 'database',
    packages: ['github.com/gocql/gocql*', 'github.com/apache/cassandra-gocql-driver*'],
  },
  { name: 'clickhouse', type: 'database', packages: ['github.com/ClickHouse/clickhouse-go*'] },
  { name: 'neo4j', type: 'database', packages: ['github.com/neo4j/neo4j-go-driver*'] },
  {
    name: 'influxdb',
    type: 'database',
    packages: ['github.com/influxdata/influxdb-client-go*', 'github.com/InfluxCommunity/influxdb3-go*'],
  },
  { name: 'etcd', type: 'database', packages: ['go.etcd.io/etcd/client*', 'github.com/coreos/etcd*'] },
  { name: 'consul', type: 'service', packages: ['github.com/hashicorp/consul/api*'] },
  { name: 'vault', type: 'service', packages: ['github.com/hashicorp/vault/api*'] },
  {
    name: 's3',
    type: 'external',
    packages: ['github.com/aws/aws-sdk-go-v2/service/s3*', 'github.com/minio/minio-go*'],
  },
  { name: 'gcs', type: 'external', packages: ['cloud.google.com/go/storage*'] },
  { name: 'spanner', type: 'external', packages: ['cloud.google.com/go/spanner*'] },
  { name: 'pubsub', type: 'external', packages: ['cloud.google.com/go/pubsub*'] },
  {
    name: 'azure-blob-storage',
    type: 'external',
    packages: ['github.com/Azure/azure-sdk-for-go/sdk/storage/azblob*'],
  },
];
