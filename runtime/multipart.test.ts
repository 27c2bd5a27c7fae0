import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multipart } from './multipart.ts';

/** As a server reads it. */
const read = ({ contentType, body }: ReturnType<typeof multipart>) =>
  new Response(body, { headers: { 'content-type': contentType } }).formData();

describe('a multipart form', () => {
  it('S-9 is read back whole, whatever is in the file and its name', async () => {
    const name = fc
      .string({
        unit: fc.constantFrom('a', ' ', '"', 'é', '漢', '😀', ';', '=', '.', '%', '\\'),
        minLength: 1,
        maxLength: 12,
      })
      .filter(text => text.trim() !== '');
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc
        .constantFrom(
          '\r\n------salesforce-bridge-0--\r\n',
          '\r\n------salesforce-bridge-0\r\n------salesforce-bridge-1',
        )
        .map(text => new TextEncoder().encode(text)),
    );
    await fc.assert(
      fc.asyncProperty(name, bytes, async (fileName, content) => {
        const form = await read(
          multipart([
            { name: 'entity_content', type: 'application/json', content: '{"a":"ü"}' },
            { name: 'VersionData', fileName, type: 'text/plain', content },
          ]),
        );
        expect(form.get('entity_content')).toBe('{"a":"ü"}');
        const file = form.get('VersionData') as File;
        // Readers differ on whether a quote and a line end come back from their escapes.
        expect(file.name.replaceAll('%22', '"')).toBe(fileName);
        expect(Buffer.compare(Buffer.from(await file.arrayBuffer()), Buffer.from(content))).toBe(0);
      }),
      { numRuns: 300 },
    );
  });
});
