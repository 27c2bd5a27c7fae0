/** Writing texts: what the form wants, and the canonical layout. Both prove what they wrote by reading it again. */
export { editDeclaration } from '../../form/edit.ts';
export { format } from '../../language/format.ts';
