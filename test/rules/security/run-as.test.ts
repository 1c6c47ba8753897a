// Who containers run as, and what they may become.
import { privilegeEscalation } from '../../../src/rules/security/privilege-escalation.ts';
import { readOnlyRoot } from '../../../src/rules/security/read-only-root.ts';
import { runAsNonRoot } from '../../../src/rules/security/run-as-non-root.ts';
import { runAsRootUid } from '../../../src/rules/security/run-as-root-uid.ts';
import { describeRule } from '../rule-cases.ts';

const context = (securityContext: unknown) => ({ securityContext });
const field = (name: string, place = 'containers[0]') => `${place}.securityContext.${name}`;
const security = (fields: object) => ({ policies: { security: fields } });
const windows = { os: { name: 'windows' } };

const nonRoot = field('runAsNonRoot');

describeRule(runAsNonRoot, {
  'unset is not true': { says: [`error ${nonRoot}: unset, true`] },
  'false is not true': {
    container: context({ runAsNonRoot: false }),
    says: [`error ${nonRoot}: false, true`],
  },
  'true is': { container: context({ runAsNonRoot: true }), says: 'nothing' },
  'the pod speaks for a container that says nothing': {
    pod: context({ runAsNonRoot: true }),
    says: 'nothing',
  },
  'a false of the container overrides the pod’s true': {
    pod: context({ runAsNonRoot: true }),
    container: context({ runAsNonRoot: false }),
    says: [`error ${nonRoot}: false, true`],
  },
  'a true of the container overrides the pod’s false': {
    pod: context({ runAsNonRoot: false }),
    container: context({ runAsNonRoot: true }),
    says: 'nothing',
  },
  'a null of the container leaves it to the pod': {
    pod: context({ runAsNonRoot: true }),
    container: context({ runAsNonRoot: null }),
    says: 'nothing',
  },
  'sidecars and init containers are asked, too': {
    container: context({ runAsNonRoot: true }),
    initContainers: [{ name: 'migrate' }, { name: 'proxy', restartPolicy: 'Always' }],
    says: [
      `error ${field('runAsNonRoot', 'initContainers[0]')}: unset, true`,
      `error ${field('runAsNonRoot', 'initContainers[1]')}: unset, true`,
    ],
  },
  'a user above 0 counts as met, with a note': {
    container: context({ runAsUser: 10001 }),
    says: [`info ${nonRoot}: unset, true`],
  },
  'a user above 0 of the pod does, too': {
    pod: context({ runAsUser: 1 }),
    says: [`info ${nonRoot}: unset, true`],
  },
  'a user above 0 does not outweigh an explicit false': {
    container: context({ runAsUser: 10001, runAsNonRoot: false }),
    says: [`error ${nonRoot}: false, true`],
  },
  'user 0 of the container hides the pod’s user': {
    pod: context({ runAsUser: 10001 }),
    container: context({ runAsUser: 0 }),
    says: [`error ${nonRoot}: unset, true`],
  },
  'the text "true" is not true': {
    container: context({ runAsNonRoot: 'true' }),
    says: [`error ${nonRoot}: "true", true`],
  },
  'a number is not true': { container: context({ runAsNonRoot: 1 }), says: [`error ${nonRoot}: 1, true`] },
  'a securityContext that is no object says nothing': {
    container: context('strict'),
    says: [`error ${nonRoot}: unset, true`],
  },
  'a persona that allows root is not asked': {
    persona: security({ runAsNonRoot: false }),
    says: 'not-applicable',
  },
  'a cluster asks whatever the persona allows': {
    persona: security({ runAsNonRoot: false }),
    cluster: security({ enforceNonRoot: true }),
    says: [`error ${nonRoot}: unset, true`],
  },
  'a cluster that does not ask leaves it to the persona': {
    persona: security({ runAsNonRoot: false }),
    cluster: security({ enforceNonRoot: false }),
    says: 'not-applicable',
  },
});

const uid = field('runAsUser');

describeRule(runAsRootUid, {
  'no user says nothing': { says: 'nothing' },
  'a user above 0 is fine': { container: context({ runAsUser: 10001 }), says: 'nothing' },
  'user 0 is root': { container: context({ runAsUser: 0 }), says: [`error ${uid}: 0, a user above 0`] },
  'user 0 of the pod is root in each container, once': {
    pod: context({ runAsUser: 0 }),
    says: ['error securityContext.runAsUser: 0, a user above 0'],
  },
  'a container may leave the pod’s user 0': {
    pod: context({ runAsUser: 0 }),
    container: context({ runAsUser: 10001 }),
    says: 'nothing',
  },
  'user 0 where root is allowed is allowed': {
    persona: security({ runAsNonRoot: false }),
    container: context({ runAsUser: 0 }),
    says: 'nothing',
  },
  'user 0 with runAsNonRoot cannot start, whoever allows root': {
    persona: security({ runAsNonRoot: false }),
    pod: context({ runAsNonRoot: true }),
    container: context({ runAsUser: 0 }),
    says: [`error ${uid}: 0, a user above 0`],
  },
  'a user below 0 is malformed': {
    container: context({ runAsUser: -1 }),
    says: [`error ${uid}: -1, a user above 0`],
  },
  'a user that is text is malformed': {
    container: context({ runAsUser: 'root' }),
    says: [`error ${uid}: root, a user above 0`],
  },
  'Windows has no such users': { pod: { ...windows, ...context({ runAsUser: 0 }) }, says: 'not-applicable' },
});

const escalation = field('allowPrivilegeEscalation');

describeRule(privilegeEscalation, {
  'unset is true': { says: [`error ${escalation}: unset, false`] },
  'true is true': {
    container: context({ allowPrivilegeEscalation: true }),
    says: [`error ${escalation}: true, false`],
  },
  'false is false': { container: context({ allowPrivilegeEscalation: false }), says: 'nothing' },
  'the text "false" is not false': {
    container: context({ allowPrivilegeEscalation: 'false' }),
    says: [`error ${escalation}: "false", false`],
  },
  'the pod cannot say it': {
    pod: context({ allowPrivilegeEscalation: false }),
    says: [`error ${escalation}: unset, false`],
  },
  'a privileged container escalates whatever it says': {
    container: context({ allowPrivilegeEscalation: false, privileged: true }),
    says: [`error ${field('privileged')}: privileged, false`],
  },
  'CAP_SYS_ADMIN does, too, with and without its prefix': {
    container: context({ allowPrivilegeEscalation: false, capabilities: { add: ['CAP_SYS_ADMIN'] } }),
    beside: [
      {
        name: 'proxy',
        ...context({ allowPrivilegeEscalation: false, capabilities: { add: ['SYS_ADMIN'] } }),
      },
      { name: 'cache', ...context({ allowPrivilegeEscalation: false, capabilities: { add: ['CHOWN'] } }) },
    ],
    says: [
      `error ${field('capabilities.add')}: CAP_SYS_ADMIN, false`,
      `error ${field('capabilities.add', 'containers[1]')}: SYS_ADMIN, false`,
    ],
  },
  'init containers are asked': {
    container: context({ allowPrivilegeEscalation: false }),
    initContainers: [{ name: 'migrate' }],
    says: [`error ${field('allowPrivilegeEscalation', 'initContainers[0]')}: unset, false`],
  },
  'Windows does not know it': { pod: windows, says: 'not-applicable' },
  'a node selector for Windows is enough': {
    pod: { nodeSelector: { 'kubernetes.io/os': 'windows' } },
    says: 'not-applicable',
  },
  'a persona that allows it is not asked': {
    persona: security({ allowPrivilegeEscalation: true }),
    says: 'not-applicable',
  },
});

const root = field('readOnlyRootFilesystem');

describeRule(readOnlyRoot, {
  'unset is writable': { says: [`warning ${root}: unset, true`] },
  'false is writable': {
    container: context({ readOnlyRootFilesystem: false }),
    says: [`warning ${root}: false, true`],
  },
  'true is not': { container: context({ readOnlyRootFilesystem: true }), says: 'nothing' },
  'the pod cannot say it': {
    pod: context({ readOnlyRootFilesystem: true }),
    says: [`warning ${root}: unset, true`],
  },
  'init containers are asked': {
    container: context({ readOnlyRootFilesystem: true }),
    initContainers: [{ name: 'migrate' }],
    says: [`warning ${field('readOnlyRootFilesystem', 'initContainers[0]')}: unset, true`],
  },
  'a persona that writes is not asked': {
    persona: security({ readOnlyRootFilesystem: false }),
    says: 'not-applicable',
  },
  'a cluster may ask all the same': {
    persona: security({ readOnlyRootFilesystem: false }),
    cluster: security({ enforceReadOnlyRoot: true }),
    says: [`warning ${root}: unset, true`],
  },
  'Windows cannot have it': { pod: windows, says: 'not-applicable' },
});
