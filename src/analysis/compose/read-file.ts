// Reads one compose file into nodes: YAML, variables, validation, one form.
import { createComposeError } from './compose-error.ts';
import { canonicalise } from './canonical.ts';
import { composeFile } from './file-keys.ts';
import { interpolate, InterpolationError, type Variables } from './interpolate.ts';
import { countNode, type LoadContext } from './load-context.ts';
import { createList, createMapping, entriesOf, isNull, type ComposeNode, type ScalarNode } from './node.ts';
import { parseYaml } from './parse-yaml.ts';
import { validate } from './validate.ts';

/** The documents of a file, validated. Throws {@link DorguError} with file, line and column. */
export function readDocuments(
  context: LoadContext,
  text: string,
  file: string,
  variables: Variables,
): ComposeNode[] {
  return parseYaml(text, file)
    .filter((document) => !isNull(document))
    .map((document) => {
      const filled = fillVariables(context, document, variables);
      validate(filled, composeFile, '');
      return canonicalise(filled);
    });
}

function fillVariables(context: LoadContext, node: ComposeNode, variables: Variables): ComposeNode {
  countNode(context, node.place);
  switch (node.kind) {
    case 'scalar':
      return fillScalar(context, node, variables);
    case 'list':
      return createList(
        node.items.map((item) => fillVariables(context, item, variables)),
        node,
      );
    case 'mapping':
      return createMapping(
        entriesOf(node).map(([key, value]) => [key, fillVariables(context, value, variables)] as const),
        node,
        node.keyPlaces,
      );
  }
}

function fillScalar(context: LoadContext, node: ScalarNode, variables: Variables): ScalarNode {
  if (typeof node.value !== 'string' || !node.value.includes('$')) return node;
  try {
    const { text, missing, demanded, secrets } = interpolate(node.value, variables);
    for (const name of missing) {
      if (!context.missing.has(name))
        context.missing.set(name, { place: node.place, isDemanded: demanded.includes(name) });
    }
    const filled: ScalarNode = { ...node, value: text };
    if (missing.length > 0) filled.missing = missing;
    if (secrets.length > 0) filled.secrets = secrets;
    return filled;
  } catch (error) {
    if (!(error instanceof InterpolationError)) throw error;
    throw createComposeError(
      'ComposeInvalid',
      node.place,
      `a variable: ${error.message}`,
      'Write $$ where a dollar sign is meant.',
    );
  }
}
