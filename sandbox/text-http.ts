/**
 * Requests and answers whose body is a text, without the streams that make real ones cost more than what they carry:
 * between functions of one process a body is read as often as somebody looks at it, by the seam, by observers and by
 * the stand-in. What goes to a network, or carries files, is real.
 */

/** A `Response` in everything, with a body that is known. */
export class TextResponse extends Response {
  readonly #text: string;
  readonly #init: ResponseInit;

  constructor(text: string, init: ResponseInit) {
    super(null, init);
    this.#text = text;
    this.#init = init;
  }

  override async text(): Promise<string> {
    return this.#text;
  }
  override async json(): Promise<unknown> {
    return JSON.parse(this.#text);
  }
  override async arrayBuffer(): Promise<ArrayBuffer> {
    return new TextEncoder().encode(this.#text).buffer;
  }
  override async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return new TextEncoder().encode(this.#text);
  }
  override async blob(): Promise<Blob> {
    return new Blob([this.#text], { type: this.headers.get('content-type') ?? '' });
  }
  override clone(): TextResponse {
    return new TextResponse(this.#text, { ...this.#init, headers: this.headers });
  }
  /** For whoever sends it on. */
  override get body(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
    return new Response(this.#text).body;
  }
}

export interface TextRequestInit {
  readonly method?: string | undefined;
  readonly headers?: HeadersInit | undefined;
  readonly body?: string | undefined;
}

/** What the stand-ins and their observers read of a `Request`. */
class TextRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly #text: string | undefined;

  constructor(url: string, method: string, headers: Headers, text: string | undefined) {
    this.url = url;
    this.method = method;
    this.headers = headers;
    this.#text = text;
  }

  async text(): Promise<string> {
    return this.#text ?? '';
  }
  async json(): Promise<unknown> {
    return JSON.parse(this.#text ?? '');
  }
  async arrayBuffer(): Promise<ArrayBuffer> {
    return new TextEncoder().encode(this.#text ?? '').buffer;
  }
  formData(): Promise<FormData> {
    const { url, method, headers } = this;
    return new Request(url, { method, headers, body: this.#text ?? null }).formData();
  }
  clone(): TextRequest {
    return new TextRequest(this.url, this.method, new Headers(this.headers), this.#text);
  }
  get body(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
    return this.#text === undefined ? null : new Response(this.#text).body;
  }
}

/** As `new Request(url, init)` has them: an absolute address, and a type for a text. */
export function textRequest(url: string | URL, init: TextRequestInit = {}): Request {
  const { href } = typeof url === 'string' ? new URL(url) : url;
  const headers = new Headers(init.headers);
  if (init.body !== undefined && !headers.has('content-type')) headers.set('content-type', 'text/plain;charset=UTF-8');
  const method = (init.method ?? 'GET').toUpperCase();
  return new TextRequest(href, method, headers, init.body) as unknown as Request;
}
