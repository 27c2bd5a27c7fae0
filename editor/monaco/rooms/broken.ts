/** Reading a text that the grammar refuses. */
export { readTolerantly } from '../../../dsl/tolerant/read.ts';
