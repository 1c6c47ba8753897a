// DER as certificates have it.
import { expect } from 'chai';
import fc from 'fast-check';
import { readElements, tags, toElement, toObjectId, toTime } from '../../../operator/certificates/der.ts';

describe('DER', () => {
  it('has lengths of one byte up to 127, and of as many as it takes beyond', () => {
    const head = (length: number) =>
      toElement(tags.octetString, Buffer.alloc(length)).subarray(0, -length || undefined);
    expect(head(127).toString('hex')).to.equal('047f');
    expect(head(128).toString('hex')).to.equal('048180');
    expect(head(65_536).toString('hex')).to.equal('0483010000');
  });

  it('names objects in base 128', () => {
    expect(toObjectId('1.2.840.10045.4.3.2').toString('hex')).to.equal('06082a8648ce3d040302');
    expect(toObjectId('2.5.29.14').toString('hex')).to.equal('0603551d0e');
  });

  it('dates with two digits of the year until 2049, and with four from then on', () => {
    const text = (iso: string) => toTime(Date.parse(iso)).toString('latin1', 2);
    expect(text('2049-12-31T23:59:59.900Z')).to.equal('491231235959Z');
    expect(text('2050-01-01T00:00:00Z')).to.equal('20500101000000Z');
  });

  it('is read as it was written, one element after the other', () => {
    const element = fc.tuple(fc.constantFrom(...Object.values(tags)), fc.uint8Array({ maxLength: 300 }));
    fc.assert(
      fc.property(fc.array(element, { maxLength: 5 }), (all) => {
        const bytes = Buffer.concat(all.map(([tag, content]) => toElement(tag, content)));
        const read = readElements(bytes).map(({ tag, content }) => [tag, new Uint8Array(content)]);
        expect(read).to.deep.equal(all);
      }),
    );
  });

  it('is read without a throw, whatever it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const whole = readElements(Buffer.from(bytes)).map((one) => one.whole);
        expect(Buffer.concat(whole).equals(bytes.subarray(0, Buffer.concat(whole).length))).to.equal(true);
      }),
      { numRuns: 2000 },
    );
  });
});
