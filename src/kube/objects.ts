// Objects of the API, read, listed in pages, applied and deleted.
import type { ObjectMeta } from '../api/object-meta.ts';

/** Any object of the API: what everything has, and fields of which nothing is known. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  [field: string]: unknown;
}
