/**
 * The peers, loaded from this folder's own install. Their types are written here as far as they are used,
 * so that the project type-checks without them.
 */
// In a variable, so that nothing looks for the packages before they are there.
const load = async <T>(name: string): Promise<T> => (await import(name)) as T;

interface Prisma {
  lint(input: string): string;
}
/** Throws unless the schema is sound. */
export async function prismaLint(): Promise<(schema: string) => void> {
  const module = await load<Prisma & { readonly default: Prisma }>('@prisma/prisma-schema-wasm');
  const { lint } = module.default;
  return schema => expectNothing(lint(JSON.stringify([['schema.prisma', schema]])));
}

function expectNothing(found: string): void {
  if (found !== '[]') throw new Error(`the peer refuses the model: ${found.slice(0, 200)}`);
}

interface GraphQL {
  parse(text: string): unknown;
  print(tree: unknown): string;
  buildASTSchema(tree: unknown): unknown;
  validateSchema(schema: unknown): readonly unknown[];
}
export const graphql = (): Promise<GraphQL> => load<GraphQL>('graphql');

interface OpenFga {
  readonly transformer: { transformDSLToJSONObject(text: string): unknown };
  readonly validator: { validateDSL(text: string): void };
}
export async function openFga(): Promise<OpenFga> {
  const module = await load<OpenFga & { readonly default: OpenFga }>('@openfga/syntax-transformer');
  return module.default;
}

interface TypeSpecFile {
  readonly text: string;
  readonly path: string;
}
interface TypeSpecHost {
  readonly readFile: (path: string) => Promise<TypeSpecFile>;
  readonly stat: (path: string) => Promise<{ isDirectory(): boolean; isFile(): boolean }>;
}
interface TypeSpecSyntax {
  parse(text: string): { readonly parseDiagnostics: readonly unknown[] };
}
interface TypeSpec {
  readonly NodeHost: TypeSpecHost;
  createSourceFile(text: string, path: string): TypeSpecFile;
  compile(
    host: TypeSpecHost,
    path: string,
    options: { readonly noEmit: boolean },
  ): Promise<{ readonly diagnostics: readonly { readonly message: string }[] }>;
}
/** Compiles a text that no disk holds, beside TypeSpec's own library, which it reads once. */
export async function typeSpec() {
  const { NodeHost, compile, createSourceFile } = await load<TypeSpec>('@typespec/compiler');
  const { parse } = await load<TypeSpecSyntax>('@typespec/compiler/ast');
  const path = new URL('./corpus/main.tsp', import.meta.url).pathname;
  const known = new Map<string, TypeSpecFile>();
  return {
    parse,
    async compile(text: string): Promise<void> {
      const main = createSourceFile(text, path);
      const host: TypeSpecHost = {
        ...NodeHost,
        async readFile(asked) {
          if (asked === path) return main;
          let file = known.get(asked);
          if (file === undefined) {
            file = await NodeHost.readFile(asked);
            known.set(asked, file);
          }
          return file;
        },
        stat: asked =>
          asked === path ? Promise.resolve({ isDirectory: () => false, isFile: () => true }) : NodeHost.stat(asked),
      };
      const { diagnostics } = await compile(host, path, { noEmit: true });
      if (diagnostics.length > 0) throw new Error(`the peer refuses the model: ${diagnostics[0]!.message}`);
    },
  };
}
