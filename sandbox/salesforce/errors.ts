/**
 * What Salesforce answers when it refuses: a code, a text, sometimes fields, and the HTTP status that goes with the
 * code. Thrown anywhere below a route; the router turns it into the body.
 */
export class SalesforceError extends Error {
  readonly code: string;
  readonly status: number;
  readonly fields: readonly string[] | undefined;
  /** More keys of the body, such as `duplicateResult`. */
  readonly extra: Readonly<Record<string, unknown>>;
  constructor(
    code: string,
    message: string,
    options: { status?: number; fields?: readonly string[]; extra?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(message);
    this.name = 'SalesforceError';
    this.code = code;
    this.status = options.status ?? statusOf[code] ?? 400;
    this.fields = options.fields;
    this.extra = options.extra ?? {};
  }

  /** An element of the array that REST answers. */
  toBody(): Readonly<Record<string, unknown>> {
    return {
      message: this.message,
      errorCode: this.code,
      ...(this.fields ? { fields: this.fields } : {}),
      ...this.extra,
    };
  }

  /** An element of `errors` in the answers of collections, where the key is called `statusCode`. */
  toResult(): Readonly<Record<string, unknown>> {
    return { statusCode: this.code, message: this.message, fields: this.fields ?? [], ...this.extra };
  }
}

const statusOf: Readonly<Record<string, number>> = {
  INVALID_SESSION_ID: 401,
  REQUEST_LIMIT_EXCEEDED: 403,
  INSUFFICIENT_ACCESS_OR_READONLY: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  PRECONDITION_FAILED: 412,
  UNSUPPORTED_MEDIA_TYPE: 415,
  UNKNOWN_EXCEPTION: 500,
  NOT_MODELLED_HERE: 501,
  SERVER_UNAVAILABLE: 503,
};

export const notFound = (): SalesforceError =>
  new SalesforceError('NOT_FOUND', 'The requested resource does not exist');

export const notModelled = (what: string): SalesforceError =>
  new SalesforceError('NOT_MODELLED_HERE', `This local Salesforce does not model ${what}.`);
