/** The promises, each of which looks at a world for itself. Adding one here holds every story to it. */
import { conflictsAreReal, laterEditWins, policyDecides } from './conflicts.ts';
import { newIssuesAreFilledIn } from './creation.ts';
import { explainsItself } from './explained.ts';
import { oneCommentEach, oneFileEach, oneIssueEach, restsForAReason } from './one-copy.ts';
import { linksStayWithTheirOrg } from './orgs.ts';
import type { Promised } from './promise.ts';
import { statusFollows } from './status.ts';
import {
  keepsSecrets,
  looksAfterQuarantine,
  neverDeletes,
  ownersAreSafe,
  quietAtLast,
  showsOnlyWhatOneMaySee,
  writesOnlyWhatDiffers,
} from './trace.ts';
import { valuesAgree } from './values.ts';

export type { Broken } from './promise.ts';

export const promises: readonly Promised[] = [
  oneIssueEach,
  oneCommentEach,
  oneFileEach,
  restsForAReason,
  valuesAgree,
  laterEditWins,
  policyDecides,
  conflictsAreReal,
  newIssuesAreFilledIn,
  statusFollows,
  quietAtLast,
  neverDeletes,
  ownersAreSafe,
  keepsSecrets,
  explainsItself,
  looksAfterQuarantine,
  writesOnlyWhatDiffers,
  showsOnlyWhatOneMaySee,
  linksStayWithTheirOrg,
];
