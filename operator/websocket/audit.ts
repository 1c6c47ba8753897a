// What the log tells of connections: who, from where, for how long and why it ended; nothing that opens anything.
import type { IncomingMessage } from 'node:http';
import type { Credential } from '../access/create-authenticator.ts';
import type { Logger } from '../manager/logger.ts';
import type { SessionEnd } from './session.ts';

const longestText = 256;

/** A line when it begins and one when it ends; control characters are escaped by the logger. */
export function createAudit(logger: Logger): {
  opened(
    credential: Credential,
    request: Pick<IncomingMessage, 'headers' | 'socket'>,
  ): (end: SessionEnd) => void;
} {
  let last = 0;
  return {
    opened: ({ kind, identity }, { headers, socket }) => {
      last += 1;
      const who = { connection: last, user: cut(identity.username) };
      logger.info('Stream opened', {
        ...who,
        groups: identity.groups.length,
        by: kind,
        address: socket.remoteAddress,
        userAgent: cut(headers['user-agent'] ?? ''),
      });
      return ({ reason, code, durationMs, sent, received }) =>
        logger.info('Stream closed', { ...who, reason, code, durationMs, sent, received });
    },
  };
}

function cut(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}
