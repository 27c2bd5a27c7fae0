/**
 * The editor: a form and the code beside it, two views of one text; below them what the check says. Nothing leaves the page before *Activate*.
 */
import Button from '@atlaskit/button/new';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ItemsTable } from '../../bridge/contract.ts';
import { AppError } from '../../bridge/invoke.ts';
import type { Call } from '../../bridge/use-call.ts';
import { useCall } from '../../bridge/use-call.ts';
import { clauseOf, nameText } from '../../form/nodes.ts';
import { applyChanges } from '../../form/text.ts';
import type { TextEdit } from '../../language/index.ts';
import type { Place } from '../../monaco/code-editor.tsx';
import type { ItemHead, Problem } from '../../monaco/protocol.ts';
import { Failure } from '../../parts/failure.tsx';
import { guardLeaving, type Router } from '../../parts/router.ts';
import { timeAgo } from '../../parts/time.tsx';
import { call } from '../call.ts';
import { countsText } from '../items/words.ts';
import { Activate } from './activate.tsx';
import { type Beginning, beginning } from './beginning.ts';
import { CodePane } from './code-pane.tsx';
import { type Draft, useDraft } from './draft.ts';
import { useFormItem } from './form-item.ts';
import { ItemForm } from './item-form.tsx';
import { lookupsFor, scopeOf } from './lookups.ts';
import { NoItem } from './no-item.tsx';
import { FixWith, type NamedTables, Turn } from './parts.tsx';
import { Problems } from './problems.tsx';
import { ProgramHead, type View } from './program-head.tsx';
import { useSame } from './same.ts';
import { TryRecord } from './try-record.tsx';
import type { Base } from './working-copy.ts';
import './program.css';

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
  const { client, copy } = draft;
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

  // Of a new name the check has not heard yet.
  const [carried, setCarried] = useState<ItemHead>();
  const heads = draft.items.filter(each => each.path === path);
  const head =
    heads.find(({ id }) => id === chosen) ??
    heads[0] ??
    (carried?.path === path && !draft.checked ? carried : undefined);
  const { item, problems, form, refused, change } = useFormItem({
    draft,
    path,
    head,
    fresh: table.value?.items.every(each => each.id !== head?.id) === true && base.files[path] === undefined,
    onRenamed: now => {
      setCarried(now);
      setChosen(now.id);
      setPath(now.path);
    },
  });
  // Whole when it appears: what comes to be known later would move it under somebody's hand.
  const whole = useRef<string>(undefined);
  if (item !== undefined && (draft.complete || draft.failure !== undefined)) whole.current = form;

  useLeaving(draft.dirty);

  const runs = useMemo(() => {
    const last = new Map<string, string>();
    for (const one of table.value?.items ?? [])
      if (one.latest !== null)
        last.set(one.id, `last run ${timeAgo(one.latest.at, Date.now())}: ${countsText(one.latest.counts)}`);
    return last;
  }, [table.value]);

  const latest = useRef(draft);
  latest.current = draft;
  const fixAll = useCallback(
    (edits: readonly TextEdit[]) => {
      const { judged } = copy.state();
      for (const [to, own] of Map.groupBy(edits, edit => edit.path)) {
        const was = judged[to];
        if (was !== undefined) copy.carryOver(to, was, applyChanges(was, own));
      }
    },
    [copy],
  );
  const show = useCallback((to: string, line: number, column?: number) => {
    setPath(to);
    setReveal({ path: to, line, ...(column === undefined ? {} : { column }) });
  }, []);
  const named = useMemo(
    (): NamedTables => ({
      read: id => client.ask('table', id),
      write: copy.edit,
    }),
    [client, copy],
  );
  const rename = (to: string) => {
    const { [path]: text = '', ...others } = copy.texts();
    copy.setFiles({ ...others, [others[to] === undefined ? to : path]: text });
    if (others[to] === undefined) setPath(to);
  };
  const onMove = useCallback((to: string, offset: number) => {
    const inside = latest.current.items.find(
      each => each.path === to && each.span.start <= offset && offset <= each.span.end,
    );
    if (inside !== undefined) setChosen(inside.id);
  }, []);
  const showProblem = useCallback(
    (problem: Problem) => {
      setPath(problem.path);
      if (problem.item !== undefined) setChosen(problem.item);
      setView(now => (now !== 'form' ? now : innerWidth < 1200 ? 'code' : 'both'));
      show(problem.path, problem.line);
    },
    [show],
  );

  const tables = useSame(draft.tables);
  const errors = draft.problems.filter(({ severity }) => severity === 'error').length;
  const warnings = draft.problems.filter(({ severity }) => severity === 'warning').length;
  const mode = item === undefined ? undefined : nameText(clauseOf(item, 'sync')?.mode);

  return (
    <FixWith value={fixAll}>
      <div className={`page program view-${view}`}>
        <ProgramHead
          title={head?.name ?? chosen ?? path}
          items={draft.items}
          item={head}
          status={statusOf(draft)}
          undo={view === 'code' || !draft.undoable ? undefined : copy.undo}
          view={view}
          onBack={() => router.go('items')}
          onItem={({ path: to, id }) => {
            setChosen(id);
            show(to, latest.current.items.find(each => each.path === to && each.id === id)?.line ?? 1);
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
            isDisabled={!connected || errors > 0 || !draft.dirty || !draft.complete}
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
        <Failure error={draft.broken ? notLoaded : undefined} />
        {refused && (
          <p className="bad" role="alert">
            This cannot be written into the text as it stands. Mend what the check says in the code first.
          </p>
        )}
        <div className={`program-body ${view}`}>
          {view !== 'code' && (
            <div className="program-form">
              {head === undefined && draft.checked && (
                <NoItem path={path} text={draft.files[path] ?? ''} broken={errors > 0} onRename={rename} />
              )}
              {item !== undefined && head !== undefined && whole.current === form ? (
                <Turn value={draft.turn}>
                  <ItemForm
                    key={form}
                    path={path}
                    item={item}
                    metadata={draft.metadata}
                    failure={draft.failure}
                    store={draft.store}
                    problems={problems}
                    tables={tables}
                    named={named}
                    onChange={change}
                  />
                </Turn>
              ) : (
                (head !== undefined || !draft.checked) && <div className="skeleton" style={{ blockSize: 320 }} />
              )}
            </div>
          )}
          {view !== 'form' && (
            <CodePane
              client={client}
              files={draft.files}
              texts={copy.texts}
              before={draft.base.files}
              path={path}
              problems={draft.problems}
              known={draft.known}
              runs={runs}
              reveal={reveal}
              onChange={copy.type}
              onOpen={show}
              onMove={onMove}
              onPath={setPath}
            />
          )}
        </div>
        <Problems
          problems={draft.problems}
          checked={draft.complete}
          unfolded={view === 'code' || head === undefined}
          errors={errors}
          warnings={warnings}
          onShow={showProblem}
          onFix={fixAll}
        />
        {trying && head !== undefined && item !== undefined && (
          <TryRecord
            files={draft.files}
            item={head.id}
            name={head.name}
            searched={lookupsFor(draft.metadata, scopeOf(item)).searched}
            onClose={() => setTrying(false)}
          />
        )}
        {activating && (
          <Activate
            draft={draft}
            items={table.value?.items ?? []}
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

const notLoaded = new AppError(
  'unreachable',
  'A part of the editor could not be loaded, so the last change is not taken over. Look at your network and make it again; the rest of what you did stays here meanwhile.',
);

/** Asks before what is not activated is left behind. */
function useLeaving(dirty: boolean): void {
  useEffect(() => {
    guardLeaving(dirty ? () => confirm('There are changes that are not activated. Leave them behind?') : undefined);
    const warn = (event: BeforeUnloadEvent) => {
      if (dirty) event.preventDefault();
    };
    addEventListener('beforeunload', warn);
    return () => {
      removeEventListener('beforeunload', warn);
      guardLeaving(undefined);
    };
  }, [dirty]);
}

/** Which version is edited, and whether all of it runs. */
function statusOf({ base: { version }, dirty }: Draft): string {
  if (version === 0) return dirty ? 'Not activated yet' : 'Nothing saved yet';
  return dirty ? `Version ${version}, with changes that are not activated yet` : `Version ${version}`;
}
