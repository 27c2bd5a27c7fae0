/**
 * People. They are matched by e-mail address where Jira shows one; a value table may name account ids
 * instead, so a text without `@` that looks like one is taken as one.
 */
import type { ConversionContext, Converted, Step } from './conversion.ts';
import { done, failed, quoted, spelled } from './conversion.ts';
import { partsOf } from './option.ts';
import { cut, fitting } from './text.ts';

const accountId = /^[\w:-]{5,128}$/;

function accountOf(text: string, context: ConversionContext): string | undefined {
  if (text.includes('@')) return context.accountIdOf(text);
  return accountId.test(text) ? text : undefined;
}

const unknownUser = (text: unknown): Converted =>
  failed(`no Jira user with the e-mail address ${quoted(text)} can be found`);

export const writeUser: Step = (value, context) => {
  const account = accountOf(spelled(value), context);
  return account === undefined ? unknownUser(value) : done({ accountId: account });
};

export const writeUsers: Step = (value, context) => {
  const users: { accountId: string }[] = [];
  for (const text of partsOf(value) ?? []) {
    const account = accountOf(text, context);
    if (account === undefined) return unknownUser(text);
    users.push({ accountId: account });
  }
  // Separators alone name nobody, and an empty list would take away who is there.
  return users.length === 0 ? unknownUser(value) : done(users);
};

/** The e-mail addresses of one or several users. */
export const writeEmails: Step = (value, context) => {
  const emails: string[] = [];
  for (const account of Array.isArray(value) ? value : [value]) {
    const email = context.emailOf(spelled(account));
    if (email === undefined) return failed(`the Jira profile of user ${quoted(account)} hides the e-mail address`);
    emails.push(email);
  }
  const text = cut(emails.join('; '), context);
  return fitting(text, text.length, context.maxLength);
};
