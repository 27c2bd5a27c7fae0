/** A row of the store: a plain value, a secret or an entity, each kind in a space of its own. */
export interface StoredRow {
  readonly space: string;
  readonly key: string;
  /** JSON text, so that no caller shares an object with the store. */
  readonly json: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly expiresAt?: number;
}
