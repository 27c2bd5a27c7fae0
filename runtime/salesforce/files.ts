/**
 * Files of Salesforce: a ContentVersion in one multipart insert that also hangs it on its record, and a
 * version's bytes.
 */
import { multipart } from '../multipart.ts';
import type { SalesforcePort } from '../ports.ts';
import { errorOf } from './failures.ts';
import { failure } from './http.ts';
import type { Transport } from './transport.ts';

/** Of a title, in characters. */
const longestTitle = 255;

export function createFiles(call: Transport['call'], base: string): Pick<SalesforcePort, 'createFile' | 'fileBytes'> {
  return {
    async createFile({ name, mimeType, bytes, record, description }) {
      const entity = {
        Title: titleOf(name),
        PathOnClient: name,
        Description: description,
        FirstPublishLocationId: record,
      };
      const form = multipart([
        { name: 'entity_content', type: 'application/json', content: JSON.stringify(entity) },
        { name: 'VersionData', fileName: name, type: mimeType, content: bytes },
      ]);
      const answer = await call({ method: 'POST', path: `${base}/sobjects/ContentVersion`, form });
      if (answer.status < 200 || answer.status > 299) throw errorOf(answer);
      const { id } = (answer.json ?? {}) as { id?: unknown };
      if (typeof id !== 'string')
        throw failure('unknown', 'UNEXPECTED_ANSWER', 'Salesforce took a file but did not say which it became.');
      return id;
    },

    async fileBytes(version) {
      if (!/^[A-Za-z0-9]{18}$/.test(version)) throw failure('refused', 'MALFORMED_ID', 'This is not the id of a file.');
      const path = `${base}/sobjects/ContentVersion/${version}/VersionData`;
      const answer = await call({ method: 'GET', path, bytes: true });
      if (answer.bytes === undefined) throw errorOf(answer);
      return answer.bytes;
    },
  };
}

/** As people see it in Salesforce: without the extension, which stands beside it. */
function titleOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return [...(dot > 0 ? name.slice(0, dot) : name)].slice(0, longestTitle).join('');
}
