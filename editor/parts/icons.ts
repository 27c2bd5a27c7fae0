/**
 * The icons of the page. Atlassian ships them as CommonJS only, and a bundler that follows Node's rule for
 * modules gives such a file's exports where its default is asked for; both are understood here.
 */
import add from '@atlaskit/icon/core/add';
import back from '@atlaskit/icon/core/arrow-left';
import check from '@atlaskit/icon/core/check-mark';
import cross from '@atlaskit/icon/core/cross';
import refresh from '@atlaskit/icon/core/refresh';
import more from '@atlaskit/icon/core/show-more-horizontal';
import warning from '@atlaskit/icon/core/warning';

const glyph = <T>(given: T): T => (given as { readonly default?: T }).default ?? given;

export const AddIcon = glyph(add);
export const BackIcon = glyph(back);
export const CheckIcon = glyph(check);
export const CrossIcon = glyph(cross);
export const MoreIcon = glyph(more);
export const RefreshIcon = glyph(refresh);
export const WarningIcon = glyph(warning);
