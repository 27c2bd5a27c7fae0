/**
 * The language server: the editor's services behind the protocol. Thin: each request finds its file, asks one
 * function of `editor/language`, and converts the answer. A mistake of its own is told in the log and answered with
 * nothing, so that an editor goes on.
 */
import { posix } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  CodeActionKind,
  CodeActionRequest,
  CodeLensRequest,
  CompletionRequest,
  createProtocolConnection,
  DefinitionRequest,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DidSaveTextDocumentNotification,
  DocumentFormattingRequest,
  DocumentSymbolRequest,
  ErrorCodes,
  ExitNotification,
  FoldingRangeRequest,
  HoverRequest,
  InitializeRequest,
  InlayHintRequest,
  LogMessageNotification,
  MessageType,
  type Position,
  PrepareRenameRequest,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  ReferencesRequest,
  RenameRequest,
  ResponseError,
  type ServerCapabilities,
  ShowMessageNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  TextDocumentSyncKind,
} from 'vscode-languageserver-protocol/node';
import type { SourceFile } from '../../../dsl/index.ts';
import * as language from '../../../editor/language/index.ts';
import type { Analysis } from '../../analysis.ts';
import type { Host, Streams } from '../host.ts';
import * as to from './convert.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

export interface ServerOptions {
  readonly streams: Streams;
  readonly version: string;
  /** The machine with a folder as its working one. */
  hostAt(folder: string): Host;
}

/** Ends when the editor asks for it or goes away; true when it said goodbye before. */
export function serve({ streams, version, hostAt }: ServerOptions): Promise<boolean> {
  const connection = createProtocolConnection(
    new StreamMessageReader(streams.input),
    new StreamMessageWriter(streams.output),
  );
  return new Promise(done => {
    let isDown = false;
    const end = () => {
      connection.dispose();
      // An input that stays open would keep the process.
      streams.input.destroy();
      done(isDown);
    };
    connection.onRequest(ShutdownRequest.type, () => {
      isDown = true;
    });
    connection.onNotification(ExitNotification.type, end);
    connection.onClose(end);
    connection.onRequest(InitializeRequest.type, params => {
      const root = params.workspaceFolders?.[0]?.uri ?? params.rootUri;
      const folder = root === null || root === undefined ? '.' : pathOf(root);
      const snippets = params.capabilities.textDocument?.completion?.completionItem?.snippetSupport === true;
      answer(connection, hostAt(folder), folder, snippets);
      return { serverInfo: { name: 'bridge', version }, capabilities };
    });
    connection.listen();
  });
}

const capabilities: ServerCapabilities = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Full, save: true },
  completionProvider: { triggerCharacters: ['.', '"', '{', ' '] },
  hoverProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  renameProvider: { prepareProvider: true },
  documentFormattingProvider: true,
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
  documentSymbolProvider: true,
  foldingRangeProvider: true,
  inlayHintProvider: true,
  codeLensProvider: {},
};

const pathOf = (uri: string): string => {
  try {
    return fileURLToPath(uri).replaceAll('\\', '/');
  } catch {
    return uri;
  }
};

/** So long a person may go on typing before findings follow. */
const pause = 60;

function answer(connection: ProtocolConnection, host: Host, folder: string, snippets: boolean): void {
  const workspace = createWorkspace(host, message => {
    void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message });
  });
  /** By path: the address that the editor uses. */
  const addresses = new Map<string, string>();
  const published = new Set<string>();
  const pathIn = (uri: string): string => {
    const path = posix.relative(folder, pathOf(uri));
    addresses.set(path, uri);
    return path;
  };
  const filesOf = (analysis: Analysis): to.Files => ({
    uri: path => addresses.get(path) ?? pathToFileURL(posix.join(folder, path)).href,
    file: path => analysis.files.find(file => file.path === path),
  });
  const log = (error: unknown) =>
    connection.sendNotification(LogMessageNotification.type, {
      type: MessageType.Error,
      message: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    });

  const publish = later(pause, async () => {
    try {
      const told = new Set<string>();
      for (const analysis of await everything(workspace, addresses.keys())) {
        const files = filesOf(analysis);
        for (const file of analysis.files) {
          const diagnostics = language.findings(analysis, file.path).map(found => to.diagnostic(files, file, found));
          const uri = files.uri(file.path);
          // A file that is not open and is sound needs no word, unless it had one before.
          if (diagnostics.length === 0 && !published.has(uri) && !addresses.has(file.path)) continue;
          told.add(uri);
          published.add(uri);
          await connection.sendNotification(PublishDiagnosticsNotification.type, { uri, diagnostics });
        }
      }
      for (const uri of published) {
        if (told.has(uri)) continue;
        published.delete(uri);
        await connection.sendNotification(PublishDiagnosticsNotification.type, { uri, diagnostics: [] });
      }
    } catch (error) {
      await log(error);
    }
  });

  connection.onNotification(DidOpenTextDocumentNotification.type, ({ textDocument: { uri, text } }) => {
    workspace.open(pathIn(uri), text);
    publish();
  });
  connection.onNotification(DidChangeTextDocumentNotification.type, ({ textDocument: { uri }, contentChanges }) => {
    workspace.open(pathIn(uri), contentChanges.at(-1)?.text ?? '');
    publish();
  });
  connection.onNotification(DidCloseTextDocumentNotification.type, ({ textDocument: { uri } }) => {
    const path = pathIn(uri);
    addresses.delete(path);
    workspace.close(path);
    workspace.refresh();
    publish();
  });
  const reread = () => {
    workspace.refresh();
    publish();
  };
  connection.onNotification(DidSaveTextDocumentNotification.type, reread);
  connection.onNotification(DidChangeWatchedFilesNotification.type, reread);

  /** One request: the analysis of its file, or nothing where the file is not known. */
  async function about<T>(
    { uri }: { readonly uri: string },
    ask: (at: { analysis: Analysis; path: string; file: SourceFile; files: to.Files }) => T,
  ): Promise<T | null> {
    try {
      const path = pathIn(uri);
      const analysis = await workspace.analysisOf(path);
      const file = analysis.files.find(one => one.path === path);
      return file === undefined ? null : ask({ analysis, path, file, files: filesOf(analysis) });
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      await log(error);
      return null;
    }
  }
  interface At {
    readonly textDocument: { readonly uri: string };
    readonly position: Position;
  }
  const at = <T>(
    params: At,
    ask: (analysis: Analysis, path: string, offset: number, file: SourceFile, files: to.Files) => T,
  ) =>
    about(params.textDocument, ({ analysis, path, file, files }) =>
      ask(analysis, path, to.offsetOf(file, params.position), file, files),
    );

  connection.onRequest(CompletionRequest.type, params =>
    at(params, (analysis, path, offset, file) =>
      language.complete(analysis, path, offset).map(one => to.completionItem(file, one, snippets)),
    ),
  );
  connection.onRequest(HoverRequest.type, params =>
    at(params, (analysis, path, offset, file) => {
      const found = language.hover(analysis, path, offset);
      return found === undefined ? null : to.hoverOf(file, found);
    }),
  );
  connection.onRequest(DefinitionRequest.type, params =>
    at(params, (analysis, path, offset, _, files) => to.locations(files, language.define(analysis, path, offset))),
  );
  connection.onRequest(ReferencesRequest.type, params =>
    at(params, (analysis, path, offset, _, files) => to.locations(files, language.references(analysis, path, offset))),
  );
  connection.onRequest(PrepareRenameRequest.type, params =>
    at(params, (analysis, path, offset, file) => {
      const found = language.renameable(analysis, path, offset);
      return found === undefined ? null : { range: to.rangeOf(file, found.span), placeholder: found.id };
    }),
  );
  connection.onRequest(RenameRequest.type, params =>
    at(params, (analysis, path, offset, _, files) => {
      // The links of an item move along: without them its records would get second issues.
      const result = language.rename(analysis, path, offset, params.newName, { keepLinks: true });
      if ('refused' in result) throw new ResponseError(ErrorCodes.InvalidParams, result.refused);
      return to.workspaceEdit(files, result.edits);
    }),
  );
  connection.onRequest(DocumentFormattingRequest.type, params =>
    about(params.textDocument, ({ analysis, path, file }) => {
      const result = language.format(analysis, path);
      return 'edits' in result ? to.textEdits(file, result.edits) : null;
    }),
  );
  connection.onRequest(CodeActionRequest.type, params =>
    about(params.textDocument, ({ analysis, path, file, files }) => {
      const [start, end] = [to.offsetOf(file, params.range.start), to.offsetOf(file, params.range.end)];
      return language.quickFixes(analysis, path, start, end).map(fix => to.codeAction(files, fix));
    }),
  );
  connection.onRequest(DocumentSymbolRequest.type, params =>
    about(params.textDocument, ({ analysis, path, file }) =>
      language.outline(analysis, path).map(symbol => to.documentSymbol(file, symbol)),
    ),
  );
  connection.onRequest(FoldingRangeRequest.type, params =>
    about(params.textDocument, ({ analysis, path, file }) =>
      language.fold(analysis, path).map(fold => to.foldingRange(file, fold)),
    ),
  );
  connection.onRequest(InlayHintRequest.type, params =>
    about(params.textDocument, ({ analysis, path, file }) =>
      language.hints(analysis, path).map(hint => to.inlayHint(file, hint)),
    ),
  );
  connection.onRequest(CodeLensRequest.type, params =>
    about(params.textDocument, ({ analysis, path, file }) =>
      language.lenses(analysis, path).flatMap(lens => to.codeLens(file, lens)),
    ),
  );
}

/** Each program once, and each open file that belongs to none. */
async function everything(workspace: Workspace, open: Iterable<string>): Promise<ReadonlySet<Analysis>> {
  const analyses = new Set(await workspace.analyses());
  for (const path of open) analyses.add(await workspace.analysisOf(path));
  return analyses;
}

/** Runs once, a while after it was last asked for. */
function later(milliseconds: number, work: () => Promise<void>): () => void {
  let waiting: NodeJS.Timeout | undefined;
  return () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => void work(), milliseconds);
    waiting.unref();
  };
}
