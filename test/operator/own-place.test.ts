// Where the operator believes to run.
import { expect } from 'chai';
import { createIdentity, findOwnNamespace, findOwnObject } from '../../operator/own-place.ts';

describe('the operator’s own place', () => {
  const file = (text: string | undefined) => () => text;

  it('is POD_NAMESPACE, else the ServiceAccount’s namespace, else dorgu-system', () => {
    expect(findOwnNamespace({ env: { POD_NAMESPACE: 'ops' }, readText: file('shop') })).to.equal('ops');
    expect(findOwnNamespace({ env: { POD_NAMESPACE: '' }, readText: file('shop\n') })).to.equal('shop');
    expect(findOwnNamespace({ env: {}, readText: file(undefined) })).to.equal('dorgu-system');
  });

  it('is told about on its pod, and outside of one on the Secret of its CA', () => {
    const pod = findOwnObject({ env: { POD_UID: 'u-1' }, hostname: 'dorgu-operator-1' }, 'ops');
    expect(pod).to.include({ kind: 'Pod', namespace: 'ops', name: 'dorgu-operator-1', uid: 'u-1' });
    const outside = findOwnObject({ env: {}, hostname: 'laptop' }, 'ops');
    expect(outside).to.include({ kind: 'Secret', namespace: 'ops', name: 'dorgu-ca' });
  });

  it('has a name of its own, also where a pod of the same name comes back', () => {
    const [one, other] = [createIdentity({ hostname: 'pod-1' }), createIdentity({ hostname: 'pod-1' })];
    expect(one).to.match(/^pod-1_[0-9a-f-]{36}$/);
    expect(one).to.not.equal(other);
  });
});
