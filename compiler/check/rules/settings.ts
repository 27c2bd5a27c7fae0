import { isMissing } from '../../../dsl/ast.ts';
import { jiraFieldOf } from '../../bind/bound.ts';
import { settingValue } from '../../bind/setting.ts';
import type { Rule } from '../rule.ts';

/** Constants of `new issue` are values that their fields take. */
export const settings: Rule = {
  name: 'settings',
  item({ file, settings: all }, report) {
    for (const { node, target } of all) {
      const found = jiraFieldOf(target);
      if (found === undefined || isMissing(node.value) || found.field.id === 'status') continue;
      if (node.value.kind === 'text' && node.value.unclosed) continue;
      if (node.value.kind === 'empty' && found.screen?.required) {
        const why = 'new issues need it';
        report(file, node.value.span, 'setting-does-not-fit', { field: found.field.name, why });
        continue;
      }
      const value = settingValue(found.field, found.screen, node.value);
      if (!value.ok) report(file, node.value.span, 'setting-does-not-fit', { field: found.field.name, why: value.why });
    }
  },
};
