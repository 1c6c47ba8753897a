// PERSONA.md: what a team reads of its application, and that no text of the application is markup in it.
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { analyseApplication } from '../../src/analysis/analyse.ts';
import { withServices } from '../../src/application/with-services.ts';
import type { Application } from '../../src/application/application.ts';
import { buildManifests } from '../../src/manifests/build.ts';
import { createDefaultOptions } from '../../src/manifests/options.ts';

const examples = resolve(import.meta.dirname, '../../examples');

async function read(name: string): Promise<Application> {
  return withServices(await analyseApplication(join(examples, name)), undefined);
}

function pageOf(application: Application, format: 'kustomize' | 'plain' | 'helm' = 'kustomize'): string {
  const { files } = buildManifests(application, { ...createDefaultOptions(application.name), format });
  return files.find(({ path }) => path === 'PERSONA.md')?.content ?? '';
}

describe('PERSONA.md', () => {
  it('says what the application is, what it needs and promises, how to run and restore it', async () => {
    const page = pageOf(await read('express-shop'));
    const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(([, title]) => title);
    expect(headings).to.deep.equal([
      'express-shop',
      'What it is made of',
      'How it fits together',
      'Its components',
      'shop',
      'db',
      'cache',
      'Run it',
      'Restore it',
    ]);
    for (const line of [
      'Sells things: orders in PostgreSQL, carts in Redis.',
      '- `DATABASE_URL` from the Secret `shop`; it does not start without.',
      '- It is ready when `/readyz` answers (src/server.js:20).',
      'kubectl apply -f k8s/namespace.yaml',
      'kubectl apply -k k8s',
      '- the values of the Secrets `shop` and `db`: keep them where your team keeps secrets;',
    ])
      expect(page.split('\n'), line).to.include(line);
    expect(page).to.match(/^- the data of db in `.*`, on the claim `.*-db-0` \(1Gi\): back it up/m);
  });

  it('draws who needs whom', async () => {
    const page = pageOf(await read('express-shop'));
    const [, drawing = ''] = /```mermaid\n([^]*?)```/.exec(page) ?? [];
    const id = (name: string) => new RegExp(`^ +(c\\d+).*"${name}`, 'm').exec(drawing)?.[1] ?? '';
    expect(drawing)
      .to.include(`${id('shop')} --> ${id('db')}`)
      .and.include(`${id('shop')} --> ${id('cache')}`);
  });

  it('names the command of its own format', async () => {
    const application = await read('fastapi-notes');
    expect(pageOf(application, 'plain')).to.include('kubectl apply -R -f k8s');
    expect(pageOf(application, 'helm')).to.include('helm upgrade --install fastapi-notes k8s');
  });

  it('is the same for the same application', async () => {
    expect(pageOf(await read('market'))).to.equal(pageOf(await read('market')));
  });

  it('takes no text of the application for Markdown, Mermaid or HTML', async () => {
    const application = await read('express-shop');
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(
        '```\n# owned',
        '"] --> evil["',
        '<script>alert(1)</script>',
        '| a | b |',
        '[x](javascript:1)',
        '-->',
        '# title',
        '1. one',
        '\u202Eevil',
        '![x](http://x)',
      ),
    );
    fc.assert(
      fc.property(hostile, (text) => {
        const [first] = application.components;
        if (!first) throw new Error('no component');
        const fact = { value: text, confidence: 1, evidence: [{ file: text, line: 1, reason: text }] };
        const component = {
          ...first,
          description: fact,
          framework: fact,
          language: fact,
          startCommand: fact,
          languageVersion: fact,
        };
        const dependencies = [{ name: text, type: 'external' as const, evidence: [] }];
        const page = pageOf({ ...application, components: [{ ...component, dependencies }] });
        expect(page.match(/^#+ .*$/gm)).to.deep.equal(
          pageOf({ ...application, components: [{ ...first, dependencies }] }).match(/^#+ .*$/gm),
        );
        expect((page.match(/^```/gm) ?? []).length % 2).to.equal(0);
        const [, drawing = ''] = /```mermaid\n([^]*?)\n```/.exec(page) ?? [];
        for (const line of drawing.split('\n').slice(1))
          expect(line).to.match(
            /^ {2}(\w+(\["[^"]*"\]|\[\("[^"]*"\)\]|\(\["[^"]*"\]\)|\[\["[^"]*"\]\])|\w+ -\.?->? \w+|\w+ --> \w+)$/,
          );
        expect(page.replaceAll(/`[^`\n]*`/g, '').replace(/^<!--.*-->$/m, '')).not.to.match(
          /(?<!\\)<(?!br\/>)/,
        );
      }),
      { numRuns: 150 },
    );
  });
});
