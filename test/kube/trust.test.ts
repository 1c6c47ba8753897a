// The CA of the API server is rotated under a client that lives on: in the file that the kubeconfig names, or in the kubeconfig itself.
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { createAuthority, type Authority } from '../cluster/certificates.ts';
import { connectWith, refusalOf, useFolder, writeKubeconfig } from './connecting.ts';

const get = { method: 'GET', path: '/api/v1/pods' } as const;
const names = [{ type: 'ip' as const, value: '127.0.0.1' }];

describe('the CA of the API server is rotated', () => {
  const folder = useFolder();
  let server: Server;
  let url: string;
  let before: Authority;
  let after: Authority;
  let connections = 0;

  const serveAs = async (authority: Authority) => {
    const { certificate: cert, key } = await authority.issueServing('server', names);
    return { cert, key };
  };
  const rotate = async (authority: Authority) => {
    server.setSecureContext(await serveAs(authority));
    // Only who comes anew sees another certificate.
    server.closeAllConnections();
  };

  beforeEach('a server, and whom it is signed by before and after', async () => {
    [before, after] = await Promise.all([createAuthority('kubernetes'), createAuthority('kubernetes')]);
    connections = 0;
    server = createServer(await serveAs(before), (request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ asked: request.url }));
    });
    server.on('connection', () => (connections += 1));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    const closed = new Promise<void>((done) => void server.close(() => done()));
    server.closeAllConnections();
    await closed;
  });

  type Place = (authority: Authority) => string;
  const places: Record<string, Place> = {
    'the file that the kubeconfig names': ({ own }) => {
      const path = join(folder.path, 'ca.crt');
      writeFileSync(path, own.certificate);
      return writeKubeconfig(folder.path, { server: url, 'certificate-authority': path });
    },
    'the kubeconfig itself': ({ own }) => {
      const data = Buffer.from(own.certificate).toString('base64');
      return writeKubeconfig(folder.path, { server: url, 'certificate-authority-data': data });
    },
  };
  for (const [where, write] of Object.entries(places))
    it(`goes on where ${where} names the new one, calls and streams at once`, async () => {
      const client = await connectWith(write(before));
      try {
        await client.request(get);
        write(after);
        await rotate(after);
        const stream = () => client.stream({ path: get.path, onBytes: () => undefined });
        await Promise.all([client.request(get), client.request(get), stream(), stream()]);
        // And back: nothing is remembered but the last one.
        write(before);
        await rotate(before);
        await client.request(get);
      } finally {
        client.close();
      }
    });

  it('says so while nobody has told the client, and goes on once somebody does', async () => {
    const write = places['the file that the kubeconfig names'] as Place;
    const client = await connectWith(write(before));
    try {
      await rotate(after);
      expect((await refusalOf(client.request(get))).code).to.equal('TlsFailed');
      // Half a file is none.
      writeFileSync(join(folder.path, 'ca.crt'), after.own.certificate.slice(0, 100));
      expect((await refusalOf(client.request(get))).code).to.equal('TlsFailed');
      write(after);
      await client.request(get);
    } finally {
      client.close();
    }
  });

  it('asks a server that is not trusted once where no other CA is at hand', async () => {
    const client = await connectWith((places['the kubeconfig itself'] as Place)(after));
    try {
      await refusalOf(client.request(get));
      expect(connections).to.equal(1);
    } finally {
      client.close();
    }
  });
});
