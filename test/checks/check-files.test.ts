// Controls: what is generated passes, and each generated object, broken in one way, is refused in words.
import { expect } from 'chai';
import { checkFiles } from '../../src/checks/check-files.ts';
import { breakFile, set } from './break-object.ts';
import { brokenCompanions } from './broken-companions.ts';
import { brokenPods } from './broken-pods.ts';
import { brokenWorkloads } from './broken-workloads.ts';
import { filesOfEveryKind } from './generated-files.ts';

const withIngress = filesOfEveryKind({ kind: 'ingress', host: 'shop.example.com' });
const withRoute = filesOfEveryKind({ kind: 'gateway', host: 'shop.example.com', gatewayName: 'public' });

describe('checks of generated files', () => {
  it('find nothing in what is generated, one of every kind', () => {
    expect(checkFiles(withIngress)).to.deep.equal([]);
    expect(checkFiles(withRoute)).to.deep.equal([]);
  });

  for (const [sentence, { file, change, field, says }] of Object.entries({
    ...brokenPods,
    ...brokenWorkloads,
    ...brokenCompanions,
  })) {
    it(`refuse ${sentence}`, () => {
      const files = file.endsWith('httproute') ? withRoute : withIngress;
      const found = checkFiles(breakFile(files, `k8s/${file}.yaml`, change));
      const fitting = found.filter(({ path, message }) => field.test(path) && says.test(message));
      expect(fitting, JSON.stringify(found, null, 1)).to.not.deep.equal([]);
      expect(fitting[0]?.expected).to.not.equal('');
    });
  }

  it('refuse an Application that leaves its repository', () => {
    const found = checkFiles(
      breakFile(withIngress, 'argocd/application.yaml', set('spec.source.path', '../other')),
    );
    expect(found.map(({ message }) => message)).to.deep.equal(['the path leaves the repository']);
  });

  it('refuse a kustomization that names a file which is not there', () => {
    const found = checkFiles(withIngress.filter(({ path }) => path !== 'k8s/front/pdb.yaml'));
    expect(found).to.deep.include({
      file: 'k8s/front/kustomization.yaml',
      path: 'resources[5]',
      message: 'the kustomization names what is not there',
      expected: 'a file or folder beside it',
      found: 'pdb.yaml',
    });
  });

  it('refuse text that YAML 1.1 reads differently', () => {
    const files = withIngress.map((file) =>
      file.path === 'k8s/front/configmap.yaml'
        ? { ...file, content: file.content.replace('info', 'yes') }
        : file,
    );
    expect(checkFiles(files).map(({ message }) => message)).to.deep.equal([
      'the text does not hold its objects',
    ]);
  });

  it('refuse text that holds another object than the one that was checked', () => {
    const files = withIngress.map((file) =>
      file.path === 'k8s/front/configmap.yaml'
        ? { ...file, content: file.content.replace('info', 'debug') }
        : file,
    );
    expect(checkFiles(files).map(({ message }) => message)).to.deep.equal([
      'the text does not hold its objects',
    ]);
  });

  it('refuse text that is no YAML', () => {
    const files = [{ path: 'k8s/x.yaml', content: 'a: [', objects: [] }];
    expect(checkFiles(files).map(({ message }) => message)).to.deep.equal(['the file is no YAML']);
  });
});
