// What Java artifacts are clients of.
import type { ClientPackages } from '../code/recognise.ts';

/** `group:artifact`; `x*` matches a prefix. */
export const javaDependencies: readonly ClientPackages[] = [
  {
    name: 'postgresql',
    type: 'database',
    packages: [
      'org.postgresql:*',
      'postgresql:postgresql',
      'io.r2dbc:r2dbc-postgresql',
      'io.quarkus:quarkus-jdbc-postgresql',
      'io.quarkus:quarkus-reactive-pg-client',
      'io.vertx:vertx-pg-client',
    ],
  },
  {
    name: 'mysql',
    type: 'database',
    packages: [
      'mysql:*',
      'com.mysql:*',
      'io.quarkus:quarkus-jdbc-mysql',
      'io.vertx:vertx-mysql-client',
      'io.asyncer:r2dbc-mysql',
    ],
  },
  { name: 'mariadb', type: 'database', packages: ['org.mariadb.jdbc:*', 'io.quarkus:quarkus-jdbc-mariadb'] },
  {
    name: 'mssql',
    type: 'database',
    packages: ['com.microsoft.sqlserver:*', 'io.quarkus:quarkus-jdbc-mssql'],
  },
  {
    name: 'oracle',
    type: 'database',
    packages: ['com.oracle.database.jdbc:*', 'com.oracle.ojdbc:*', 'io.quarkus:quarkus-jdbc-oracle'],
  },
  {
    name: 'mongodb',
    type: 'database',
    packages: [
      'org.mongodb:*',
      'org.springframework.boot:spring-boot-starter-data-mongodb*',
      'io.quarkus:quarkus-mongodb*',
      'io.micronaut.mongodb:*',
      'io.vertx:vertx-mongo-client',
      'org.litote.kmongo:*',
    ],
  },
  {
    name: 'redis',
    type: 'cache',
    packages: [
      'redis.clients:jedis',
      'io.lettuce:*',
      'org.redisson:*',
      'org.springframework.boot:spring-boot-starter-data-redis*',
      'io.quarkus:quarkus-redis-client',
      'io.micronaut.redis:*',
      'io.vertx:vertx-redis-client',
      'org.springframework.session:spring-session-data-redis',
    ],
  },
  { name: 'memcached', type: 'cache', packages: ['net.spy:spymemcached', 'com.googlecode.xmemcached:*'] },
  {
    name: 'rabbitmq',
    type: 'queue',
    packages: [
      'com.rabbitmq:*',
      'org.springframework.boot:spring-boot-starter-amqp',
      'org.springframework.amqp:*',
      'org.springframework.cloud:spring-cloud-stream-binder-rabbit',
      'org.springframework.cloud:spring-cloud-starter-stream-rabbit',
      'io.quarkus:quarkus-*rabbitmq',
      'io.micronaut.rabbitmq:*',
    ],
  },
  {
    name: 'kafka',
    type: 'queue',
    packages: [
      'org.apache.kafka:*',
      'org.springframework.kafka:*',
      'org.springframework.cloud:spring-cloud-stream-binder-kafka*',
      'org.springframework.cloud:spring-cloud-starter-stream-kafka',
      'io.quarkus:quarkus-kafka*',
      'io.quarkus:quarkus-messaging-kafka',
      'io.micronaut.kafka:*',
      'io.vertx:vertx-kafka-client',
    ],
  },
  {
    name: 'activemq',
    type: 'queue',
    packages: [
      'org.apache.activemq:*',
      'org.springframework.boot:spring-boot-starter-activemq',
      'org.springframework.boot:spring-boot-starter-artemis',
    ],
  },
  { name: 'nats', type: 'queue', packages: ['io.nats:*'] },
  {
    name: 'pulsar',
    type: 'queue',
    packages: ['org.apache.pulsar:*', 'org.springframework.boot:spring-boot-starter-pulsar*'],
  },
  {
    name: 'elasticsearch',
    type: 'database',
    packages: [
      'co.elastic.clients:*',
      'org.elasticsearch.client:*',
      'org.springframework.boot:spring-boot-starter-data-elasticsearch',
    ],
  },
  { name: 'opensearch', type: 'database', packages: ['org.opensearch.client:*'] },
  {
    name: 'cassandra',
    type: 'database',
    packages: [
      'com.datastax.*',
      'org.apache.cassandra:*',
      'org.springframework.boot:spring-boot-starter-data-cassandra*',
    ],
  },
  {
    name: 'neo4j',
    type: 'database',
    packages: ['org.neo4j.driver:*', 'org.springframework.boot:spring-boot-starter-data-neo4j'],
  },
  {
    name: 'couchbase',
    type: 'database',
    packages: ['com.couchbase.client:*', 'org.springframework.boot:spring-boot-starter-data-couchbase*'],
  },
  { name: 'clickhouse', type: 'database', packages: ['com.clickhouse:*', 'ru.yandex.clickhouse:*'] },
  { name: 'influxdb', type: 'database', packages: ['com.influxdb:*', 'org.influxdb:*'] },
  {
    name: 'ldap',
    type: 'service',
    packages: [
      'org.springframework.boot:spring-boot-starter-data-ldap',
      'org.springframework.security:spring-security-ldap',
    ],
  },
  {
    name: 'config-server',
    type: 'service',
    packages: ['org.springframework.cloud:spring-cloud-starter-config'],
  },
  {
    name: 'eureka',
    type: 'service',
    packages: ['org.springframework.cloud:spring-cloud-starter-netflix-eureka-client'],
  },
  { name: 'consul', type: 'service', packages: ['org.springframework.cloud:spring-cloud-starter-consul*'] },
  {
    name: 'nacos',
    type: 'service',
    packages: ['com.alibaba.cloud:spring-cloud-starter-alibaba-nacos*', 'com.alibaba.nacos:*'],
  },
  {
    name: 'smtp',
    type: 'external',
    packages: ['org.springframework.boot:spring-boot-starter-mail', 'io.quarkus:quarkus-mailer'],
  },
  {
    name: 's3',
    type: 'external',
    packages: ['software.amazon.awssdk:s3', 'com.amazonaws:aws-java-sdk-s3', 'io.minio:*'],
  },
];
