/**
 * Before each test file: properties roll the same dice at each run, so that a failure is the change's and not the
 * day's. `FRESH_DICE=1` rolls anew; a seed that it finds goes into the test as an example.
 */
import process from 'node:process';
import fc from 'fast-check';

if (process.env.FRESH_DICE === undefined) fc.configureGlobal({ seed: 20261125 });
