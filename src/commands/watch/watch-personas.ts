// `persona watch`, `watch personas` and `persona status --watch` show one thing: what of them is the same.
import { suggestPersona } from '../../cluster/gather/suggest-persona.ts';
import type { ConnectionFlagValues } from '../connection-flags.ts';
import { personaKinds } from '../persona/persona-name.ts';
import { assertOneMeaning } from './flags.ts';
import { personaView, toPersonaDocument } from './views/personas.ts';
import { WatchCommand } from './watch-command.ts';
import type { WatchRequest } from './watch-topic.ts';
import { parseWatchedName } from './watched-name.ts';
import { toWatchedPlace } from './watched-place.ts';

/** A command that watches personas. */
export abstract class PersonaWatchCommand extends WatchCommand {
  /** Resolves to the exit code. @throws DorguError (usage) before anything is asked */
  protected async watchPersonas(
    nameText: string | undefined,
    flags: ConnectionFlagValues & WatchRequest<'personas'>['flags'],
  ): Promise<number> {
    const command = this.id ?? '';
    const name = parseWatchedName(nameText, personaKinds, command);
    assertOneMeaning(name, flags, command);
    const client = await this.connect(flags);
    const { namespace } = client;
    const { interest, nothing } = toWatchedPlace('persona', name, flags, namespace);
    return this.watch(client, {
      query: { topic: 'personas', ...interest, isWhole: flags.output === 'json' },
      show: { view: personaView, toDocument: toPersonaDocument },
      flags,
      nothing,
      ...(name === undefined
        ? {}
        : { suggest: (signal: AbortSignal) => suggestPersona(client, { namespace, name, signal }) }),
    });
  }
}
