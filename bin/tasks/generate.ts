// `npm run generate`: writes every file that derives from another, so that nothing is written down twice.
import { writeGenerated } from './generate/generated-file.ts';
import type { Generator } from './generate/generated-file.ts';
import { generateCustomResourceDefinitions } from './generate/custom-resource-definitions.ts';
import { generateReferencePage } from './generate/reference-page.ts';
import { generateOpenapiValidators } from './generate/openapi-validators.ts';
import { generatePersonaTypes } from './generate/persona-types.ts';
import { generatePersonaValidators } from './generate/persona-validators.ts';
import { generateCommandReference } from './generate/command-reference.ts';
import { generateErrorsPage } from './generate/errors-page.ts';
import { generateNeededRights } from './generate/needed-rights.ts';
import { generateOperatorImage } from './generate/operator-image.ts';
import { generateOperatorOptions } from './generate/operator-options.ts';
import { generatePermissionsPage } from './generate/permissions-page.ts';
import { generateRbac } from './generate/rbac.ts';
import { generateRoutingFlags } from './generate/routing-flags.ts';
import { generateRulesPage } from './generate/rules-page.ts';
import { generateSettingsValidators } from './generate/settings-validators.ts';

/** Add a generator here; each gives the files that it owns. */
const generators: readonly Generator[] = [
  generatePersonaTypes,
  generateCustomResourceDefinitions,
  generatePersonaValidators,
  generateReferencePage,
  generateOpenapiValidators,
  generateSettingsValidators,
  generateRoutingFlags,
  generateCommandReference,
  generateRulesPage,
  generateErrorsPage,
  generateRbac,
  generatePermissionsPage,
  generateNeededRights,
  generateOperatorOptions,
  generateOperatorImage,
];

for (const generate of generators) {
  for (const file of await generate()) {
    const isChanged = await writeGenerated(file);
    console.log(`${isChanged ? 'written  ' : 'unchanged'}  ${file.path}`);
  }
}
