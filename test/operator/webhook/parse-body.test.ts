import { expect } from 'chai';
import fc from 'fast-check';
import { parseBody } from '../../../operator/webhook/parse-body.ts';
import { createDeployment } from '../objects.ts';
import { formatReview, toRequest } from './world.ts';

type Foreign = { request?: { oldObject?: unknown } } | undefined;
const readWhole = (text: string) => (JSON.parse(text) as Foreign)?.request?.oldObject;
const review = formatReview(toRequest(createDeployment('shop'), createDeployment('shop', { labels: {} })));

describe('the body of a review', () => {
  const nested = '{"oldObject":{"a":1},"dryRun":true}';
  const bodies: Readonly<Record<string, string>> = {
    'as an API server writes it': review,
    'of a creation': formatReview(toRequest(createDeployment('shop'))),
    'with an empty old object': review.replace(/"oldObject":\{.*\},"dryRun"/, '"oldObject":{},"dryRun"'),
    'with the object after the old one': review.replace(/"object":(\{.*\}),"oldObject":(\{.*\}),"dryRun"/, '"oldObject":$2,"object":$1,"dryRun"'),
    'with such words in a text': review.replace('"shop"', JSON.stringify(`,"oldObject":{"a":1},"dryRun":`)),
    'with such fields within the object': review.replace('"object":{', `"object":{"first":1,"oldObject":{"a":1},"dryRun":2,`),
    'with such fields within the old object': review.replace('"oldObject":{', `"oldObject":{"first":${nested},"oldObject":{},"dryRun":2,`),
    'with the old object last': review.replace(/,"dryRun":false/, ''),
    'with the old object outside of the request': `{"response":{"uid":"1","oldObject":{"a":1},"dryRun":true}}`,
    'with the old object written otherwise': review.replace('"oldObject"', '"old\\u004fbject"'),
    'with blanks': JSON.stringify(JSON.parse(review), null, 2),
    'with two old objects': review.replace(',"dryRun"', ',"oldObject":{"a":2},"dryRun"'),
    'that is a text': '"text"',
  }; // prettier-ignore
  for (const [sentence, text] of Object.entries(bodies))
    it(`is read as JSON is: ${sentence}`, () => {
      const body = parseBody(text);
      expect(body?.readOldObject()).to.deep.equal(readWhole(text));
      const value = body?.value as Foreign;
      const whole = JSON.parse(text) as Foreign;
      if (whole?.request !== undefined) whole.request.oldObject = null;
      if (value?.request !== undefined) value.request.oldObject = null;
      expect(value).to.deep.equal(whole);
    });

  it('has its old object even where a field that nobody knows comes after that', () => {
    const text = review.replace(',"dryRun":', ',"new":{"a":[1]},"dryRun":');
    expect(parseBody(text)?.readOldObject()).to.deep.equal(readWhole(text));
  });

  it('is read as JSON is, whatever is in it', () => {
    fc.assert(
      fc.property(fc.json(), fc.json(), fc.json(), (object, oldObject, last) => {
        const text = `{"request":{"uid":"1","object":${object},"oldObject":${oldObject},"dryRun":${last}}}`;
        expect(parseBody(text)?.readOldObject()).to.deep.equal(readWhole(text));
      }),
    );
  });

  it('is none where it is cut off', () => {
    for (let length = 0; length < review.length; length += 97)
      expect(parseBody(review.slice(0, length))).to.equal(undefined);
  });

  it('has an old object that cannot be read where its JSON is wrong', () => {
    const body = parseBody('{"request":{"object":{},"oldObject":{"a":tru},"dryRun":true}}');
    expect(body?.value).to.deep.equal({ request: { object: {}, oldObject: null, dryRun: true } });
    expect(body?.readOldObject()).to.equal(undefined);
  });
});
