// Who an image runs as: numbers, names from RUN lines, well-known images, and where nothing is proven.
import { expect } from 'chai';
import { readText } from './read.ts';

const root = { name: 'root', uid: 0, gid: 0, isRoot: true };
// Nobody asked for it: there is no USER.
const rootByDefault = { ...root, isAssumed: true };

describe('the user of an image', () => {
  const table: [string, string, unknown][] = [
    ['is a number with a group', 'FROM a\nUSER 1000:2000', { uid: 1000, gid: 2000, isRoot: false }],
    ['is root where USER says 0', 'FROM a\nUSER 0', { uid: 0, isRoot: true }],
    ['is root where USER says root', 'FROM a\nUSER root', root],
    ['is root where a well-known base is', 'FROM python:3.12', rootByDefault],
    ['is root on scratch', 'FROM scratch', rootByDefault],
    ['is root where a USER takes it back', 'FROM node:24\nUSER node\nUSER root', root],
    ['is unknown where the base is', 'FROM ghcr.io/acme/base:1', undefined],
    ['is unknown where an official image steps down by itself', 'FROM postgres:17', undefined],
    ['is unknown where a variable has no value', 'FROM a\nUSER $WHO', undefined],
    ['has a name only where nothing says its number', 'FROM a\nUSER app', { name: 'app', isRoot: false }],
    [
      'comes from useradd',
      'FROM a\nRUN useradd -m -u 1234 app\nUSER app',
      { name: 'app', uid: 1234, isRoot: false },
    ],
    [
      'comes from useradd with a group made by groupadd',
      'FROM a\nRUN groupadd -r -g 55 g && useradd --system --uid=44 --gid g app\nUSER app',
      { name: 'app', uid: 44, gid: 55, isRoot: false },
    ],
    [
      'comes from adduser with clustered flags',
      'FROM alpine\nRUN addgroup -S -g 77 app && adduser -SDHu 66 -G app app\nUSER app',
      { name: 'app', uid: 66, gid: 77, isRoot: false },
    ],
    [
      'comes from adduser of Debian',
      'FROM a\nRUN adduser --disabled-password --gecos "" --uid 10014 "app"\nUSER app',
      { name: 'app', uid: 10014, isRoot: false },
    ],
    [
      'follows usermod',
      'FROM a\nRUN useradd -u 5 app\nRUN usermod -u 6 app\nUSER app',
      { name: 'app', uid: 6, isRoot: false },
    ],
    [
      'replaces arguments of the build',
      'FROM a\nARG UID=10001\nRUN adduser -D -u "${UID}" app\nUSER app',
      { name: 'app', uid: 10001, isRoot: false },
    ],
    [
      'is not what a group list says',
      'FROM a\nRUN useradd -u 9 -G docker,wheel app\nUSER app',
      { name: 'app', uid: 9, isRoot: false },
    ],
    [
      'comes from the stage whose passwd is copied',
      'FROM alpine AS b\nRUN adduser -D -u 10001 app\nFROM scratch\nCOPY --from=b /etc/passwd /etc/passwd\nUSER app',
      { name: 'app', uid: 10001, isRoot: false },
    ],
    [
      'comes from a passwd line that is written',
      'FROM scratch AS b\nRUN echo "app:x:10002:10003:app:/:/bin/false" >> /etc/passwd\nFROM b\nUSER app',
      { name: 'app', uid: 10002, gid: 10003, isRoot: false },
    ],
    [
      'is node of the node image',
      'FROM node:24-alpine\nUSER node',
      { name: 'node', uid: 1000, gid: 1000, isRoot: false },
    ],
    [
      'is www-data of Debian',
      'FROM php:8.3-apache\nUSER www-data',
      { name: 'www-data', uid: 33, gid: 33, isRoot: false },
    ],
    [
      'is www-data of Alpine',
      'FROM php:8.3-fpm-alpine\nUSER www-data',
      { name: 'www-data', uid: 82, gid: 82, isRoot: false },
    ],
    ['is nobody anywhere', 'FROM a\nUSER nobody', { name: 'nobody', uid: 65534, gid: 65534, isRoot: false }],
    [
      'is nonroot of a distroless tag',
      'FROM gcr.io/distroless/static-debian12:nonroot',
      { name: 'nonroot', uid: 65532, gid: 65532, isRoot: false },
    ],
    ['is root of distroless otherwise', 'FROM gcr.io/distroless/static', rootByDefault],
    [
      'is nginx of the unprivileged image',
      'FROM nginxinc/nginx-unprivileged:1.27',
      { name: 'nginx', uid: 101, gid: 101, isRoot: false },
    ],
    [
      'is postgres of the Alpine image',
      'FROM postgres:17-alpine\nUSER postgres',
      { name: 'postgres', uid: 70, gid: 70, isRoot: false },
    ],
  ];
  for (const [title, text, expected] of table)
    it(title, () => expect(readText(text).user?.value).to.deep.equal(expected));

  it('comes from a passwd file of the context', () => {
    const build = readText(
      'FROM scratch\nCOPY etc/passwd /etc/\nUSER app',
      {},
      {
        'web/etc/passwd': 'root:x:0:0::/:\napp:x:321:654::/:\n',
      },
    );
    expect(build.user?.value).to.deep.equal({ name: 'app', uid: 321, gid: 654, isRoot: false });
  });
});
