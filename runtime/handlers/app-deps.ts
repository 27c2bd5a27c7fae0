/** What the app's functions are handed, apart from who makes it, since making it may take what is handed. */
import type { JiraClient, RequestJira } from '../jira/index.ts';
import type { Log } from '../ports.ts';
import type { AppQueue } from '../queue/index.ts';
import type { Deps } from '../run/index.ts';
import type { Fetch } from '../salesforce/index.ts';
import type { AppStore } from '../storage/index.ts';

export interface AppDeps extends Deps {
  readonly store: AppStore;
  readonly jira: JiraClient;
  readonly queue: AppQueue;
  readonly log: Log;
  readonly fetch: Fetch;
  /** Jira as the user behind the request. */
  readonly asUser: RequestJira;
  readonly asApp: RequestJira;
}
