// What the operator may do, and that config/rbac says the same: little, and nothing by wildcard.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseAllDocuments } from 'yaml';
import type { Permission } from '../../operator/manager/permission.ts';
import { joinPermissions, operatorPermissions } from '../../operator/permissions.ts';

interface Rule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
  resourceNames?: string[];
}

const folder = join(import.meta.dirname, '../../config/rbac');

/** Every rule of the operator's roles as `verb resource.group [names] (namespace)`. */
function listRules(): string[] {
  const objects = ['role.yaml', 'leader_election_role.yaml']
    .filter((name) => readdirSync(folder).includes(name))
    .flatMap((name) => parseAllDocuments(readFileSync(join(folder, name), 'utf8')))
    .map((document) => document.toJS() as { kind: string; metadata: { namespace?: string }; rules: Rule[] });
  return objects.flatMap(({ metadata: { namespace }, rules }) =>
    rules.flatMap(({ apiGroups, resources, verbs, resourceNames = [] }) =>
      apiGroups.flatMap((group) =>
        resources.flatMap((resource) =>
          verbs.map(
            (verb) => `${verb} ${resource}.${group} [${resourceNames.join()}] (${namespace ?? 'everywhere'})`,
          ),
        ),
      ),
    ),
  );
}

describe('the permissions of the operator', () => {
  it('stand in config/rbac, each once and no other', () => {
    const asked = operatorPermissions.flatMap(
      ({ group, resource, verbs, names = [], isOwnNamespace, namespace }) =>
        verbs.map((verb) => {
          const place = isOwnNamespace === true ? 'dorgu-system' : (namespace ?? 'everywhere');
          return `${verb} ${resource}.${group} [${names.join()}] (${place})`;
        }),
    );
    expect(listRules()).to.have.members(asked);
    expect(new Set(asked).size).to.equal(asked.length);
  });

  it('hold no wildcard, no Secret of others, and no write but to what is its own', () => {
    const writes = new Set(['create', 'update', 'patch', 'delete']);
    const written = operatorPermissions.filter(({ verbs }) => verbs.some((verb) => writes.has(verb)));
    const questions = ['tokenreviews', 'subjectaccessreviews'];
    const own = ['applicationpersonas/status', 'clusterpersonas/status', 'events', ...questions];
    // Its own one, by name; it stands in no namespace.
    const isOwnWebhook = ({ resource }: Permission) => resource === 'validatingwebhookconfigurations';
    for (const permission of written) {
      const { resource, isOwnNamespace = false, names = [] } = permission;
      const isByName = (isOwnNamespace || isOwnWebhook(permission)) && names.length > 0;
      expect(own.includes(resource) || isByName, resource).to.equal(true);
    }
    for (const { group, resource, verbs, names = [] } of operatorPermissions)
      expect(`${group} ${resource} ${verbs.join()} ${names.join()}`).to.not.contain('*');
    const secrets = operatorPermissions.filter(({ resource }) => resource === 'secrets');
    expect(secrets).to.have.length(1);
    expect(secrets[0]).to.deep.include({ names: ['dorgu-ca'], isOwnNamespace: true });
  });

  it('say why', () => {
    for (const { resource, why } of operatorPermissions) expect(why, resource).to.match(/^[a-z].{8,}[^.]$/);
  });

  it('of several parts are one: verbs in one order, reasons side by side', () => {
    const ask = { group: '', resource: 'pods' };
    const joined = joinPermissions([
      [{ ...ask, verbs: ['watch', 'list'], why: 'one' }],
      [
        { ...ask, verbs: ['get', 'list'], why: 'two' },
        { ...ask, verbs: ['get'], why: 'one' },
        { ...ask, verbs: ['get'], isOwnNamespace: true, why: 'three' },
      ],
    ]);
    expect(joined).to.deep.equal([
      { ...ask, verbs: ['get', 'list', 'watch'], why: 'one; two' },
      { ...ask, verbs: ['get'], isOwnNamespace: true, why: 'three' },
    ]);
  });
});
