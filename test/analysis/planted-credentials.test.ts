// Credentials planted wherever applications keep them by mistake: analysis knows the names, and says no value.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { analyseApplication } from '../../src/analysis/analyse.ts';

const PLANTED = 'hunter2Planted9f8e7d6c';

const PLACES: Record<string, Record<string, string>> = {
  'the image’s environment': {
    Dockerfile: `FROM node:24\nARG NPM_TOKEN=${PLANTED}\nENV API_KEY=${PLANTED} DATABASE_URL=postgres://u:${PLANTED}@db/x\nCMD ["node", "a.js"]\n`,
    'a.js': 'require("http").createServer().listen(3000)\n',
  },
  'the image’s start command': {
    Dockerfile: `FROM node:24\nCMD ["node", "a.js", "--api-key=${PLANTED}"]\n`,
    'a.js': '',
  },
  'a Procfile': {
    Procfile: `web: API_KEY=${PLANTED} node a.js --password ${PLANTED} --db postgres://u:${PLANTED}@db/x\n`,
    'package.json': '{"name": "shop", "main": "a.js"}',
    'a.js': '',
  },
  'a platform’s settings': {
    'railway.json': `{"deploy": {"startCommand": "API_TOKEN=${PLANTED} ./run"}}`,
  },
  'an env file and its example': {
    '.env': `API_KEY=${PLANTED}\n`,
    '.env.example': `API_KEY=${PLANTED}\nSECRET_KEY_BASE=${PLANTED}\n`,
    'package.json': '{"name": "shop", "main": "a.js"}',
    'a.js': 'process.env.API_KEY;\nrequire("http").createServer().listen(3000)\n',
  },
  'defaults in source': {
    'package.json': '{"name": "shop", "main": "a.js"}',
    'a.js': `const k = process.env.API_KEY || '${PLANTED}';\nrequire("http").createServer().listen(3000)\n`,
  },
  'Ruby’s source': {
    Gemfile: 'gem "sinatra"\n',
    'config.ru': 'run App\n',
    'app.rb': `KEY = ENV["API_KEY"] || "${PLANTED}"\nset :port, 4000\n`,
  },
  'settings of .NET': {
    'Shop.csproj':
      '<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup></Project>',
    'Program.cs': 'app.Run();\n',
    'appsettings.json': `{"ConnectionStrings": {"Default": "Server=db;Password=${PLANTED}"}}`,
  },
  compose: {
    'compose.yaml': `services:\n  web:\n    build: .\n    command: ["node", "a.js", "--token", "${PLANTED}"]\n    environment:\n      API_KEY: ${PLANTED}\n      DATABASE_URL: postgres://u:${PLANTED}@db/x\n`,
    Dockerfile: 'FROM node:24\n',
  },
  'the remote of git': {
    '.git/HEAD': 'ref: refs/heads/main\n',
    '.git/config': `[remote "origin"]\n\turl = https://bot:${PLANTED}@github.com/acme/shop.git\n`,
    'package.json': '{"name": "shop", "main": "a.js"}',
    'a.js': '',
  },
};

describe('planted credentials', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dorgu-planted-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  for (const [place, files] of Object.entries(PLACES))
    it(`in ${place} are in no fact, conflict or note`, async () => {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(join(folder, dirname(path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      const application = await analyseApplication(folder);
      expect(application.components).not.to.be.empty;
      expect(JSON.stringify(application)).not.to.include(PLANTED);
    });
});
