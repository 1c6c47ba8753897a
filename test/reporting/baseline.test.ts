// Which findings a baseline covers: those that were there before, wherever their lines have gone.
import { expect } from 'chai';
import { DorguError } from '../../src/api/errors.ts';
import { markKnown, parseBaseline } from '../../src/reporting/baseline.ts';
import { toCheckDocument } from '../../src/reporting/formats/document.ts';
import { checkText, deployment, persona } from './check-text.ts';

const untagged = (name: string) => deployment(name).replace(':1.4.2', ':latest');
const writable = (text: string) =>
  text.replace('readOnlyRootFilesystem: true', 'readOnlyRootFilesystem: false');

/** Rules of today's findings that the findings of `before` do not cover. */
async function findNew(before: string, today: string): Promise<string[]> {
  const known = JSON.stringify(toCheckDocument(await checkText(before), 'error'));
  const { findings } = markKnown(await checkText(today), parseBaseline(known, 'known.json'));
  return findings
    .filter((finding) => finding.known !== true)
    .map(({ rule, object }) => `${rule} ${object?.name ?? ''}`);
}

const cases: Record<string, { before: string; today: string; found: string[] }> = {
  'what was there before': {
    before: persona('web') + untagged('web'),
    today: persona('web') + untagged('web'),
    found: [],
  },
  'what has moved to other lines': {
    before: persona('web') + untagged('web'),
    today: `# one\n\n# two\n${untagged('web')}${persona('web')}`,
    found: [],
  },
  'a container that stands elsewhere in the list': {
    before: persona('web') + untagged('web'),
    today:
      persona('web') +
      untagged('web').replace(
        '      containers:\n',
        '      containers:\n        - { name: first, image: "a:1", securityContext: { runAsNonRoot: true, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true } }\n',
      ),
    found: ['resources/request-missing web', 'resources/request-missing web'],
  },
  'not another rule': {
    before: persona('web') + untagged('web'),
    today: persona('web') + writable(untagged('web')),
    found: ['security/read-only-root web'],
  },
  'not another object': {
    before: persona('web') + untagged('web'),
    today: persona('web') + untagged('web') + persona('api') + untagged('api'),
    found: ['image/tag api'],
  },
  'not another namespace': {
    before: persona('web') + untagged('web'),
    today:
      persona('web', { namespace: 'store' }) +
      deployment('web', { namespace: 'store' }).replace(':1.4.2', ':latest'),
    found: ['image/tag web'],
  },
  'as many as there were, not more': {
    before:
      persona('web') +
      deployment('web', { container: '          env: [{ name: A_TOKEN, value: s3cr3t-8f31c9 }]\n' }),
    today:
      persona('web') +
      deployment('web', {
        container:
          '          env: [{ name: A_TOKEN, value: s3cr3t-8f31c9 }, { name: B_TOKEN, value: s3cr3t-99ac31 }]\n',
      }),
    found: ['secrets/env web'],
  },
};

describe('a baseline covers', () => {
  for (const [title, { before, today, found }] of Object.entries(cases)) {
    it(title, async () => expect(await findNew(before, today)).to.deep.equal(found));
  }

  const broken = {
    'no JSON': ['{', /^known\.json: expected JSON$/],
    'no findings': ['{}', /expected a list of findings/],
    'findings of something else': ['{"findings":[{"id":1}]}', /expected every finding to name its rule/],
    'a list': ['[]', /expected a list of findings/],
  } as const;
  for (const [title, [text, message]] of Object.entries(broken)) {
    it(`nothing where it is ${title}, and says so`, () => {
      expect(() => parseBaseline(text, 'known.json'))
        .to.throw(DorguError, message)
        .with.property('code', 'BaselineInvalid');
    });
  }
});
