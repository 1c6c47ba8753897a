// What a person should know about a Dockerfile and no manifest carries: each with its line.
import type { Note } from '../../application/application.ts';
import type { EvaluatedStages } from './evaluate-stages.ts';
import type { Evaluation } from './evaluation.ts';
import type { ImageState, WrittenCommand } from './image-state.ts';
import { parseHealthcheck } from './health-probe.ts';
import { redactText } from '../../application/redact.ts';

/** The notes on the image that is built. */
export function noteImage(
  { final, stages }: EvaluatedStages,
  evaluation: Evaluation,
  target?: string,
): Note[] {
  const { state } = final;
  return [
    ...noteTriggers(state, evaluation),
    ...noteBrokenJson(state, evaluation),
    ...noteLostCommand(state, evaluation),
    ...noteUnknownBase(state, evaluation),
    ...noteSecretHealth(state, evaluation),
    ...noteMissingStages(stages, evaluation),
    ...noteSideStage({ final, stages }, evaluation, target),
  ];
}

function advise(evaluation: Evaluation, line: number, message: string, reason: string): Note {
  const { file } = evaluation;
  return { kind: 'advice', message: `${file}:${line}: ${message}`, evidence: [{ file, line, reason }] };
}

function noteTriggers({ onbuild }: ImageState, evaluation: Evaluation): Note[] {
  return onbuild.map(({ keyword, line }) =>
    advise(
      evaluation,
      line,
      `ONBUILD ${keyword} runs in images built FROM this one, not in this one`,
      'ONBUILD',
    ),
  );
}

function noteBrokenJson({ entrypoint, command }: ImageState, evaluation: Evaluation): Note[] {
  const broken = (written: WrittenCommand | undefined): boolean =>
    written?.isShellForm === true && /^\[\s*["'“]/.test(written.words[0] ?? '');
  return [entrypoint, command].flatMap((written) =>
    written && broken(written)
      ? [
          advise(
            evaluation,
            written.line,
            'this is no valid JSON, so that Docker runs it as a shell command, brackets and all; use double quotes and close the list',
            'broken JSON form',
          ),
        ]
      : [],
  );
}

function noteLostCommand({ entrypoint, command }: ImageState, evaluation: Evaluation): Note[] {
  if (!entrypoint?.isShellForm || !command || entrypoint.words[0] === '') return [];
  const message = 'CMD has no effect, because ENTRYPOINT has the shell form, which takes no arguments';
  return [advise(evaluation, command.line, message, 'CMD beside a shell-form ENTRYPOINT')];
}

function noteUnknownBase({ base }: ImageState, evaluation: Evaluation): Note[] {
  if (!base.value.includes('$')) return [];
  const message = `the base image ${redactText(base.value)} depends on a build argument without a default, so nothing is known of it`;
  return [advise(evaluation, base.line, message, 'FROM an argument')];
}

function noteSecretHealth(state: ImageState, evaluation: Evaluation): Note[] {
  if (!state.healthcheck) return [];
  const probe = parseHealthcheck(state.healthcheck, state.shell, () => undefined, evaluation.file);
  const text = [probe?.path ?? '', ...(probe?.command ?? [])].join(' ');
  if (redactText(text) === text && !evaluation.holdsSecret(text)) return [];
  const message =
    'HEALTHCHECK holds a credential, so that no probe is made of it; let the command read it from a variable';
  return [advise(evaluation, state.healthcheck.line, message, 'a credential in HEALTHCHECK')];
}

// COPY --from a later stage or an index that does not exist is an image's name to the builder, which is seldom meant.
function noteMissingStages(stages: EvaluatedStages['stages'], evaluation: Evaluation): Note[] {
  return stages.flatMap(({ state }) =>
    state.copies.flatMap(({ from, evidence }) =>
      from !== undefined && /^\d+$/.test(from) && Number(from) >= stages.length
        ? [
            advise(
              evaluation,
              evidence.line ?? 1,
              `COPY --from=${from}: there are ${stages.length} stages`,
              'COPY --from',
            ),
          ]
        : [],
    ),
  );
}

function noteSideStage({ final, stages }: EvaluatedStages, evaluation: Evaluation, target?: string): Note[] {
  const last = stages.at(-1);
  if (target !== undefined || !last || last === final) return [];
  const message = `the last stage ${last.name ?? ''} is not the application by its name, so that the stage ${final.name ?? ''} is built (--target ${final.name ?? ''})`;
  return [advise(evaluation, last.from.line, message, 'the last stage')];
}
