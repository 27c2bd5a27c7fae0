/** The admin page's resolver: every function needs Administer Jira, asked of Jira as the user on every call. */
import { permissionsOf } from '../jira/index.ts';
import { connectionEndpoints } from './admin/connection.ts';
import { dataEndpoints } from './admin/data.ts';
import { historyEndpoints } from './admin/history.ts';
import { itemEndpoints } from './admin/items.ts';
import { metadataEndpoints } from './admin/metadata.ts';
import { pauseEndpoints } from './admin/pauses.ts';
import { createResolver, Refused } from './reply.ts';

export const adminResolver = createResolver(
  {
    ...connectionEndpoints,
    ...itemEndpoints,
    ...pauseEndpoints,
    ...historyEndpoints,
    ...metadataEndpoints,
    ...dataEndpoints,
  },
  async ({ deps }) => {
    if (!(await permissionsOf(deps.asUser, ['ADMINISTER'])).has('ADMINISTER'))
      throw new Refused('forbidden', 'Only people who administer Jira can do this. Ask one of them.');
  },
);
