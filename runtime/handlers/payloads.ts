/** Shapes that several functions of the app's boundary take. */
import { matching, object, optional } from '../shape.ts';

export const nothing = object({});
/** An item's id as it stands in the text. */
export const itemId = matching(/^[A-Za-z0-9_-]{1,200}$/, 'the id of an item');
export const oneItem = object({ itemId });
export const maybeItem = object({ itemId: optional(itemId) });
/** 15 or 18 characters; the checksum is looked at where the id is used. */
export const recordId = matching(/^(?:[a-zA-Z0-9]{15}|[a-zA-Z0-9]{18})$/, 'a record id of 15 or 18 characters');
