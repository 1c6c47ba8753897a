// Which persona may be meant by a name that no persona of the namespace has.
import type { ApplicationPersona } from '../../api/personas.ts';
import type { KubeClient } from '../../kube/client.ts';
import type { KubeObject } from '../../kube/objects.ts';
import { resources } from '../../kube/resources.ts';
import { createNotFoundError } from './explain-missing-persona.ts';
import { readPart } from './part.ts';

/** More are not compared with a name. */
const MAX_COMPARED = 2000;
/** Namespaces that are named. */
const MAX_NAMESPACES = 5;

/** `did you mean shop?`, or where there is one; undefined where nothing is near, or nothing could be asked. */
export async function suggestPersona(
  client: KubeClient,
  { namespace, name, signal }: { namespace: string; name: string; signal: AbortSignal },
): Promise<string | undefined> {
  try {
    const [here, elsewhere] = await Promise.all([
      readPart<ApplicationPersona & KubeObject>(client, resources.applicationPersonas, {
        namespace,
        most: MAX_COMPARED,
        signal,
      }),
      readPart(client, resources.applicationPersonas, {
        fieldSelector: `metadata.name=${name}`,
        most: MAX_NAMESPACES,
        signal,
      }),
    ]);
    const namespaces = elsewhere.objects.map(({ metadata }) => metadata.namespace ?? '').sort();
    const { hint = '' } = createNotFoundError({ namespace, name, cause: '' }, here.objects, namespaces);
    return /^(?:did you mean|there is one)/.test(hint) ? hint : undefined;
  } catch {
    // A suggestion is worth no error: what is wrong with the connection, the watch itself says.
    return undefined;
  }
}
