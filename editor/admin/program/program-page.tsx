/**
 * The editor: a form and the code beside it, two views of one text; below them what the check says. Monaco comes
 * when the code is shown. Nothing leaves the page before *Activate*.
 */
import Button from '@atlaskit/button/new';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Item } from '../../../dsl/ast.ts';
import type { ItemsTable } from '../../bridge/contract.ts';
import type { Call } from '../../bridge/use-call.ts';
import { useCall } from '../../bridge/use-call.ts';
import { clauseOf, name, nameText, slug } from '../../form/nodes.ts';
import { applyChanges } from '../../form/text.ts';
import type { TextEdit } from '../../language/index.ts';
import type { Place } from '../../monaco/code-editor.tsx';
import type { ItemHead } from '../../monaco/protocol.ts';
import { Failure } from '../../parts/failure.tsx';
import { guardLeaving, type Router } from '../../parts/router.ts';
import { timeAgo } from '../../parts/time.tsx';
import { call } from '../call.ts';
import { countsText } from '../items/words.ts';
import { Activate } from './activate.tsx';
import { type Beginning, beginning } from './beginning.ts';
import { type Base, useDraft } from './draft.ts';
import { ItemForm } from './item-form.tsx';
import { lookupsFor } from './lookups.ts';
import { FixWith, type NamedTables } from './parts.tsx';
import { Problems } from './problems.tsx';
import { ProgramHead, type View } from './program-head.tsx';
import { TryRecord } from './try-record.tsx';
import './program.css';

const CodeEditor = lazy(() => import('../../monaco/code-editor.tsx'));

interface ProgramPageProps {
  readonly router: Router;
  readonly table: Call<ItemsTable>;
  readonly connected: boolean;
  readonly onSaved: () => Promise<void>;
}

export default function ProgramPage(props: ProgramPageProps) {
  const { router, table } = props;
  const wanted = router.query.version === undefined ? undefined : Number(router.query.version);
  const old = useCall(async () => (wanted === undefined ? undefined : call('program.version', { version: wanted })));
  // The texts that the work starts from; what others save meanwhile is met when activating.
  const base = useRef<Base>(undefined);
  if (base.current === undefined && table.value !== undefined) {
    const { version, files } = table.value;
    base.current = { version, files };
  }
  if (table.error !== undefined || old.error !== undefined)
    return (
      <div className="page">
        <Failure error={table.error ?? old.error} title="The program could not be read" />
        <Button onClick={() => router.go('items')}>Back to the items</Button>
      </div>
    );
  if (base.current === undefined || (wanted !== undefined && old.value === undefined))
    return <div className="page skeleton" style={{ blockSize: '60vh' }} />;
  const begin = beginning(router, base.current, table.value!, old.value?.files);
  return <ProgramEditor {...props} base={base.current} begin={begin} />;
}

function ProgramEditor({
  router,
  table,
  connected,
  base,
  begin,
  onSaved,
}: ProgramPageProps & { readonly base: Base; readonly begin: Beginning }) {
  const draft = useDraft(base, begin.files);
  const [path, setPath] = useState(begin.path);
  const [chosen, setChosen] = useState(begin.item);
  const [view, setView] = useState<View>(() =>
    begin.line !== undefined ? 'code' : innerWidth < 1200 ? 'form' : 'both',
  );
  const [reveal, setReveal] = useState<Place | undefined>(() =>
    begin.line === undefined ? undefined : { path: begin.path, line: begin.line },
  );
  const [activating, setActivating] = useState(false);
  const [trying, setTrying] = useState(false);
  const [refused, setRefused] = useState<string>();

  // Of a new name the check has not heard yet.
  const [carried, setCarried] = useState<ItemHead>();
  const heads = draft.items.filter(each => each.path === path);
  const head =
    heads.find(({ id }) => id === chosen) ??
    heads[0] ??
    (carried?.path === path && !draft.checked ? carried : undefined);
  const [item, setItem] = useState<Item>();
  const { client, turn } = draft;
  const changes = useRef<Promise<unknown>>(Promise.resolve());
  const waiting = useRef(0);
  const id = head?.id;
  useEffect(() => {
    let gone = false;
    if (id === undefined) setItem(undefined);
    else
      void client.ask('item', path, id).then(found => {
        // What the form wants is newer than what the text says, until all of it is written.
        if (!gone && waiting.current === 0) setItem(found);
      });
    return () => {
      gone = true;
    };
  }, [client, path, id, turn]);

  useEffect(() => {
    guardLeaving(
      draft.dirty ? () => confirm('There are changes that are not activated. Leave them behind?') : undefined,
    );
    const warn = (event: BeforeUnloadEvent) => {
      if (draft.dirty) event.preventDefault();
    };
    addEventListener('beforeunload', warn);
    return () => {
      removeEventListener('beforeunload', warn);
      guardLeaving(undefined);
    };
  }, [draft.dirty]);

  const runs = useMemo(() => {
    const last = new Map<string, string>();
    for (const one of table.value?.items ?? [])
      if (one.latest !== null)
        last.set(one.id, `last run ${timeAgo(one.latest.at, Date.now())}: ${countsText(one.latest.counts)}`);
    return last;
  }, [table.value]);

  const fixAll = (edits: readonly TextEdit[]) => {
    for (const [to, own] of Map.groupBy(edits, edit => edit.path))
      draft.setText(to, applyChanges(draft.files[to] ?? '', own));
  };
  // An item keeps its form, and what is half filled in there, while its name gives it another id.
  const forms = useRef(new Map<string, string>());
  const place = useRef({ path, id });
  place.current = { path, id };
  const change = (next: Item) => {
    if (head === undefined || item === undefined) return;
    // A new item is called by its name until it is saved: the id follows, and so does the file.
    const fresh = table.value?.items.every(each => each.id !== head.id) === true && base.files[path] === undefined;
    const follows = fresh && (head.id === slug(head.name) || head.id.startsWith('new-item'));
    const named = next.name.kind === 'text' && next.name !== item.name ? slug(next.name.value) : undefined;
    const taken = draft.items.some(each => each !== head && each.id === named);
    const renamed = follows && named !== undefined && named !== head.id && !taken ? named : undefined;
    const wanted = renamed === undefined ? next : { ...next, id: name(renamed) };
    setItem(wanted);
    // One after the other: the next one may find the item under another name.
    waiting.current += 1;
    changes.current = changes.current.then(() => write(wanted, item, renamed)).finally(() => (waiting.current -= 1));
  };
  const write = async (wanted: Item, before: Item, renamed: string | undefined) => {
    const { path: at, id: was } = place.current;
    if (was === undefined) return;
    const text = await draft.editItem(at, was, wanted);
    if (text === undefined) {
      setItem(before);
      setRefused('This cannot be written into the text as it stands. Mend what the check says in the code first.');
      scrollTo(0, 0);
      return;
    }
    setRefused(undefined);
    if (renamed === undefined) return;
    const to = draft.renameFile(at, was, renamed);
    forms.current.set(`${to} ${renamed}`, forms.current.get(`${at} ${was}`) ?? `${at} ${was}`);
    place.current = { path: to, id: renamed };
    setCarried({
      path: to,
      id: renamed,
      name: wanted.name.kind === 'text' ? wanted.name.value : renamed,
      span: wanted.span,
      line: 1,
    });
    setChosen(renamed);
    setPath(to);
  };
  const show = useCallback((to: string, line: number, column?: number) => {
    setPath(to);
    setReveal({ path: to, line, ...(column === undefined ? {} : { column }) });
  }, []);
  const onText = useCallback((to: string, value: string) => draft.setText(to, value), [draft.setText]);
  const named: NamedTables = {
    turn,
    read: async table => (await client.ask('table', table))?.node,
    write: (table, next) =>
      void client.ask('editTable', table, next).then(answer => answer && draft.setText(answer.path, answer.text)),
  };
  const { items: all } = draft;
  const onMove = useCallback(
    (to: string, offset: number) => {
      const inside = all.find(each => each.path === to && each.span.start <= offset && offset <= each.span.end);
      if (inside !== undefined) setChosen(inside.id);
    },
    [all],
  );

  const errors = draft.problems.filter(({ severity }) => severity === 'error').length;
  const warnings = draft.problems.filter(({ severity }) => severity === 'warning').length;
  const title = head?.name ?? chosen ?? path;
  const mode = item === undefined ? undefined : nameText(clauseOf(item, 'sync')?.mode);

  return (
    <FixWith value={fixAll}>
      <div className={`page program view-${view}`}>
        <ProgramHead
          title={title}
          items={all}
          item={head}
          status={
            draft.dirty
              ? 'Not activated yet'
              : draft.base.version === 0
                ? 'Nothing saved yet'
                : `Version ${draft.base.version}`
          }
          undo={view === 'code' ? undefined : draft.undo}
          view={view}
          onBack={() => router.go('items')}
          onItem={to => {
            setChosen(to.id);
            show(to.path, to.line);
          }}
          onView={setView}
        >
          {mode !== 'display-only' && (
            <Button
              spacing="compact"
              isDisabled={!connected || errors > 0 || head === undefined}
              onClick={() => setTrying(true)}
            >
              Try on a record
            </Button>
          )}
          <Button
            appearance="primary"
            isDisabled={!connected || errors > 0 || !draft.dirty || !draft.checked || draft.metadata === undefined}
            onClick={() => setActivating(true)}
          >
            Activate…
          </Button>
        </ProgramHead>
        {!connected && (
          <p className="bad small">
            Salesforce is not connected: names cannot be checked, and nothing can be activated.
          </p>
        )}
        <Failure error={draft.broken} />
        {refused !== undefined && (
          <p className="bad" role="alert">
            {refused}
          </p>
        )}
        <div className={`program-body ${view}`}>
          {view !== 'code' && (
            <div className="program-form">
              {head === undefined && draft.checked && <p className="nothing subtle">There is no item in this file.</p>}
              {item === undefined && (head !== undefined || !draft.checked) && (
                <div className="skeleton" style={{ blockSize: 320 }} />
              )}
              {item !== undefined && head !== undefined && (
                <ItemForm
                  key={forms.current.get(`${path} ${head.id}`) ?? `${path} ${head.id}`}
                  path={path}
                  item={item}
                  metadata={draft.metadata}
                  failure={draft.failure}
                  store={draft.store}
                  problems={draft.problems.filter(problem => problem.path === path && problem.item === head.id)}
                  tables={draft.tables}
                  named={named}
                  onChange={change}
                />
              )}
            </div>
          )}
          {view !== 'form' && (
            <div className="program-code">
              <div className="files" role="tablist" aria-label="Files">
                {Object.keys(draft.files)
                  .sort()
                  .map(each => (
                    <button
                      key={each}
                      type="button"
                      role="tab"
                      aria-selected={each === path}
                      onClick={() => setPath(each)}
                    >
                      {each}
                      {draft.files[each] !== draft.base.files[each] && <span title="changed"> •</span>}
                    </button>
                  ))}
              </div>
              <Suspense fallback={<div className="skeleton code-editor" />}>
                <CodeEditor
                  client={draft.client}
                  files={draft.files}
                  path={path}
                  problems={draft.problems}
                  runs={runs}
                  reveal={reveal}
                  onChange={onText}
                  onOpen={show}
                  onMove={onMove}
                />
              </Suspense>
            </div>
          )}
        </div>
        <Problems
          problems={draft.problems}
          checked={draft.checked && draft.metadata !== undefined}
          unfolded={view === 'code'}
          errors={errors}
          warnings={warnings}
          onShow={problem => {
            setPath(problem.path);
            if (problem.item !== undefined) setChosen(problem.item);
            if (view === 'form') setView(innerWidth < 1200 ? 'code' : 'both');
            show(problem.path, problem.line);
          }}
          onFix={fixAll}
        />
        {trying && head !== undefined && item !== undefined && (
          <TryRecord
            files={draft.files}
            item={head.id}
            name={head.name}
            searched={lookupsFor(draft.metadata, item).searched}
            onClose={() => setTrying(false)}
          />
        )}
        {activating && (
          <Activate
            draft={draft}
            onClose={() => setActivating(false)}
            onDone={async () => {
              guardLeaving(undefined);
              await onSaved();
              router.go('items');
            }}
          />
        )}
      </div>
    </FixWith>
  );
}
