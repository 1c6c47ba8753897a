// -o of commands that print objects: what it takes, what it refuses, what comes out.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { DorguError } from '../../../src/api/errors.ts';
import {
  formatObject,
  formatObjectList,
  formatObjects,
} from '../../../src/commands/printers/format-objects.ts';
import {
  parseObjectFormat,
  type ObjectFormat,
  type PlainObjectFormat,
} from '../../../src/commands/printers/object-format.ts';

const shop = {
  apiVersion: 'dorgu.io/v1',
  kind: 'ApplicationPersona',
  metadata: { name: 'shop', namespace: 'store', managedFields: [{ manager: 'kubectl' }] },
  spec: { name: 'shop', type: 'api' },
};
const others = { ...shop, metadata: { name: 'web' } };

describe('-o of objects', () => {
  let cwd: string;
  before(() => {
    cwd = mkdtempSync(join(tmpdir(), 'dorgu-printers-'));
    writeFileSync(join(cwd, 'template'), '{.kind}/{.metadata.name}\n');
    writeFileSync(join(cwd, 'large'), 'x'.repeat(100_000));
  });
  after(() => rmSync(cwd, { recursive: true, force: true }));

  const read = (text: string | undefined, isWide = true): ObjectFormat =>
    parseObjectFormat(text, { command: 'persona list', cwd, isWide, isTerminal: false });
  const print = (text: string) => formatObject(shop, read(text) as PlainObjectFormat);

  const printed: Record<string, [format: string, text: string]> = {
    'name is what kubectl takes as an argument': ['name', 'applicationpersona.dorgu.io/shop\n'],
    'a template prints what it finds and nothing more': ['jsonpath={.spec.type}', 'api'],
    'an equals sign belongs to the template': ['jsonpath={.kind}=x', 'ApplicationPersona=x'],
    'a template may be printed as JSON': ['jsonpath-as-json={.spec.type}', '[\n    "api"\n]\n'],
    'a template may stand in a file': ['jsonpath-file=template', 'ApplicationPersona/shop\n'],
  };
  for (const [sentence, [format, text]] of Object.entries(printed)) {
    it(sentence, () => expect(print(format)).to.equal(text));
  }

  it('leaves out who manages the fields, in JSON and YAML alike', () => {
    const expected = { ...shop, metadata: { name: 'shop', namespace: 'store' } };
    expect(JSON.parse(print('json'))).to.deep.equal(expected);
    expect(parse(print('yaml'))).to.deep.equal(expected);
  });

  it('prints several as a List, names as lines', () => {
    const list = JSON.parse(formatObjectList([shop, others], { kind: 'json' })) as {
      kind: string;
      items: unknown[];
    };
    expect(list.kind).to.equal('List');
    expect(list.items).to.have.length(2);
    expect(formatObjects([shop, others], { kind: 'name' })).to.equal(
      'applicationpersona.dorgu.io/shop\napplicationpersona.dorgu.io/web\n',
    );
    expect(JSON.parse(formatObjectList([], { kind: 'json' }))).to.have.property('items').that.is.empty;
  });

  it('is a screen for people without it, and a wider one with wide', () => {
    expect(read(undefined)).to.deep.equal({ kind: 'people', isWide: false });
    expect(read('wide')).to.deep.equal({ kind: 'people', isWide: true });
  });

  it('escapes what a template finds where a terminal shows it', () => {
    const context = { command: 'persona list', cwd, isTerminal: true };
    const format = parseObjectFormat('jsonpath={.metadata.name}{"\\n"}', context) as PlainObjectFormat;
    const hostile = { ...shop, metadata: { name: 'a\x1b[2J' } };
    expect(formatObject(hostile, format)).to.equal('a\\x1b[2J\n');
  });

  const refusals: Record<string, [format: string, message: RegExp, hint: RegExp]> = {
    'a format that there is not': [
      'xml',
      /invalid value "xml" for -o: expected wide, json, yaml, name, jsonpath=/,
      /-h/,
    ],
    'a misspelt one names the nearest': ['jsn', /invalid value "jsn"/, /did you mean -o json\?/],
    'jsonpath without a template': ['jsonpath', /without a template/, /-o jsonpath='\{\.metadata\.name\}'/],
    'jsonpath with an empty one': ['jsonpath=', /without a template/, /-o jsonpath=/],
    'a template that cannot be read': ['jsonpath={.a', /cannot read the JSONPath template/, /kubernetes\.io/],
    'a template file that is not there': [
      'jsonpath-file=none',
      /cannot read the template file "none"/,
      /ls -l none/,
    ],
    'a template file that is none': ['jsonpath-file=large', /larger than 64 KiB/, /range/],
  };
  for (const [sentence, [format, message, hint]] of Object.entries(refusals)) {
    it(`refuses ${sentence}`, () => {
      try {
        read(format);
      } catch (error) {
        if (!(error instanceof DorguError)) throw error;
        expect(error.kind).to.equal('usage');
        expect(error.message).to.match(message);
        expect(error.hint).to.match(hint);
        return;
      }
      expect.fail('taken');
    });
  }

  it('has no wide format where the command has none', () => {
    expect(() => read('wide', false)).to.throw(DorguError, /expected json, yaml, name/);
  });
});
