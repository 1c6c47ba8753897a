// `persona status --watch`: the screen that redraws itself on a terminal, elsewhere what `persona watch` prints.
import { inspectPersona } from '../../../cluster/inspect-persona.ts';
import { suggestPersona } from '../../../cluster/gather/suggest-persona.ts';
import type { ConnectedClient } from '../../../kube/client.ts';
import { processClock } from '../../../ui/live/pacer.ts';
import { createPalette } from '../../../ui/palette.ts';
import { createSymbols } from '../../../ui/symbols.ts';
import { isColoured } from '../../invocation.ts';
import { isLiveTerminal } from '../../watch/choose-output.ts';
import type { OutputParts } from '../../watch/output.ts';
import { personaView, toPersonaDocument } from '../../watch/views/personas.ts';
import { watchTopic, type WatchHost, type WatchRequest } from '../../watch/watch-topic.ts';
import { formatNotYet } from '../../watch/watched-name.ts';
import { formatScreen } from './layout.ts';
import { createLiveStatus } from './live-status.ts';
import { toScreen } from './screen.ts';

/** Resolves to the exit code. @throws as {@link watchTopic} does */
export function watchStatus(
  client: ConnectedClient,
  name: string,
  flags: WatchRequest<'personas'>['flags'],
  host: WatchHost,
): Promise<number> {
  const { namespace } = client;
  const isScreen = flags.output !== 'json' && isLiveTerminal(host.invocation);
  return watchTopic(
    client,
    {
      query: { topic: 'personas', namespace, name, isWhole: flags.output === 'json' },
      show: { view: personaView, toDocument: toPersonaDocument },
      flags,
      nothing: formatNotYet('persona', { namespace, name }),
      suggest: (signal) => suggestPersona(client, { namespace, name, signal }),
      ...(isScreen ? { createScreen: (parts) => createScreen(client, name, { flags, host, ...parts }) } : {}),
    },
    host,
  );
}

function createScreen(
  client: ConnectedClient,
  name: string,
  {
    flags,
    host: { invocation },
    ...parts
  }: OutputParts & {
    onQuit: () => void;
    flags: WatchRequest<'personas'>['flags'];
    host: WatchHost;
  },
) {
  const { stdin, stdout, stderr, env, signal } = invocation;
  const palette = createPalette(isColoured(stdout, env, flags.color));
  const { ellipsis } = createSymbols(env, process.platform);
  const isWide = flags.output === 'wide';
  return createLiveStatus({
    ...parts,
    terminal: { output: stdout, input: stdin, process },
    clock: processClock,
    ellipsis,
    isNoteShown: stderr.isTTY === true,
    inspect: () => inspectPersona(client, { namespace: client.namespace, name, signal }, () => new Date()),
    format: (report, { columns }) =>
      formatScreen(toScreen(report, { now: new Date(parts.now()), isWide }), {
        width: columns,
        palette,
        ellipsis,
      }),
  });
}
