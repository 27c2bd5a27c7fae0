/** What the org and the site offer, for pickers and completion (O-2). */
import { matching, object, optional } from '../../shape.ts';
import { describedObject, jiraFor, objectNames } from '../live-metadata.ts';
import { type Endpoints, endpoint, Refused } from '../reply.ts';

export const metadataEndpoints: Endpoints = {
  'metadata.salesforce': endpoint(
    object({ object: optional(matching(/^\w{1,80}$/, 'the API name of an object')) }),
    async ({ deps, payload }) => {
      if (payload.object === undefined) return (await objectNames(deps)).filter(({ queryable }) => queryable);
      const found = await describedObject(deps, payload.object);
      if (found === undefined)
        throw new Refused(
          'gone',
          `The org has no object \`${payload.object}\`, or the Run As user may not see it. Check its API name and the user’s access.`,
        );
      return found;
    },
  ),
  'metadata.jira': endpoint(
    object({ project: optional(matching(/^[A-Za-z][A-Za-z0-9_]{0,254}$/, 'the key of a project')) }),
    ({ deps, payload }) => jiraFor(deps, payload.project === undefined ? [] : [payload.project]),
  ),
};
