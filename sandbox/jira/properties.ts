/** Entity properties as they are sent: any JSON under a key, within Jira's limits. */
import { isRecord } from './context.ts';
import { refusal, texts } from './errors.ts';

export function checkProperty(key: unknown, value: unknown): void {
  if (typeof key !== 'string' || key === '') throw refusal(400, 'Property key must be specified.');
  if (key.length > 255)
    throw refusal(400, 'The property key is too long. Please provide a key that is shorter than 255 characters.');
  if (value === undefined || value === null) throw refusal(400, 'The property value cannot be empty.');
  if (JSON.stringify(value).length > 32_768) {
    throw refusal(
      400,
      'The property value is too long. Please provide a value that is shorter than 32,768 characters.',
    );
  }
}

export function readProperties(input: unknown): Record<string, unknown> {
  if (input === undefined || input === null) return {};
  if (!Array.isArray(input)) throw refusal(400, texts.badPayload);
  const properties: Record<string, unknown> = {};
  for (const item of input) {
    if (!isRecord(item)) throw refusal(400, texts.badPayload);
    checkProperty(item.key, item.value);
    properties[String(item.key)] = item.value;
  }
  return properties;
}
