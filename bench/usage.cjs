/** Required before a program that is timed from outside: says at its end, on descriptor 3, what CPU time it took. */
const { writeSync } = require('node:fs');

process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  writeSync(3, `${(user + system) / 1000}`);
});
