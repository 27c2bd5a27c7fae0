import { isMissing } from '../../../dsl/ast.ts';
import { nearest } from '../../suggest.ts';
import { nameInstead } from '../fixes.ts';
import type { Rule } from '../rule.ts';

/** A test is for an item that there is. */
export const unknownItem: Rule = {
  name: 'unknown-item',
  program({ tests, itemsById }, report) {
    for (const { file, node, item } of tests) {
      if (isMissing(node.item) || item !== undefined) continue;
      const { text: name, span } = node.item;
      report(file, span, 'unknown-item', () => {
        const near = nearest(name, itemsById.keys());
        const holes = { name, alone: itemsById.size === 0, near };
        return { holes, fixes: nameInstead(file, span, ...near) };
      });
    }
  },
};
