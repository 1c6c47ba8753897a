// Tags that say which image it is.
import { tag } from '../../../src/rules/image/tag.ts';
import { describeRule } from '../rule-cases.ts';

const digest = `sha256:${'0'.repeat(64)}`;
const wanted = 'a tag other than latest, or a digest';
const says = (actual: string, place = 'containers[0]') => [`warning ${place}.image: ${actual}, ${wanted}`];

describeRule(tag, {
  'a version is one': { container: { image: 'shop:1.4.2' }, says: 'nothing' },
  'no tag means latest': { container: { image: 'shop' }, says: says('shop') },
  'latest is no version': { container: { image: 'ghcr.io/acme/shop:latest' }, says: says('ghcr.io/acme/shop:latest') },
  'a port is no tag': { container: { image: 'registry:5000/shop' }, says: says('registry:5000/shop') },
  'a port and a tag': { container: { image: 'registry:5000/shop:1' }, says: 'nothing' },
  'a digest is better than a tag': { container: { image: `shop@${digest}` }, says: 'nothing' },
  'a digest beside latest holds': { container: { image: `shop:latest@${digest}` }, says: 'nothing' },
  'a tag that begins with latest is another one': { container: { image: 'shop:latest-alpine' }, says: 'nothing' },
  'no image': { container: { image: null }, says: says('unset') },
  'an empty image': { container: { image: '' }, says: says('unset') },
  'an image that is no text': { container: { image: 5 }, says: says('5') },
  'a template that nobody filled in': { container: { image: '{{ .Values.image }}' }, says: says('"{{ .Values.image }}"') },
  'a tag that is none': { container: { image: 'shop:a b' }, says: says('"shop:a b"') },
  'all containers are asked': {
    beside: [{ name: 'proxy', image: 'envoy' }],
    initContainers: [{ name: 'migrate', image: 'migrate:latest' }],
    says: [...says('envoy', 'containers[1]'), ...says('migrate:latest', 'initContainers[0]')],
  },
}); // prettier-ignore
