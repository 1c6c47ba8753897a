// AdmissionReview in and out: what is asked, read from foreign JSON, and the JSON of the answer.
import { fieldAt, fieldsOf, textOf } from '../../src/api/foreign-fields.ts';
import type { Decision } from '../../src/rules/decide.ts';
import { parseBody } from './parse-body.ts';

/** What the API server asks. Objects may be anything. */
export interface Review {
  /** Echoed in the answer. */
  uid: string;
  /** `CREATE`, `UPDATE`; others have no opinion. */
  operation: string;
  /** `deployments` */
  resource: string;
  /** `scale`; empty for the object itself. */
  subResource: string;
  namespace: string;
  /** Empty where the server is to make one. */
  name: string;
  /** Nothing of it will be kept. */
  isDryRun: boolean;
  object: unknown;
  /** Of a body that was received it is parsed each time that it is read. */
  readonly oldObject: unknown;
}

/** A body that is no review: a sentence for who has sent it. */
export interface NoReview {
  problem: string;
}

const apiVersion = 'admission.k8s.io/v1';
const kind = 'AdmissionReview';

/** A uid of the API server has 36 characters. */
const maxUidLength = 256;

/** Reads a body. Never throws. */
export function parseReview(text: string): Review | NoReview {
  const body = parseBody(text);
  if (body === undefined) return { problem: 'expected JSON' };
  const { value, readOldObject } = body;
  if (fieldAt(value, 'kind') !== kind || fieldAt(value, 'apiVersion') !== apiVersion)
    return { problem: `expected ${kind} of ${apiVersion}` };
  const request = fieldsOf(fieldAt(value, 'request'));
  const uid = textOf(request['uid']);
  if (uid === '' || uid.length > maxUidLength)
    return { problem: `expected request.uid of 1 to ${maxUidLength} characters` };
  return {
    uid,
    operation: textOf(request['operation']),
    resource: textOf(fieldAt(request['resource'], 'resource')),
    subResource: textOf(request['subResource']),
    namespace: textOf(request['namespace']),
    name: textOf(request['name']),
    isDryRun: request['dryRun'] === true,
    object: request['object'],
    get oldObject() {
      return readOldObject();
    },
  };
}

/** Nearly all answers are this one, around the uid. */
const [beforeUid, afterUid] = JSON.stringify({
  apiVersion,
  kind,
  response: { uid: '', allowed: true },
}).split(/(?<="uid":)""/) as [string, string];

/** The answer's JSON. */
export function formatAnswer(uid: string, { allowed, message, warnings }: Decision): string {
  if (allowed && warnings.length === 0) return beforeUid + JSON.stringify(uid) + afterUid;
  return JSON.stringify({
    apiVersion,
    kind,
    response: {
      uid,
      allowed,
      ...(allowed ? {} : { status: { code: 403, reason: 'Forbidden', message } }),
      ...(warnings.length === 0 ? {} : { warnings }),
    },
  });
}
