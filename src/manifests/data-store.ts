// Databases whose images are built here (FROM postgres with scripts of its own): what they need to start and to keep their data.
import type { Component } from '../application/component.ts';
import { splitImageReference } from '../workload/image-reference.ts';

/** What the official image of a database has. */
export interface DataStore {
  name: string;
  /** Names of images that are it, where it is not built here. */
  images: RegExp;
  port: number;
  /** Of the user that the image makes for it; it starts as that user when it is not started as root. */
  uid: number;
  /** Where the data is. */
  dataPath: string;
  /** What it writes to that need not last. */
  temporaryPaths: readonly string[];
  /** Variables that move the data to where the claim lets it be. */
  config: Readonly<Record<string, string>>;
}

const dataStores: readonly DataStore[] = [
  {
    name: 'postgres',
    images: /^(?:postgres|postgresql|postgis|pgvector|timescaledb(?:-ha)?)$/,
    port: 5432,
    uid: 999,
    // One above the default: images before 18 have a volume of their own at …/data. A folder inside, because postgres
    // starts only in one that its own user made.
    dataPath: '/var/lib/postgresql',
    temporaryPaths: ['/var/run/postgresql'],
    config: { PGDATA: '/var/lib/postgresql/pgdata' },
  },
  {
    name: 'mysql',
    images: /^(?:mysql|mysql-server|mariadb|percona|percona-server)$/,
    port: 3306,
    uid: 999,
    dataPath: '/var/lib/mysql',
    temporaryPaths: ['/var/run/mysqld'],
    config: {},
  },
  {
    name: 'mongodb',
    images: /^mongo$/,
    port: 27017,
    uid: 999,
    dataPath: '/data/db',
    temporaryPaths: ['/data/configdb'],
    config: {},
  },
  {
    name: 'redis',
    images: /^(?:redis|valkey|keydb|redis-stack-server)$/,
    port: 6379,
    uid: 999,
    dataPath: '/data',
    temporaryPaths: [],
    config: {},
  },
];

/** The database that the component is: nothing of its own is written in a language or started, and its main port is a database's. */
export function dataStoreOf({ kind, language, ports, runtime }: Component): DataStore | undefined {
  const isServer = kind === 'server' && language === undefined && runtime.imageCommand === undefined;
  if (!isServer) return undefined;
  const image = runtime.build === undefined ? runtime.image?.value : undefined;
  if (image === undefined) return dataStores.find(({ port }) => port === ports[0]?.value);
  const name = splitImageReference(image).name.replace(/^.*\//, '');
  return dataStores.find(({ images }) => images.test(name));
}

/** Whether the source itself says where data is kept. */
export function hasOwnData({ runtime }: Component): boolean {
  return runtime.volumes.some(({ kind, readOnly }) => kind === 'data' && readOnly !== true);
}

/** Variables that the claim asks for; none where the source keeps its data where no program minds what else lies there. */
export function dataStoreConfig(component: Component): [string, string][] {
  const store = dataStoreOf(component);
  if (!hasOwnData(component)) return Object.entries(store?.config ?? {});
  return store?.name === 'postgres' ? postgresConfig(component) : [];
}

// A new volume's file system has a folder lost+found, and postgres starts in an empty folder only: one below it.
function postgresConfig({ runtime, env }: Component): [string, string][] {
  const isSet = env.some(({ name }) => name === 'PGDATA');
  const mounted = runtime.volumes.find(
    ({ kind, path }) => kind === 'data' && /^\/var\/lib\/postgresql(?:\/|$)/.test(path),
  );
  return isSet || mounted === undefined ? [] : [['PGDATA', `${mounted.path.replace(/\/+$/, '')}/pgdata`]];
}
