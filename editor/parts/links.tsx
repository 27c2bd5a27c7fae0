/** Ways out of the page: to a record in Salesforce and to an issue in Jira, each in a tab of its own. */
import { router } from '@forge/bridge';
import { createContext, useContext } from 'react';

/** The org's address, for links to records; absent while not connected. */
export const OrgAddress = createContext<string | undefined>(undefined);

export function RecordLink({ id }: { readonly id: string }) {
  const org = useContext(OrgAddress);
  if (org === undefined) return <span className="code">{id}</span>;
  const address = `${org}/${id}`;
  return (
    <a
      className="code"
      href={address}
      target="_blank"
      rel="noreferrer"
      onClick={event => {
        event.preventDefault();
        void router.open(address);
      }}
    >
      {id}
    </a>
  );
}

export function IssueLink({ issueKey }: { readonly issueKey: string }) {
  const address = `/browse/${issueKey}`;
  return (
    <a
      href={address}
      target="_blank"
      rel="noreferrer"
      onClick={event => {
        event.preventDefault();
        void router.open(address);
      }}
    >
      {issueKey}
    </a>
  );
}
