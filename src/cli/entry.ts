#!/usr/bin/env node
// The first thing that runs, so it must load on a Node too old for everything else: nothing here is newer than Node 18.
import module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import v8 from 'node:v8';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 24 || (major === 24 && minor < 15)) {
  process.stderr.write(
    `msportal needs Node 24.15 or newer, and this is Node ${process.versions.node} (${process.execPath}). Install a current Node from https://nodejs.org; in a checkout of the project, \`npm start\` brings its own.\n`,
  );
  process.exitCode = 1;
} else {
  // Not Node's default, a folder in the shared /tmp: whoever writes there first would choose the code we run.
  module.enableCompileCache(join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'msportal', 'code'));
  // V8 begins with room for a megabyte of what is new, and doubles it while a program loads, each time moving all of it: a sixth of the
  // processor's time up to the console's first frame.
  v8.setFlagsFromString('--semi-space-growth-factor=16');
  const { main } = await import('./main.ts');
  await main(process.argv.slice(2));
}
