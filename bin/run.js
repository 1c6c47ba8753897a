#!/usr/bin/env node
// The command that kubectl runs as `kubectl dorgu`: says which Node is needed, then starts the built program, or the source where there is none.
// Plain syntax on purpose: an old Node has to be able to read this file before it can be told that it is too old.

var NEEDED = [22, 19];

/** Whether the running Node is at least NEEDED. */
function isNodeRecentEnough(version) {
  var parts = version.split('.').map(Number);
  return parts[0] > NEEDED[0] || (parts[0] === NEEDED[0] && parts[1] >= NEEDED[1]);
}

/** Starts dist/ if it was built, else src/. A file missing inside of dist/ is an error, not a reason to fall back. */
function start() {
  // A reader that goes away (`| head`) is no error: the rest has nobody to read it.
  process.stdout.on('error', function (error) {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  // Compiled code is kept between runs; where it cannot be (a read-only disk), Node goes on without.
  if (process.getBuiltinModule) process.getBuiltinModule('node:module').enableCompileCache();
  return import('../dist/launch.js')
    .catch(function (error) {
      if (error.code !== 'ERR_MODULE_NOT_FOUND' || !/dist[\\/]launch\.js' imported/.test(error.message))
        throw error;
      return import('../src/commands/main.ts');
    })
    .then(function (program) {
      return program.main(process.argv.slice(2));
    });
}

if (isNodeRecentEnough(process.versions.node)) {
  start();
} else {
  process.stderr.write(
    'error: kubectl-dorgu needs Node ' +
      NEEDED.join('.') +
      ' or newer, and ' +
      process.execPath +
      ' is ' +
      process.version +
      ': https://nodejs.org has Node 24 LTS\n',
  );
  process.exitCode = 3;
}
