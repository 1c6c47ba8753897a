// Applies personas one after the other, and says of each what became of it.
import { DorguError } from '../../api/errors.ts';
import { applyObject, type ApplyOutcome } from '../../kube/apply.ts';
import type { KubeClient } from '../../kube/client.ts';
import { KubeError } from '../../kube/kube-error.ts';
import type { KubeObject } from '../../kube/objects.ts';
import { findObject } from '../../kube/read.ts';
import { explainApplyError, type ApplyCommands } from './explain-apply-error.ts';
import { describeObject, type PersonaInput } from './persona-input.ts';
import { isSameState, wouldChange } from './would-change.ts';

/** How to apply. */
export interface PersonaApplyOptions {
  dryRun: 'none' | 'client' | 'server';
  fieldManager: string;
  /** Takes fields over from other managers. */
  force: boolean;
  commands: ApplyCommands;
  signal: AbortSignal;
}

/** What became of one. */
export interface AppliedPersona {
  input: PersonaInput;
  outcome: ApplyOutcome;
  /** As the server has it now; for a client's dry run as it would be sent. */
  object: KubeObject;
}

/**
 * One after the other, each as soon as it is done. The first failure ends it.
 * @throws KubeError or DorguError Conflict, NotFound, Preflight; its details say what was written before, and what was not
 */
export async function* applyPersonas(
  client: KubeClient,
  inputs: readonly PersonaInput[],
  options: PersonaApplyOptions,
): AsyncGenerator<AppliedPersona, void, undefined> {
  for (const [index, input] of inputs.entries()) {
    options.signal.throwIfAborted();
    let applied: AppliedPersona;
    try {
      applied = await applyOne(client, input, options);
    } catch (error) {
      const explained = explainApplyError(error, input.object, options.commands);
      throw withProgress(explained, inputs, index, options.dryRun !== 'none');
    }
    yield applied;
  }
}

async function applyOne(
  client: KubeClient,
  input: PersonaInput,
  { dryRun, fieldManager, force, signal }: PersonaApplyOptions,
): Promise<AppliedPersona> {
  const { object, resource } = input;
  if (dryRun === 'none')
    return { input, ...(await applyObject(client, resource, object, { fieldManager, force, signal })) };
  const before = await findObject(client, resource, object.metadata, { signal });
  if (dryRun === 'client') {
    if (before === undefined) return { input, outcome: 'created', object };
    return { input, outcome: wouldChange(object, before) ? 'configured' : 'unchanged', object };
  }
  const isDryRun = true;
  const after = await applyObject(client, resource, object, { fieldManager, force, signal, isDryRun });
  // The resourceVersion of a dry run says nothing.
  const isUnchanged = before !== undefined && isSameState(before, after.object);
  return {
    input,
    outcome: isUnchanged ? 'unchanged' : after.outcome === 'created' ? 'created' : 'configured',
    object: after.object,
  };
}

/** The same error, with what was done before it. */
function withProgress(
  error: unknown,
  inputs: readonly PersonaInput[],
  failedAt: number,
  isDryRun: boolean,
): unknown {
  if (!(error instanceof DorguError) || inputs.length === 1 || isDryRun) return error;
  const names = (some: readonly PersonaInput[]) =>
    some.map(({ object }) => describeObject(object)).join(', ');
  const written = inputs.slice(0, failedAt);
  const details = [
    ...error.details,
    written.length === 0 ? 'nothing was written' : `written: ${names(written)}`,
    `not written: ${names(inputs.slice(failedAt))}`,
  ];
  const { code, message, kind, hint, cause } = error;
  if (!(error instanceof KubeError)) return new DorguError(code, message, { kind, hint, cause, details });
  const { status, httpStatus } = error;
  return new KubeError(code, message, {
    kind,
    hint,
    cause,
    details,
    ...(status === undefined ? {} : { status }),
    ...(httpStatus === undefined ? {} : { httpStatus }),
  });
}
