// What operator/Dockerfile calls: everything of the operator that goes into its image, into the folder that is named.
import { resolve } from 'node:path';
import { buildOperator } from './build/operator.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined)
  throw new Error('expected the folder to write to: node bin/tasks/build-operator.ts FOLDER');
await buildOperator(resolve(import.meta.dirname, '../..'), resolve(folder));
