// Lists in pages: complete, each object once, whatever happens in the middle.
import { expect } from 'chai';
import type { KubeClient } from '../../src/kube/client.ts';
import { listObjects, listPages } from '../../src/kube/list.ts';
import { resources } from '../../src/kube/resources.ts';
import { ScriptedApiServer, toStatus, type SeenRequest } from '../faults/api-server.ts';
import { connectWith, refusalOf, useFolder, writeKubeconfig } from './connecting.ts';

const path = '/api/v1/namespaces/shop/configmaps';
const expired = { status: 410, body: toStatus(410, 'Expired', 'The provided continue parameter is too old') };
const isPage = (token: string) => (request: SeenRequest) => request.url.includes(`continue=${token}`);

describe('a list', () => {
  const folder = useFolder();
  let server: ScriptedApiServer;
  let client: KubeClient;
  before(async () => {
    server = await ScriptedApiServer.start();
    client = await connectWith(writeKubeconfig(folder.path, { server: server.url }));
  });
  beforeEach(() =>
    server.collections.set(
      path,
      Array.from({ length: 1201 }, (_, index) => ({ metadata: { name: `m-${index}` } })),
    ),
  );
  afterEach(() => server.reset());
  after(async () => {
    client.close();
    await server.stop();
  });

  const list = (options = {}) => listObjects(client, resources.configMaps, { namespace: 'shop', ...options });

  it('comes in pages of 500, with apiVersion and kind in each object', async () => {
    const objects = await list();
    expect(objects).to.have.lengthOf(1201);
    expect(objects[1200]).to.deep.equal({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'm-1200' },
    });
    expect(server.requests.map(({ url }) => url)).to.deep.equal([
      `${path}?limit=500`,
      `${path}?limit=500&continue=500`,
      `${path}?limit=500&continue=1000`,
    ]);
  });

  it('says how many remain, and where a watch would go on', async () => {
    const pages = [];
    for await (const { items, ...page } of listPages(client, resources.configMaps, { namespace: 'shop' }))
      pages.push({ ...page, count: items.length });
    expect(pages).to.deep.equal([
      { count: 500, resourceVersion: '100', remaining: 701, restarted: false },
      { count: 500, resourceVersion: '100', remaining: 201, restarted: false },
      { count: 201, resourceVersion: '100', remaining: undefined, restarted: false },
    ]);
  });

  it('passes selectors on, and asks for metadata alone', async () => {
    await list({
      labelSelector: 'app=web',
      fieldSelector: 'metadata.name=a',
      limit: 2000,
      isMetadataOnly: true,
    });
    const [seen] = server.requests;
    expect(seen?.url).to.equal(`${path}?limit=2000&labelSelector=app%3Dweb&fieldSelector=metadata.name%3Da`);
    expect(seen?.headers.accept).to.equal('application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1');
  });

  it('begins anew after 410 in the middle, and holds each object once', async () => {
    server.inject(expired, { fits: isPage('1000') });
    const objects = await list();
    expect(new Set(objects.map(({ metadata }) => metadata.name)).size).to.equal(1201);
    expect(objects).to.have.lengthOf(1201);
  });

  it('marks the page that begins anew', async () => {
    server.inject(expired, { fits: isPage('500') });
    const marks: boolean[] = [];
    for await (const { restarted } of listPages(client, resources.configMaps, { namespace: 'shop' }))
      marks.push(restarted);
    expect(marks).to.deep.equal([false, true, false, false]);
  });

  it('gives up after five such beginnings, with the words of the server', async () => {
    server.inject(expired, { times: 100, fits: isPage('500') });
    const error = await refusalOf(list());
    expect({ code: error.code, message: error.message }).to.deep.equal({
      code: 'Expired',
      message: 'The provided continue parameter is too old',
    });
    expect(server.requests).to.have.lengthOf(12);
  });

  it('survives a reset and a busy server in the middle', async () => {
    server.inject({ isReset: true }, { fits: isPage('500') });
    server.inject({ status: 429 }, { fits: isPage('1000') });
    expect(await list()).to.have.lengthOf(1201);
  });

  it('is empty where the server says items: null, and passes over items that are null', async () => {
    server.inject({ body: { metadata: {}, items: null } });
    expect(await list()).to.deep.equal([]);
    server.inject({ body: { items: [null, { metadata: { name: 'a' } }] } });
    expect(await list()).to.have.lengthOf(1);
  });

  it('of a kind of ours that is not installed is refused as CrdsMissing, with what installs it', async () => {
    const error = await refusalOf(listObjects(client, resources.applicationPersonas));
    expect(error.code).to.equal('CrdsMissing');
    expect(error.message).to.equal(`the cluster at ${server.url} does not know applicationpersonas.dorgu.io`);
    expect(error.hint).to.match(/^kubectl apply --server-side -k https:.*config\/crd installs them/);
  });
});
