/** The admin page: the connection on top, the Smart Connected Items below, what needs attention between them. */
import Heading from '@atlaskit/heading';
import { useCall } from '../bridge/use-call.ts';
import { AttentionList } from './attention-list.tsx';
import { call } from './call.ts';
import { ConnectionCard } from './connection-card.tsx';
import { ItemsTable } from './items-table.tsx';

export function AdminPage() {
  const connection = useCall(() => call('connection.get', {}));
  const items = useCall(async () => (await call('items.list', {})).items);
  const attention = useCall(() => call('attention.list', {}));
  const readAgain = async () => {
    await Promise.all([connection.again(), items.again(), attention.again()]);
  };

  return (
    <main className="admin">
      <Heading size="large" as="h1">
        Salesforce Bridge for Jira
      </Heading>
      <ConnectionCard connection={connection} onChange={readAgain} />
      <AttentionList attention={attention} />
      <ItemsTable items={items} connected={connection.value?.connected === true} onRefresh={readAgain} />
    </main>
  );
}
