// JUnit XML as CI servers read it.
import { expect } from 'chai';
import { XMLParser } from 'fast-xml-parser';
import fc from 'fast-check';
import { formatJunit } from '../../../src/reporting/formats/junit.ts';
import { checkText, deployment, persona } from '../check-text.ts';
import { hostile, hostileText } from '../hostile.ts';

interface TestCase {
  '@name': string;
  '@classname': string;
  failure?: { '@type': string; '@message': string; '#text': string };
  skipped?: { '@message': string };
  'system-out'?: string;
}

interface TestSuite {
  '@name': string;
  '@tests': string;
  '@failures': string;
  '@skipped': string;
  testcase: TestCase[];
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseAttributeValue: false,
  parseTagValue: false,
  trimValues: false,
  isArray: (name) => name === 'testsuite' || name === 'testcase',
});

/** Parses what has to be well-formed, of the elements that JUnit knows, with counts that add up. */
function readSuites(xml: string): TestSuite[] {
  assertWellFormed(xml);
  expect(xml).not.to.match(/[^\n\t\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
  const { testsuites } = parser.parse(xml) as {
    testsuites: { '@tests': string; testsuite?: TestSuite[] };
  };
  const suites = testsuites.testsuite ?? [];
  for (const suite of suites) {
    const count = (name: 'failure' | 'skipped') =>
      suite.testcase.filter((test) => test[name] !== undefined).length;
    expect(Number(suite['@tests'])).to.equal(suite.testcase.length);
    expect(Number(suite['@failures'])).to.equal(count('failure'));
    expect(Number(suite['@skipped'])).to.equal(count('skipped'));
  }
  expect(Number(testsuites['@tests'])).to.equal(
    suites.reduce((sum, { testcase }) => sum + testcase.length, 0),
  );
  return suites;
}

const TOKEN = /<(\/?)([a-z-]+)((?: [a-z]+="[^"<>]*")*)(\/?)>|[^<>&]+|&(?:amp|lt|gt|quot|apos);/gy;

/** Every tag is closed by its own, attributes are quoted, and nothing else looks like markup. */
function assertWellFormed(xml: string): void {
  const body = xml.replace('<?xml version="1.0" encoding="UTF-8"?>\n', '');
  const open: string[] = [];
  let length = 0;
  for (const [token, isEnd, name, attributes, isEmpty] of body.matchAll(TOKEN)) {
    length += token.length;
    expect(attributes ?? '').not.to.match(/&(?!(?:amp|lt|gt|quot|apos);)/);
    if (name === undefined || isEmpty === '/') continue;
    if (isEnd === '/') expect(open.pop()).to.equal(name);
    else open.push(name);
  }
  expect({ length, open }).to.deep.equal({ length: body.length, open: [] });
}

describe('JUnit XML', () => {
  it('has a failure for each finding that fails, and tells the milder ones', async () => {
    const report = await checkText(hostileText);
    const [suite] = readSuites(formatJunit(report, 'error'));
    const outcomes = suite!.testcase.map((test) => [
      test['@name'].replace(/web .*$/, 'web'),
      test.failure?.['@type'] ??
        (test.skipped === undefined ? (test['system-out'] === undefined ? 'pass' : 'told') : 'skipped'),
    ]);
    expect(outcomes).to.deep.include.members([
      ['manifest/unreadable', 'error'],
      ['Deployment/web security/run-as-non-root'.replace(/ .*$/, ''), 'error'],
      ['Deployment/web', 'skipped'],
      ['Deployment/clean', 'pass'],
    ]);
    const warning = await checkText(persona('web') + deployment('web').replace(':1.4.2', ':latest'));
    expect(readSuites(formatJunit(warning, 'error'))[0]!.testcase[0]!['system-out']).to.match(
      /^warning: stdin:29:11\n/,
    );
    expect(readSuites(formatJunit(warning, 'warning'))[0]!.testcase[0]!.failure!['@type']).to.equal(
      'warning',
    );
  });

  it('is one passing case for a workload without findings', async () => {
    const [suite] = readSuites(formatJunit(await checkText(persona('web') + deployment('web')), 'error'));
    expect(suite!['@name']).to.equal('stdin');
    expect(suite!.testcase.map((test) => test['@name'])).to.deep.equal(['Deployment/web']);
  });

  it('holds names of every kind', async () => {
    const report = await checkText(hostileText);
    fc.assert(
      fc.property(fc.oneof(fc.constant(hostile), fc.string({ unit: 'binary', maxLength: 30 })), (text) => {
        const findings = report.findings.map((finding) => ({
          ...finding,
          message: text,
          suggestion: text,
          file: text,
        }));
        readSuites(formatJunit({ ...report, findings }, 'info'));
      }),
      { numRuns: 60 },
    );
  });
});
