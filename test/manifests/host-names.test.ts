// Variables that name a sibling have to name its Service.
import { expect } from 'chai';
import { parse } from 'yaml';
import { buildManifests } from '../../src/manifests/build.ts';
import { replaceHosts } from '../../src/manifests/host-names.ts';
import { createDefaultOptions } from '../../src/manifests/options.ts';
import { application, config, server } from './applications.ts';
import { at } from './field.ts';

const renamed = new Map([['user_service', 'user-service']]);

const values: Record<string, string> = {
  user_service: 'user-service',
  'user_service:4000': 'user-service:4000',
  'http://user_service:4000/user_service': 'http://user-service:4000/user_service',
  'amqp://guest@user_service/': 'amqp://guest@user-service/',
  'a:1,user_service:2': 'a:1,user-service:2',
  '/srv/user_service/data': '/srv/user_service/data',
  my_user_service: 'my_user_service',
  'user_service.log': 'user_service.log',
  '': '',
};

describe('replaceHosts', () => {
  for (const [value, expected] of Object.entries(values))
    it(`makes ${JSON.stringify(value)} ${JSON.stringify(expected)}`, () => {
      expect(replaceHosts(value, renamed)).to.equal(expected);
    });
});

describe('buildManifests', () => {
  it('lets a variable reach a sibling whose name is no name of a Service', () => {
    const gate = server({ name: 'gate', env: [config('USER_URL', 'http://user_service:3000')] });
    const app = application([gate, server({ name: 'user_service' })]);
    const { files } = buildManifests(app, createDefaultOptions('shop'));
    const text = files.find(({ path }) => path === 'k8s/gate/configmap.yaml')?.content ?? '';
    expect(at(parse(text), 'data.USER_URL')).to.equal('http://user-service:3000');
    expect(files.map(({ path }) => path)).to.include('k8s/user-service/service.yaml');
  });
});
