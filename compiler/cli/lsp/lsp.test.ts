import { spawn } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  CodeActionRequest,
  CodeLensRequest,
  type CompletionItem,
  CompletionRequest,
  createProtocolConnection,
  DefinitionRequest,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentFormattingRequest,
  DocumentSymbolRequest,
  ExitNotification,
  FoldingRangeRequest,
  HoverRequest,
  InitializeRequest,
  InlayHintRequest,
  type Position,
  PublishDiagnosticsNotification,
  ReferencesRequest,
  RenameRequest,
  ShowMessageNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { itemWith } from '../../../test/kit/check.ts';
import { memoryHost } from '../kit/memory-host.ts';
import { snapshot } from '../kit/run-bridge.ts';
import { run } from '../main.ts';

const good = itemWith('  create all\n  fields { Subject -> "Customer"  Priority -> priority by p }');
const tables = 'values p {\n  "High" <-> "Highest"\n  otherwise keep\n}\n';
const uri = (path: string): string => `file:///desk/${path}`;

/** An editor on the other end of the streams. */
async function editor(files: Readonly<Record<string, string>>) {
  const [there, back] = [new PassThrough(), new PassThrough()];
  const host = memoryHost({
    files: { 'metadata.lock.json': snapshot, ...files },
    streams: { input: there, output: back },
  });
  const status = run(['lsp', '--stdio'], host);
  const client = createProtocolConnection(new StreamMessageReader(back), new StreamMessageWriter(there));
  const findings = new Map<string, readonly Diagnostic[]>();
  client.onNotification(PublishDiagnosticsNotification.type, told => {
    findings.set(told.uri, told.diagnostics);
  });
  const shown: string[] = [];
  client.onNotification(ShowMessageNotification.type, ({ message }) => {
    shown.push(message);
  });
  client.listen();
  const { capabilities } = await client.sendRequest(InitializeRequest.type, {
    processId: null,
    rootUri: 'file:///desk',
    workspaceFolders: null,
    capabilities: { textDocument: { completion: { completionItem: { snippetSupport: true } } } },
  });
  const open = (path: string, text: string) =>
    client.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri: uri(path), languageId: 'bridge', version: 1, text },
    });
  const at = (path: string, text: string, word: string) => ({
    textDocument: { uri: uri(path) },
    position: positionIn(text, text.indexOf(word) + 1),
  });
  return {
    client,
    capabilities,
    status,
    host,
    open,
    at,
    change: (path: string, text: string) =>
      client.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri: uri(path), version: 2 },
        contentChanges: [{ text }],
      }),
    /** The findings of a file, which come a while after its text. */
    codes: (path: string, due: readonly string[]) =>
      vi.waitFor(() => expect(findings.get(uri(path))?.map(({ code }) => code)).toEqual(due), {
        timeout: 10_000,
        interval: 10,
      }),
    findings: (path: string) => findings.get(uri(path)) ?? [],
    shown,
  };
}
const positionIn = (text: string, offset: number): Position => {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length - 1, character: lines.at(-1)!.length };
};

let opened: Awaited<ReturnType<typeof editor>> | undefined;
afterEach(async () => {
  if (opened === undefined) return;
  await opened.client.sendRequest(ShutdownRequest.type);
  await opened.client.sendNotification(ExitNotification.type);
  expect(await opened.status).toBe(0);
  expect(opened.host.output).toEqual({ out: '', err: '' });
  opened.client.dispose();
  opened = undefined;
});
const start = async (files: Readonly<Record<string, string>>) => {
  opened = await editor(files);
  return opened;
};

it('L-4 the process ends when it is told to, though its input stays open', async () => {
  const child = spawn(process.execPath, [fileURLToPath(new URL('../bridge.js', import.meta.url)), 'lsp']);
  const client = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  client.listen();
  const ended = new Promise(done => child.on('exit', done));
  await client.sendRequest(InitializeRequest.type, { processId: null, rootUri: null, capabilities: {} });
  await client.sendRequest(ShutdownRequest.type);
  await client.sendNotification(ExitNotification.type);
  expect(await ended).toBe(0);
  client.dispose();
});

describe('bridge lsp', () => {
  it('L-4 tells findings as one types, checked against the snapshot of the folder', async () => {
    const session = await start({ 'items/a.bridge': good, 'items/t.bridge': tables });
    await session.open('items/a.bridge', good);
    await session.codes('items/a.bridge', ['required-jira-field-not-mapped']);
    await session.change('items/a.bridge', good.replace('Subject', 'Subjekt'));
    await session.codes('items/a.bridge', ['required-jira-field-not-mapped', 'unknown-field']);
    const [, found] = session.findings('items/a.bridge');
    expect(found).toMatchObject({ severity: 1, source: 'bridge', range: { start: { line: 5, character: 11 } } });
    expect(found!.message).toContain('help: did you mean `Subject`?');
    await session.change('items/a.bridge', good);
    await session.codes('items/a.bridge', ['required-jira-field-not-mapped']);
  });
  it('L-4 sees the other files of the program as they are on disk, or as they are open', async () => {
    const session = await start({ 'items/a.bridge': good, 'items/t.bridge': tables });
    await session.open('items/a.bridge', good);
    await session.open('items/t.bridge', tables.replace('values p', 'values other'));
    await session.codes('items/a.bridge', ['required-jira-field-not-mapped', 'unknown-table']);
    await session.client.sendNotification(DidCloseTextDocumentNotification.type, {
      textDocument: { uri: uri('items/t.bridge') },
    });
    await session.codes('items/a.bridge', ['required-jira-field-not-mapped']);
  });
  it('L-4 knows a file that is not on disk yet, and one outside of every program', async () => {
    const session = await start({ 'items/t.bridge': tables });
    await session.open('items/new.bridge', good);
    await session.codes('items/new.bridge', ['required-jira-field-not-mapped']);
    const away = await session.client.sendRequest(DocumentSymbolRequest.type, {
      textDocument: { uri: 'file:///else/x.bridge' },
    });
    expect(away).toEqual([]);
  });
  it('L-4 says once why names are not checked where the snapshot cannot be read, and checks the rest', async () => {
    const { open, change, codes, shown } = await start({ 'a.bridge': good, 'metadata.lock.json': '{"version": 99}' });
    await open('a.bridge', good);
    await codes('a.bridge', ['no-metadata', 'unknown-table']);
    await change('a.bridge', good.replace('priority by p', 'priority'));
    await codes('a.bridge', ['no-metadata']);
    expect(shown).toEqual([
      expect.stringMatching(/^\/desk\/metadata\.lock\.json cannot be used: .*\. bridge pull writes a new one\.$/),
    ]);
  });

  it('L-4 has nothing to say of a folder without a program', async () => {
    const { open, codes, shown } = await start({ 'notes.txt': '' });
    await open('a.bridge', 'values p {\n  "a" -> "b\n}\n');
    await codes('a.bridge', ['unclosed-text']);
    expect(shown).toEqual([]);
  });

  it('L-4 completes, with parts to fill in', async () => {
    const session = await start({ 'items/t.bridge': tables });
    const text = itemWith('  fields { Subject ->  }\n  ');
    await session.open('items/a.bridge', text);
    const found = (await session.client.sendRequest(CompletionRequest.type, {
      textDocument: { uri: uri('items/a.bridge') },
      position: positionIn(text, text.indexOf('-> ') + 3),
    })) as CompletionItem[];
    expect(found.map(({ label }) => label)).toEqual(expect.arrayContaining(['Summary', 'Customer']));
    expect(found.find(({ label }) => label === 'Customer')).toMatchObject({
      textEdit: { newText: '"Customer"' },
      filterText: expect.stringContaining('"Customer'),
    });
    const below = (await session.client.sendRequest(CompletionRequest.type, {
      textDocument: { uri: uri('items/a.bridge') },
      position: positionIn(text, text.lastIndexOf('  ') + 2),
    })) as CompletionItem[];
    expect(below.find(({ label }) => label.startsWith('where'))).toMatchObject({
      insertTextFormat: 2,
      textEdit: { newText: expect.stringContaining('$' + '{1:') },
    });
  });
  it('L-4 hovers, defines, finds references and renames with the links kept', async () => {
    const test = 'test "x" for support {\n  expect created\n}\n';
    const session = await start({ 'items/a.bridge': good, 'items/t.bridge': tables, 'items/x.bridge': test });
    await session.open('items/a.bridge', good);
    const { client, at } = session;
    const hover = await client.sendRequest(HoverRequest.type, at('items/a.bridge', good, 'Subject'));
    expect(JSON.stringify(hover)).toContain('Salesforce owns it: Customer gets the value of Subject.');
    const table = await client.sendRequest(DefinitionRequest.type, at('items/a.bridge', good, 'p }'));
    expect(table).toMatchObject([{ uri: uri('items/t.bridge'), range: { start: { line: 0, character: 7 } } }]);
    const references = await client.sendRequest(ReferencesRequest.type, {
      ...at('items/a.bridge', good, 'support'),
      context: { includeDeclaration: true },
    });
    expect(references!.map(place => place.uri)).toEqual([uri('items/a.bridge'), uri('items/x.bridge')]);
    const renamed = await client.sendRequest(RenameRequest.type, {
      ...at('items/a.bridge', good, 'support'),
      newName: 'cases',
    });
    expect(renamed!.changes![uri('items/a.bridge')]!.map(({ newText }) => newText)).toEqual(['cases', ' was support']);
    await expect(
      client.sendRequest(RenameRequest.type, { ...at('items/a.bridge', good, 'support'), newName: 'a b' }),
    ).rejects.toThrow(/is no id/);
  });
  it('L-4 offers ways out, formats, outlines, folds, shows ids and cost', async () => {
    const text = good.replace('Subject', 'Subjekt').replace('  create all', '  create      all');
    const session = await start({ 'items/a.bridge': text, 'items/t.bridge': tables });
    await session.open('items/a.bridge', text);
    const { client } = session;
    const textDocument = { uri: uri('items/a.bridge') };
    const range = {
      start: positionIn(text, text.indexOf('Subjekt')),
      end: positionIn(text, text.indexOf('Subjekt') + 3),
    };
    const actions = await client.sendRequest(CodeActionRequest.type, {
      textDocument,
      range,
      context: { diagnostics: [] },
    });
    expect(actions).toMatchObject([{ title: 'write Subject', kind: 'quickfix', isPreferred: true }]);
    const format = await client.sendRequest(DocumentFormattingRequest.type, {
      textDocument,
      options: { tabSize: 2, insertSpaces: true },
    });
    expect(format!.length).toBe(1);
    const [symbol] = (await client.sendRequest(DocumentSymbolRequest.type, { textDocument }))!;
    expect(symbol).toMatchObject({ name: 'support', detail: 'Support' });
    expect(await client.sendRequest(FoldingRangeRequest.type, { textDocument })).toMatchObject([{ startLine: 0 }]);
    const hints = await client.sendRequest(InlayHintRequest.type, { textDocument, range });
    expect(hints!.map(({ label }) => label)).toEqual([expect.stringMatching(/^customfield_\d+$/)]);
    await session.change('items/a.bridge', good);
    const lenses = await client.sendRequest(CodeLensRequest.type, { textDocument });
    expect(lenses).toMatchObject([{ command: { title: expect.stringContaining('asks for Case in a cycle') } }]);
  });
  it('L-4 ends with 2 when the editor goes away without a goodbye', async () => {
    const session = await editor({});
    session.client.end();
    session.client.dispose();
    (session.host.streams().input as PassThrough).end();
    expect(await session.status).toBe(2);
  });
});
