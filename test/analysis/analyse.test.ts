// Whole applications on disk: what the analysers, the Dockerfile and compose amount to together.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { analyseApplication } from '../../src/analysis/analyse.ts';
import type { Component } from '../../src/application/component.ts';

const flask = 'from flask import Flask\napp = Flask(__name__)\n';
const web = '<Project Sdk="Microsoft.NET.Sdk.Web"><TargetFramework>net10.0</TargetFramework></Project>';
const vite = (scripts: string) =>
  `{ "name": "shop", "devDependencies": { "vite": "7", "react": "19" }, "scripts": { ${scripts} } }`;

/** `folder kind language framework ports`, with `~` before a port that only a development server has. */
function summarise({ path, kind, language, framework, ports }: Component): string {
  const listed = ports.map(({ value, isDevelopment }) => `${isDevelopment ? '~' : ''}${value}`).join(',');
  return [path, kind, language?.value ?? '-', framework?.value ?? '-', listed || '-'].join(' ');
}

describe('analysis of a whole application', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dorgu-analyse-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const analyse = async (files: Record<string, string>) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return (await analyseApplication(folder, { name: 'shop' })).components.map(summarise);
  };

  const cases: Record<string, [Record<string, string>, string[]]> = {
    'an image that starts what its base starts listens where that does': [
      { Dockerfile: 'FROM postgres:17\nCOPY tables.sql /docker-entrypoint-initdb.d/\n', 'tables.sql': '' },
      ['. server - - 5432'],
    ],
    "an image with a command of its own does not listen on its base's port": [
      { Dockerfile: 'FROM postgres:17\nCMD ["backup.sh"]\n' },
      ['. worker - - -'],
    ],
    'OpenResty serves files on the port of its settings': [
      {
        Dockerfile: 'FROM openresty/openresty\nCOPY nginx.conf /x/\nCOPY static /usr/share/nginx/html\n',
        'nginx.conf': 'http { server {\n listen 8080;\n} }\n',
        'static/index.html': '<p>',
      },
      ['. static html - 8080'],
    ],
    'PORT of the image is the port, though nothing is seen to read it': [
      { Dockerfile: 'FROM ubuntu\nENV PORT=4526\nCMD ["/app"]\n' },
      ['. server - - 4526'],
    ],
    'a start command that listens on $PORT alone gives no port, and not the one of the framework': [
      {
        Dockerfile: 'FROM python:3.13\nCOPY . .\nCMD gunicorn -b :$PORT app:app\n',
        'requirements.txt': 'flask\ngunicorn-less\n',
        'app.py': flask,
      },
      ['. server python Flask -'],
    ],
    'a start command that listens on $PORT gives what compose sets it to': [
      {
        Dockerfile: 'FROM python:3.13\nCOPY . .\nCMD gunicorn -b :$PORT app:app\n',
        'requirements.txt': 'flask\n',
        'app.py': flask,
        'compose.yaml': 'services:\n  web:\n    build: .\n    environment:\n      PORT: "8081"\n',
      },
      ['. server python Flask 8081'],
    ],
    'a Go program that only its environment tells the port gives what the image sets': [
      {
        Dockerfile: 'FROM golang:1.25\nCOPY . .\nENV LISTEN=7070\nCMD ["/app"]\n',
        'go.mod': 'module example.com/shop\n',
        'main.go':
          'package main\nimport ("net/http"; "os")\nfunc main() {\n\thttp.ListenAndServe(":"+os.Getenv("LISTEN"), nil)\n}\n',
      },
      ['. server go - 7070'],
    ],
    'a package.json of tools beside programs of another language is no application': [
      {
        'package.json': '{ "name": "shop", "devDependencies": { "@playwright/test": "1" } }',
        'src/Api/Api.csproj': web,
        'src/Api/Program.cs': '',
        'src/Host/Host.csproj':
          '<Project Sdk="Aspire.AppHost.Sdk/13.0"><OutputType>Exe</OutputType></Project>',
        'src/Parts/Parts.csproj': '<Project Sdk="Microsoft.NET.Sdk.Razor"></Project>',
      },
      ['src/Api server c# net10.0 8080'],
    ],
    'a script in another language, deep down, does not make the application': [
      {
        'package.json':
          '{ "name": "shop", "scripts": { "start": "npm run serve", "serve": "node server/main.js" } }',
        'server/main.js':
          'const config = require("./config");\nconst port = config.port;\nserver.listen(port)\n',
        'server/config.js':
          'const port = [args.port, process.env.PORT, 3001].find(Boolean);\nmodule.exports = { port };\n',
        'extra/probe/main.go': 'package main\nfunc main() {\n}\n',
        'extra/broker.js': 'const port = 1883;\nrequire("net").createServer().listen(port)\n',
      },
      ['. server javascript - 3001'],
    ],
    'Dockerfiles of one program for several systems are one component': [
      {
        'go.mod': 'module example.com/shop\n',
        'main.go': 'package main\nfunc main() {\n\tnew(http.Server).ListenAndServe()\n}\n',
        'packaging/docker/alpine/Dockerfile':
          'FROM golang AS b\nCOPY . .\nFROM alpine\nEXPOSE 8080\nCMD ["/shop"]\n',
        'packaging/docker/distroless/Dockerfile':
          'FROM golang AS b\nCOPY . .\nFROM scratch\nEXPOSE 8080\nCMD ["/shop"]\n',
        'packaging/debian/Dockerfile': 'FROM debian\nCOPY . .\nCMD ["/build.sh"]\n',
      },
      ['. server go - 8080'],
    ],
    'one image for several roles: what is run tells the worker from the server': [
      {
        'compose.yaml':
          'services:\n  api: { build: . }\n  worker: { build: ., command: celery -A shop worker }\n  beat: { build: ., command: ./bin/beat.sh }\n',
        Dockerfile:
          'FROM python:3.14\nCOPY . .\nEXPOSE 8000\nCMD ["gunicorn", "shop:app", "-b", "0.0.0.0:8000"]\n',
        'bin/beat.sh': '#!/bin/sh\nset -e\npython manage.py wait_for_db\nexec celery -A shop beat\n',
        'requirements.txt': 'flask\ncelery\n',
        'shop.py': flask,
      },
      ['. server python Flask 8000', '. worker python Flask -', '. worker python Flask -'],
    ],
    'a development server of pages is known as one': [
      {
        'package.json': vite('"dev": "vite --port 8282", "build": "vite build"'),
        'index.html': '<p>',
        'src/main.jsx': '',
      },
      ['. static javascript React ~8282'],
    ],
    "a bundler's development server is not the program's": [
      {
        'package.json':
          '{ "name": "shop", "scripts": { "start": "node server.js" }, "dependencies": { "react": "19" } }',
        'server.js': 'new WebpackDevServer(webpack(config)).listen(3000)\n',
        'requirements.txt': 'django\n',
        'manage.py': 'import django\n',
        'shop/settings.py': "WSGI_APPLICATION = 'shop.wsgi.application'\n",
      },
      ['. server python Django 8000'],
    ],
    'a package that only another package asked for is no framework': [
      {
        'requirements.txt':
          'flask==3.1\n    # via\n    #   locust\nlocust==2.0\n    # via -r requirements.in\n',
        'main.py': 'import locust\n',
      },
      ['. worker python - -'],
    ],
    'a package that a file and another package asked for is one': [
      {
        'requirements.txt':
          'flask==3.1\n    # via\n    #   -r requirements.in\n    #   locust\nlocust==2.0 # via -r requirements.in\n',
        'main.py': flask,
      },
      ['. server python Flask 5000'],
    ],
    'a bare WSGI application is Python': [
      { 'shop.py': 'def app(environ, start_response):\n    return []\n' },
      ['. worker python - -'],
    ],
    'a Dockerfile in src/main/docker builds the project': [
      {
        'pom.xml': '<project><artifactId>shop</artifactId><packaging>quarkus</packaging></project>',
        'src/main/docker/Dockerfile.jvm':
          'FROM eclipse-temurin:21\nCOPY target/*.jar /app.jar\nEXPOSE 8080\n',
        'src/main/java/App.java': 'class App {}\n',
      },
      ['. server java - 8080'],
    ],
    'what no COPY of a Dockerfile reaches is a component beside it': [
      {
        Dockerfile: 'FROM node:24\nCOPY package.json server.js ./\nCMD ["node", "server.js"]\n',
        'package.json': '{ "name": "shop", "dependencies": { "express": "5" } }',
        'server.js': 'app.listen(3000)\n',
        'mailer/requirements.txt': 'celery\n',
        'mailer/main.py': 'import celery\n',
      },
      ['. server javascript Express 3000', 'mailer worker python Celery -'],
    ],
    'a client beside its server stays part of it': [
      {
        Dockerfile: 'FROM node:24\nCOPY . .\nCMD ["node", "server.js"]\n',
        'package.json': '{ "name": "shop", "dependencies": { "express": "5" } }',
        'server.js': 'app.listen(3000)\n',
        'client/package.json': vite('"build": "vite build"'),
      },
      ['. server javascript Express 3000'],
    ],
    'a service of compose without a Dockerfile is the source that it names': [
      {
        'compose.yaml': 'services:\n  web:\n    build: .\n    ports: ["6060:6060"]\n',
        'package.json': '{ "name": "shop", "dependencies": { "express": "5" } }',
        'server.js': 'app.listen(process.env.PORT || 3000)\n',
      },
      ['. server javascript Express 6060'],
    ],
  };
  for (const [sentence, [files, found]] of Object.entries(cases))
    it(sentence, async () => expect(await analyse(files)).to.deep.equal(found));
});
