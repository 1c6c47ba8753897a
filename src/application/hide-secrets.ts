// Takes credentials out of claims before anything is made of them: start commands and the words of evidence quote people's files.
import type { Claims } from './claims.ts';
import type { Evidence, Fact } from './fact.ts';
import { redactText } from './redact.ts';

/** The claims with `***` where a start command, a description or the reason of a piece of evidence held a secret. */
export function hideSecrets(claims: Claims): Claims {
  const hidden: Record<string, unknown> = {};
  for (const [key, facts] of Object.entries(claims))
    hidden[key] = (facts as { evidence: Evidence[] }[]).map((fact) => ({
      ...fact,
      evidence: fact.evidence.map((one) => ({ ...one, reason: redactText(one.reason) })),
    }));
  const { startCommand, description, ...others } = hidden as Claims;
  return {
    ...others,
    ...(startCommand && { startCommand: startCommand.map(hideValue) }),
    ...(description && { description: description.map(hideValue) }),
  };
}

const hideValue = (fact: Fact<string>): Fact<string> => ({ ...fact, value: redactText(fact.value) });
