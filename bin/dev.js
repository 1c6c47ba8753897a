#!/usr/bin/env node
// The command for those who work on it: always the source, never dist/.
import { main } from '../src/commands/main.ts';

process.stdout.on('error', (error) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
await main(process.argv.slice(2));
