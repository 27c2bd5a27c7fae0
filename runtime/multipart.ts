/**
 * A multipart form as bytes. Forge's requests take text and buffers, so the form is put together here, as
 * browsers do it.
 */
export interface FormPart {
  readonly name: string;
  readonly fileName?: string;
  readonly type: string;
  readonly content: string | Uint8Array;
}

export interface Form {
  /** With the boundary. */
  readonly contentType: string;
  readonly body: ArrayBuffer;
}

export function multipart(parts: readonly FormPart[]): Form {
  const contents = parts.map(({ content }) => (typeof content === 'string' ? Buffer.from(content) : content));
  const boundary = boundaryFor(contents);
  const chunks = parts.flatMap(({ name, fileName, type }, at) => {
    const file = fileName === undefined ? '' : `; filename="${quoted(fileName)}"`;
    const disposition = `Content-Disposition: form-data; name="${quoted(name)}"${file}`;
    const typeLine = `Content-Type: ${type.replace(/[\r\n]+/g, ' ')}`;
    return [Buffer.from(`--${boundary}\r\n${disposition}\r\n${typeLine}\r\n\r\n`), contents[at]!, Buffer.from('\r\n')];
  });
  const bytes = Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]);
  const body = new ArrayBuffer(bytes.byteLength);
  new Uint8Array(body).set(bytes);
  return { contentType: `multipart/form-data; boundary=${boundary}`, body };
}

/** A line that stands in none of the contents. */
function boundaryFor(contents: readonly Uint8Array[]): string {
  for (let count = 0; ; count++) {
    const boundary = `----salesforce-bridge-${count}`;
    if (
      !contents.some(content => Buffer.from(content.buffer, content.byteOffset, content.byteLength).includes(boundary))
    )
      return boundary;
  }
}

const quoted = (name: string): string => name.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22');
