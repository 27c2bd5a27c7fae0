/** Every rule, one file each. The order has no meaning: findings are sorted by place. */
import type { Rule } from '../rule.ts';

export const rules: readonly Rule[] = [];
