// JSONPath templates print what the real kubectl prints.
import { expect } from 'chai';
import { createTemplate, type JsonValue } from '../../../src/ui/jsonpath/jsonpath.ts';
import { useCluster } from '../../cluster/use-cluster.ts';
import { persona, refused, templates } from './documents.ts';

describe('JSONPath beside kubectl', () => {
  const cluster = useCluster();
  let namespace: string;
  let document: JsonValue;

  const get = (template: string, names: readonly string[] = ['shop']) =>
    cluster.kubectl(['get', 'applicationpersonas', ...names, '-n', namespace, '-o', `jsonpath=${template}`]);

  before(async () => {
    namespace = await cluster.createNamespace();
    await cluster.expectKubectl(['create', '-n', namespace, '-f', '-'], { input: JSON.stringify(persona) });
    const text = await cluster.expectKubectl([
      ...['get', 'applicationpersonas', 'shop', '-n', namespace, '-o', 'json', '--show-managed-fields'],
    ]);
    document = JSON.parse(text) as JsonValue;
  });

  it('prints the same for every template', async () => {
    expect(templates.length).to.be.greaterThan(60);
    const answers = await Promise.all(templates.map((template) => get(template)));
    for (const [index, template] of templates.entries()) {
      const { stdout, code } = answers[index]!;
      expect(code, template).to.equal(0);
      expect(createTemplate(template).format(document), template).to.equal(stdout);
    }
  });

  it('refuses what kubectl refuses', async () => {
    const answers = await Promise.all(refused.map((template) => get(template)));
    for (const [index, template] of refused.entries()) {
      expect(answers[index]!.code, template).to.equal(1);
      expect(() => createTemplate(template).format(document), template).to.throw(/JSONPath template/);
    }
  });

  it('prints the same for a list', async () => {
    for (const template of [
      '{.items[*].metadata.name}',
      '{range .items[*]}{.metadata.name}{"\\n"}{end}',
      '{.kind}',
    ]) {
      const { stdout } = await get(template, []);
      expect(createTemplate(template).format({ kind: 'List', items: [document] })).to.equal(stdout);
    }
  });
});
