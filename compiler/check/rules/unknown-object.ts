import { isMissing } from '../../../dsl/ast.ts';
import { nearest } from '../../suggest.ts';
import { nameInstead } from '../fixes.ts';
import type { Rule } from '../rule.ts';

/** The org has the object. Nothing inside an unknown one is looked up. */
export const unknownObject: Rule = {
  name: 'unknown-object',
  item({ clauses, file }, report, { lookup }) {
    if (lookup === undefined) return;
    for (const { object: name } of clauses.salesforce) {
      if (isMissing(name)) continue;
      const object = lookup.object(name.text);
      if (object === undefined) {
        report(file, name.span, 'unknown-object', () => {
          const near = nearest(name.text, lookup.metadata.salesforce.objects);
          return { holes: { name: name.text, near }, fixes: nameInstead(file, name.span, ...near) };
        });
      } else if (object.fields === undefined) {
        report(file, name.span, 'object-not-described', { name: object.name });
      }
    }
  },
};
