import { isMissing } from '../../../dsl/ast.ts';
import { towardsJira } from '../fixes.ts';
import type { Rule } from '../rule.ts';

/** What is read over a relationship, or put together from several fields, cannot be written. */
export const sourceNeedsArrowToJira: Rule = {
  name: 'source-needs-arrow-to-jira',
  item({ file, mappings }, report) {
    for (const { node, source } of mappings) {
      if (isMissing(node.arrow) || node.arrow.arrow === '->') continue;
      const { arrow, span } = node.arrow;
      if (source.kind === 'template') {
        const fixes = towardsJira(file, node);
        report(file, span, 'template-needs-arrow-to-jira', { arrow }, { fixes });
      } else if (source.kind === 'path' && source.path.node.segments.length > 1) {
        const path = source.path.node.segments.map(segment => segment.text).join('.');
        const fixes = towardsJira(file, node);
        report(file, span, 'path-needs-arrow-to-jira', { path, arrow }, { fixes });
      }
    }
  },
};
