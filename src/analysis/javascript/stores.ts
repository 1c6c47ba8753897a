// What a JavaScript component needs to reach: by its packages, and by the store its ORM is set to.
import type { DependencyFact } from '../../application/component.ts';
import type { Evidence } from '../../application/fact.ts';
import type { Scope } from '../analyser.ts';
import { evidenceAt, findInCode, type CodeFile } from '../code/code-file.ts';
import { recogniseDependencies, type Packages } from '../code/recognise.ts';
import { javascriptDependencies, storeDialects } from '../dependencies/javascript.ts';

const DIALECT =
  /\b(?:dialect|type|client|provider)\s{0,4}:\s{0,4}["'`](postgres(?:ql)?|pg|mysql2?|mariadb|mssql|mongodb|oracledb|cockroachdb)["'`]/g;

/** Dependencies by package, Prisma's provider and ORM settings. */
export function findStores(scope: Scope, packages: Packages, files: readonly CodeFile[]): DependencyFact[] {
  return [
    ...recogniseDependencies(javascriptDependencies, packages),
    ...prismaStores(scope),
    ...(hasOrm(packages) ? dialectStores(files) : []),
  ];
}

const hasOrm = (packages: Packages) =>
  [
    'sequelize',
    'typeorm',
    'knex',
    'drizzle-orm',
    '@nestjs/typeorm',
    '@nestjs/sequelize',
    'objection',
    '@mikro-orm/core',
  ].some((name) => packages.has(name));

function prismaStores({ tree, files }: Scope): DependencyFact[] {
  return files
    .filter((file) => file.endsWith('.prisma'))
    .flatMap((file) => {
      const text = (tree.read(file) ?? '').slice(0, 200_000);
      const match =
        /\bdatasource\s{1,8}\w{1,60}\s{0,8}\{[^}]{0,1000}?\bprovider\s{0,8}=\s{0,8}"(\w{1,30})"/.exec(text);
      const name = storeDialects.get(match?.[1] ?? '');
      if (!match || name === undefined) return [];
      const line = text.slice(0, match.index + match[0].length).split('\n').length;
      return [toStore(name, { file, line, reason: `Prisma's provider is ${match[1] ?? ''}` })];
    });
}

function dialectStores(files: readonly CodeFile[]): DependencyFact[] {
  return files.flatMap((file) =>
    [...findInCode(file, DIALECT)].flatMap((match) => {
      const name = storeDialects.get(match[1] ?? '');
      return name === undefined
        ? []
        : [toStore(name, evidenceAt(file, match.index, `is set to ${match[1] ?? ''}`))];
    }),
  );
}

const toStore = (name: string, evidence: Evidence): DependencyFact => ({
  name,
  type: 'database',
  evidence: [evidence],
});
