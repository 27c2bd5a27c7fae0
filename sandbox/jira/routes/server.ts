/** What a client asks first: which Jira this is. */
import type { RouteSet } from '../app.ts';
import { jiraTime } from '../times.ts';

export const serverRoutes: RouteSet = (routes, jira) => {
  routes.get('/rest/api/3/serverInfo', call =>
    call.json({
      baseUrl: jira.world.baseUrl,
      version: '1001.0.0-SNAPSHOT',
      versionNumbers: [1001, 0, 0],
      deploymentType: 'Cloud',
      buildNumber: 100_300,
      buildDate: '2026-11-01T00:00:00.000+0000',
      serverTime: jiraTime(jira.now()),
      scmInfo: 'sandbox',
      serverTitle: jira.world.site.title,
      serverTimeZone: jira.world.site.timeZone,
    }),
  );
};
