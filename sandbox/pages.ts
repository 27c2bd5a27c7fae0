/**
 * The pages: the sandbox's own at `/`, and the app's Custom UI at `/app/admin/` and `/app/panel/`, served
 * under the very Content-Security-Policy that Forge computes, with the bridge first in the head.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import csp from '@forge/csp';
import { type Context, Hono } from 'hono';
import { createBridge } from './forge/bridge.ts';
import type { Manifest } from './forge/manifest.ts';
import type { World } from './world.ts';

const built = fileURLToPath(new URL('../build/pages/', import.meta.url));
const clientFile = new URL('./forge/bridge-client.js', import.meta.url);

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
};

export function createPages(world: World, jiraUrl: string): Hono {
  const app = new Hono();
  const policy = policyOf(world.forge.manifest);

  app.get('/bridge/client.js', async context => {
    return context.body(await readFile(clientFile, 'utf8'), 200, { 'content-type': types['.js']! });
  });
  app.get('/bridge/theme.css', async context =>
    context.body(await themeStyles(), 200, { 'content-type': types['.css']! }),
  );
  app.route('/bridge', createBridge(world, jiraUrl));

  for (const name of ['admin', 'panel']) {
    app.get(`/app/${name}`, context => context.redirect(`/app/${name}/${new URL(context.req.url).search}`));
    app.get(`/app/${name}/*`, async context => {
      const path = context.req.path.slice(`/app/${name}/`.length);
      const answer = await file(context, join(built, name), path || 'index.html');
      answer.headers.set('content-security-policy', policy);
      if (!answer.headers.get('content-type')?.startsWith('text/html') || !answer.ok) return answer;
      const html = (await answer.text()).replace(/<head[^>]*>/, '$&<script src="/bridge/client.js"></script>');
      return new Response(html, answer);
    });
  }
  // Where links of the app lead to in the product.
  for (const place of ['issue', 'browse'])
    app.get(`/${place}/:key`, context => context.redirect(`/#issue=${encodeURIComponent(context.req.param('key'))}`));
  app.get('*', context => file(context, join(built, 'shell'), context.req.path.slice(1) || 'index.html'));
  return app;
}

async function file(context: Context, root: string, path: string): Promise<Response> {
  const target = normalize(join(root, decodeURIComponent(path)));
  if (!target.startsWith(normalize(root))) return context.text('There is no such page.', 404);
  try {
    const bytes = await readFile(target);
    const named = /-[\w-]{8,}\.\w+$/.test(target); // Vite puts a hash into the name
    return new Response(new Uint8Array(bytes), {
      headers: {
        'content-type': types[extname(target)] ?? 'application/octet-stream',
        'cache-control': named ? 'max-age=31536000, immutable' : 'no-cache',
      },
    });
  } catch {
    return path === 'index.html'
      ? context.text('This page is not built yet. `npm start` builds it; so does `node tools/build.ts --pages`.', 404)
      : context.text('There is no such page.', 404);
  }
}

function policyOf(manifest: Manifest): string {
  const { styles = [], scripts = [] } = manifest.permissions.content ?? {};
  const quoted = (source: string) => (/^[a-z]+:$/.test(source) ? source : `'${source}'`);
  return new csp.CSPInjectionService()
    .getInjectableCSP({
      microsEnv: 'prod',
      existingCSPDetails: {
        'img-src': [],
        'media-src': [],
        'script-src': scripts.map(quoted),
        'style-src': styles.map(quoted),
        'connect-src': [],
        'font-src': [],
        'frame-src': [],
      },
    })
    .filter(directive => !directive.startsWith('report-uri')) // nothing of a sandbox is reported
    .join('; ');
}

/** Flags, which the product shows outside of the page. */
const flagStyles = `
.sandbox-flag { position: fixed; inset: auto auto 24px 24px; z-index: 700; max-width: 400px; padding: 12px 16px;
  border-radius: 8px; background: var(--ds-surface-overlay); box-shadow: var(--ds-shadow-overlay); color: var(--ds-text) }
.sandbox-flag p { margin: 4px 0 0 }
.sandbox-flag-error { border-left: 4px solid var(--ds-border-danger) }
.sandbox-flag-warning { border-left: 4px solid var(--ds-border-warning) }
.sandbox-flag-success { border-left: 4px solid var(--ds-border-success) }`;

/** What the product adds to a page that asks for its theme. */
function themeStyles(): string {
  const require = createRequire(import.meta.url);
  return ['light', 'dark', 'shape', 'spacing', 'typography']
    .map(
      name =>
        require(`@atlaskit/tokens/dist/cjs/artifacts/themes/atlassian-${name}.js`) as { readonly default: string },
    )
    .map(theme => theme.default)
    .concat(flagStyles)
    .join('\n');
}
