// A server that is given certificate after certificate while clients come, and parts that wait for the first one.
import { X509Certificate } from 'node:crypto';
import { connect, createServer } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { readAuthority, type Authority } from '../../../operator/certificates/authority.ts';
import { CertificateHolder } from '../../../operator/certificates/certificate-holder.ts';
import { createStopgap } from '../../../operator/certificates/create-stopgap.ts';
import { mintAuthority, mintLeaf } from '../../../operator/certificates/mint.ts';
import { serveWith } from '../../../operator/certificates/serve-with.ts';
import { createMemoryLogger } from '../manager/memory-logger.ts';

const name = 'dorgu-webhook.dorgu-system.svc';
const validity = { notBefore: Date.now() - 3600_000, notAfter: Date.now() + 3600_000 };

async function createCa(): Promise<Authority> {
  const { cert, key } = await mintAuthority('ca', validity);
  return readAuthority(cert, key) as Authority;
}

const issue = (ca: Authority) => mintLeaf({ commonName: 'x', dnsNames: [name], validity }, ca);

/** The serial number of what was served; the error's code where nothing was. */
function meet(port: number, ca: string, extra: object = {}): Promise<string> {
  return new Promise((done) => {
    const socket = connect({ host: '127.0.0.1', port, ca, servername: name, ...extra }, () => {
      done(socket.getPeerX509Certificate()?.serialNumber ?? '');
      socket.destroy();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => done(`error ${error.code ?? error.message}`));
  });
}

describe('a TLS server that is served with certificates', () => {
  let ca: Authority;
  const holder = new CertificateHolder(createMemoryLogger());
  const server = createServer((socket) => socket.on('error', () => undefined));
  let port = 0;
  let release = (): void => undefined;
  before(async () => {
    ca = await createCa();
    release = serveWith(server, holder);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    ({ port } = server.address() as AddressInfo);
  });
  after(() => {
    release();
    server.close();
  });

  it('refuses who comes before there is one', async () => {
    expect(await meet(port, ca.pem)).to.match(/^error /);
  });

  it('takes each later one without one failed handshake, and TLS 1.2 is the least of all of them', async () => {
    const pairs = await Promise.all(Array.from({ length: 50 }, () => issue(ca)));
    let isOver = false;
    const seen = new Set<string>();
    const client = async () => {
      while (!isOver) seen.add(await meet(port, ca.pem));
    };
    holder.set(pairs[0]!);
    const clients = Array.from({ length: 8 }, client);
    for (const pair of pairs) {
      holder.set(pair);
      // Somebody meets it: then the next one.
      const { serialNumber } = new X509Certificate(pair.cert);
      while (!seen.has(serialNumber)) await new Promise((done) => setImmediate(done));
    }
    isOver = true;
    await Promise.all(clients);
    expect([...seen].filter((serial) => serial.startsWith('error'))).to.deep.equal([]);
    expect(seen.size).to.equal(pairs.length);
    const old = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' };
    expect(await meet(port, ca.pem, old)).to.match(/^error /);
  });

  it('is not kept from its certificate by another one that fails', async () => {
    const logger = createMemoryLogger();
    const told: string[] = [];
    const shared = new CertificateHolder(logger);
    shared.subscribe(() => {
      throw new Error('secret words');
    });
    const end = shared.subscribe(({ cert }) => told.push(cert));
    const pair = await issue(ca);
    shared.set(pair);
    end();
    shared.set(pair);
    expect(told).to.deep.equal([pair.cert]);
    expect(JSON.stringify(logger.lines)).to.include('did not take').and.not.include('secret words');
  });
});

describe('a stopgap certificate', () => {
  it('is made where there is none yet, and gives way to the real one', async () => {
    const holder = new CertificateHolder(createMemoryLogger());
    const stopgap = createStopgap(holder, () => Promise.resolve({ cert: 'stopgap', key: '' }));
    await stopgap.start();
    expect(stopgap.get()?.cert).to.equal('stopgap');
    holder.set({ cert: 'real', key: '' });
    expect(stopgap.get()?.cert).to.equal('real');
  });

  it('is not made where there is one', async () => {
    const holder = new CertificateHolder(createMemoryLogger());
    holder.set({ cert: 'real', key: '' });
    const stopgap = createStopgap(holder, () => Promise.reject(new Error('nobody asks for it')));
    await stopgap.start();
    expect(stopgap.get()?.cert).to.equal('real');
  });
});
