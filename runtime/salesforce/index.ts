/** Salesforce as the rest of the app sees it. */
export { apiVersion, createSalesforce, salesforceWith } from './client.ts';
export { checkHost, type HostCheck } from './hosts.ts';
export type { Fetch } from './http.ts';
export { type Credentials, requestToken, type Token } from './oauth.ts';
